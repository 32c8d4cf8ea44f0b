"""docs/login.md: what it shows logs visitors in, under each framework, in both languages."""

import asyncio
import functools
import os
import subprocess

import httpx
import pytest

from api.login_page import GIVEN, KEYS, ROOT, snippet, visits
from api.wechat_api import WeChatApi
from yizhan import api

PAGES = ("login.md", "login.zh-CN.md")
HOSTS = ROOT / ".venv-hosts/bin/python"

# What the page shows for Django, in a site of one file; its answers are those of the other two.
DJANGO = """
import sys, types
import django
from django.conf import settings
from django.test import Client as Browser
from django.urls import path

settings.configure(ROOT_URLCONF="urls", ALLOWED_HOSTS=["*"], SECRET_KEY="k" * 50)
django.setup()
sys.path[:0] = [sys.argv[1]]
from api.login_page import GIVEN, KEYS, snippet, visits
from api.wechat_api import WeChatApi
import functools
from yizhan import api

wechat = WeChatApi()
api.Client = functools.partial(api.Client, transport=wechat)
found = dict(KEYS)
exec(snippet(sys.argv[2], "django"), found)
urls = types.ModuleType("urls")
urls.urlpatterns = [path("login", found["login"])]
sys.modules["urls"] = urls
browser = Browser()

def get(query):
    response = browser.get("/login", query, secure=True)
    return response.status_code, response.headers.get("location", "")

visits(get, wechat)
assert browser.cookies["openid"].value == GIVEN["openid"]
found["api"].close()
"""


@pytest.mark.parametrize("page", PAGES)
def test_the_page_s_starlette(page, monkeypatch):
    wechat = WeChatApi()
    client = functools.partial(api.AsyncClient, transport=wechat)
    monkeypatch.setattr(api, "AsyncClient", client)
    found = dict(KEYS)
    exec(snippet(page, "starlette"), found)  # noqa: S102  # our own page
    transport = httpx.ASGITransport(app=found["app"])
    browser = httpx.AsyncClient(transport=transport, base_url="https://example.com")
    with asyncio.Runner() as runner:

        def get(query):
            response = runner.run(browser.get("/login", params=query))
            return response.status_code, response.headers.get("location", "")

        visits(get, wechat)
        runner.run(browser.aclose())
    assert browser.cookies["openid"] == GIVEN["openid"]


@pytest.mark.parametrize("page", PAGES)
def test_the_page_s_flask(page, monkeypatch):
    wechat = WeChatApi()
    monkeypatch.setattr(api, "Client", functools.partial(api.Client, transport=wechat))
    found = dict(KEYS)
    exec(snippet(page, "flask"), found)  # noqa: S102  # our own page
    browser = found["app"].test_client()

    def get(query):
        response = browser.get("/login", query_string=query, base_url="https://example.com")
        return response.status_code, response.headers.get("location", "")

    visits(get, wechat)
    assert browser.get_cookie("openid", domain="example.com").value == GIVEN["openid"]
    found["api"].close()


@pytest.mark.parametrize("page", PAGES)
def test_the_page_s_django(page):
    if not HOSTS.exists() and os.environ.get("CI") != "true":
        pytest.skip("no Django: make test installs it")
    done = subprocess.run(
        [HOSTS, "-c", DJANGO, str(ROOT / "tests"), page],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
