"""The bot with wechatpy and FastAPI, under uvicorn."""

import os

import uvicorn
from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.concurrency import run_in_threadpool
from wechatpy_answer import Forbidden, answer

app = FastAPI()


@app.api_route("/wechat", methods=["GET", "POST"])
async def wechat(request: Request) -> Response:
    try:
        body = await request.body()
        told = await run_in_threadpool(answer, request.method, request.query_params, body)
    except Forbidden:
        raise HTTPException(403) from None
    kind = "text/plain" if request.method == "GET" else "application/xml"
    return Response(told, media_type=kind)


uvicorn.run(app, host="127.0.0.1", port=int(os.environ["PORT"]), log_level="warning")
