"""A fake of api.weixin.qq.com: tokens, quotas, windows, limits, and errors as they are earned."""

from yizhan.simulator.api.fake import FakeApi
from yizhan.simulator.api.reaching import ApiApp, ApiTransport

__all__ = ["ApiApp", "ApiTransport", "FakeApi"]
