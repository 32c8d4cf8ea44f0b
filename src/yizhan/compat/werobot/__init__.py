"""WeRoBot 1.13's names over Yizhan: a WeRoBot bot runs after one changed import.

`import yizhan.compat.werobot as werobot`, or `from yizhan.compat.werobot import WeRoBot`. What
differs and what is left out stands in docs/howto/from-werobot.md.
"""

from yizhan.compat.werobot import client, messages, replies, robot
from yizhan.compat.werobot.robot import BaseRoBot, Config, WeRoBot

__all__ = ["BaseRoBot", "Config", "WeRoBot", "client", "messages", "replies", "robot"]
