from bot import account
from flask_app import app
from waitress import serve

if __name__ == "__main__":
    account.serve_here()
    serve(app, port=8080, threads=32)
