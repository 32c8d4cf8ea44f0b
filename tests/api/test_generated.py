"""A client that a generator makes of our OpenAPI document: it installs, imports, and calls."""

import json
import os
import subprocess
import sys
from pathlib import Path

from yizhan.api.openapi import document

PACKAGE = "we_chat_official_account_api_client"
CALL = f"""
import httpx
from {PACKAGE} import AuthenticatedClient
from {PACKAGE}.api.user import user_info
from {PACKAGE}.models import UserInfoResponse200Type0

def wechat(request):
    assert request.url.path == "/cgi-bin/user/info"
    assert request.url.params["openid"] == "o1"
    return httpx.Response(200, json={{}})

client = AuthenticatedClient("https://api.weixin.qq.com", token="t")
client.set_httpx_client(
    httpx.Client(base_url="https://api.weixin.qq.com", transport=httpx.MockTransport(wechat))
)
print(user_info.sync_detailed(client=client, openid="o1").status_code)
"""


def small(tag):
    """The document with the endpoints of that tag alone: all of them take a generator long."""
    whole = document()
    paths = {path: made for path, made in whole["paths"].items() if tag in json.dumps(made)}
    schemas, wanted = whole["components"]["schemas"], json.dumps(paths)
    kept = {name: shape for name, shape in schemas.items() if f'/{name}"' in wanted}
    assert not any("$ref" in json.dumps(shape) for shape in kept.values())
    return {**whole, "paths": paths, "components": whole["components"] | {"schemas": kept}}


def run(*command, **options):
    done = subprocess.run(
        [sys.executable, *command],
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
        **options,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_generated_client_installs_imports_and_calls(tmp_path: Path) -> None:
    (tmp_path / "api.json").write_text(json.dumps(small('"tags": ["user"]')), "utf-8")
    (tmp_path / "config.yml").write_text("post_hooks: []\n", "utf-8")
    words = ("generate", "--path", "api.json", "--meta", "setup", "--config", "config.yml")
    run("-m", "openapi_python_client", *words, cwd=tmp_path)
    [made] = [each for each in tmp_path.iterdir() if each.is_dir()]
    assert made.name.isascii()
    into = tmp_path / "installed"
    where = (
        "--target",
        into,
        "--no-deps",
        "--no-build-isolation",
        "--no-index",
        "--no-compile",
        "--quiet",
    )
    run("-m", "pip", "install", *where, made)
    environ = os.environ | {"PYTHONPATH": str(into)}
    assert "200" in run("-c", CALL, cwd=tmp_path, env=environ)
