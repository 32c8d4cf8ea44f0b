from bot import account
from flask import Blueprint, Flask

from yizhan.mounts.flask import mount

bots = Blueprint("bots", __name__, url_prefix="/bots")
mount(bots, account)
app = Flask(__name__)
app.register_blueprint(bots)
