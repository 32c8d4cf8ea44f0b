"""The simulator over HTTP: documented calls, a stream of changes, and who may call."""

from yizhan.simulator.http.app import HttpApp

__all__ = ["HttpApp"]
