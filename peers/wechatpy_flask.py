"""The bot with wechatpy and Flask, under waitress."""

import os

import waitress
from flask import Flask, abort, request
from wechatpy_answer import Forbidden, answer

app = Flask(__name__)


@app.route("/wechat", methods=["GET", "POST"])
def wechat():
    try:
        return answer(request.method, request.args, request.data)
    except Forbidden:
        abort(403)


waitress.serve(app, host="127.0.0.1", port=int(os.environ["PORT"]), threads=8)
