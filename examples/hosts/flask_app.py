from bot import account
from flask import Flask

from yizhan.mounts.flask import mount

app = Flask(__name__)
mount(app, account)
