from aiohttp import web
from aiohttp_asgi import ASGIResource
from bot import account

app = web.Application()
resource = ASGIResource(account.asgi, root_path="/wechat")
app.router.register_resource(resource)
resource.lifespan_mount(app)

if __name__ == "__main__":
    web.run_app(app, port=8080, handler_cancellation=True)
