"""A black-box conformance suite for any server that WeChat pushes to."""
