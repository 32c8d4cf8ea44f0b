"""WeChat on this machine, both sides of it: followers, pushes, the API and the fault notice.

It knows the wire and the vocabulary and nothing of the engine, the routing or the server, so it
can test any server, and a fault of ours cannot hide by being shared.
"""
