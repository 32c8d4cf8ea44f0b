"""The bot with WeRoBot, under waitress."""

import os
import time

import waitress
from werobot import WeRoBot

keys = {}
if "AES_KEY" in os.environ:
    keys = {"app_id": os.environ["APPID"], "encoding_aes_key": os.environ["AES_KEY"]}
robot = WeRoBot(token=os.environ["TOKEN"], enable_session=False, **keys)


@robot.text
def echo(message):
    if message.content == "slow":
        time.sleep(12)
        return "at last"
    return message.content


@robot.subscribe
def welcome(message):
    return "welcome"


waitress.serve(robot.wsgi, host="127.0.0.1", port=int(os.environ["PORT"]), threads=8)
