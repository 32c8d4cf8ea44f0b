"""The chat page: a shell, style sheets and modules. It has no powers of its own: see the API."""

from yizhan.simulator.web.shell import icon, refusal, root, routes

__all__ = ["icon", "refusal", "root", "routes"]
