"""The console's files for a domain, at the root of everything that serves an account."""

import pytest

import wechat
from served import serving
from wechat import Request, ask, call
from yizhan.errors import SettingsError
from yizhan.server.site import Site

NAME = "MP_verify_0123456789abcDEF.txt"
OTHER = "MP_verify_fedcba9876543210.txt"
CONTENT = b"0123456789abcDEF"
REQUEST = Request("GET", f"/{NAME}", headers={})


@pytest.fixture
def file(tmp_path):
    (tmp_path / NAME).write_bytes(CONTENT)
    (tmp_path / OTHER).write_bytes(b"fedcba9876543210\n")
    return str(tmp_path / NAME)


def is_served(answer):
    return (
        answer.status == 200
        and answer.body == CONTENT
        and answer.headers["content-type"] == "text/plain; charset=utf-8"
        and answer.headers["x-content-type-options"] == "nosniff"
    )


class TestFaces:
    async def test_asgi(self, make, file):
        assert is_served(await call(make(verify_files=[file]).asgi, REQUEST))

    async def test_asgi_below_a_prefix(self, make, file):
        app = make(verify_files=[file]).asgi
        request = Request("GET", f"/wx/{NAME}", headers={})
        assert is_served(await call(app, request, root_path="/wx"))

    async def test_a_site_serves_those_of_all_its_accounts(self, make, file, tmp_path):
        other = str(tmp_path / OTHER)
        site = Site([make(path="/a", verify_files=[file]), make(path="/b", verify_files=[other])])
        assert is_served(await call(site, REQUEST))
        assert (await call(site, Request("GET", f"/{OTHER}", headers={}))).status == 200

    async def test_receive(self, make, file):
        response = await make(verify_files=[file]).receive("GET", f"/{NAME}", "", [], b"")
        assert (response.status, response.body) == (200, CONTENT)

    def test_wsgi(self, file):
        account = wechat.account(verify_files=[file])
        told = []
        environ = {"REQUEST_METHOD": "GET", "PATH_INFO": f"/{NAME}", "SCRIPT_NAME": ""}
        body = b"".join(account.wsgi(environ, lambda *head: told.append(head)))
        account.wsgi.close()
        assert (told[0][0], body) == ("200 OK", CONTENT)

    def test_yizhan_run(self, file, tmp_path):
        bot = "from yizhan import Account\naccount = Account()\n"
        (tmp_path / "bot.py").write_text(bot)
        environ = {"YIZHAN_TOKEN": wechat.TOKEN, "YIZHAN_STORE": "memory://"}
        with serving(tmp_path, environ=environ | {"YIZHAN_VERIFY_FILES": NAME}) as server:
            assert is_served(ask(server.port, REQUEST))
            head = ask(server.port, Request("HEAD", f"/{NAME}", headers={}))
            assert (head.status, head.body) == (200, b"")


@pytest.mark.parametrize(
    "path",
    [
        f"/{OTHER}",
        f"/{NAME}/",
        f"//{NAME}",
        f"/x/{NAME}",
        f"/{NAME.lower()}",
        f"/../{NAME}",
        "/MP_verify_/../yizhan.toml",
        "/MP_verify_%2e%2e%2fyizhan.toml",
        f"/{NAME}%00",
    ],
)
async def test_no_other_path_reaches_a_file(make, file, path):
    account = make(verify_files=[file])
    for app in (account.asgi, Site([account])):
        assert (await call(app, Request("GET", path, headers={}))).status == 404


async def test_a_file_is_read_once(make, file, tmp_path):
    app = make(verify_files=[file]).asgi
    (tmp_path / NAME).unlink()
    assert is_served(await call(app, REQUEST))


@pytest.mark.parametrize(
    "name",
    [
        "",
        "yizhan.toml",
        "MP_verify_.txt",
        "MP_verify_0123456789abcde.txt",
        "MP_verify_0123456789abcdef0.txt",
        "MP_verify_0123456789abcde_.txt",
        "MP_verify_0123456789abcde７.txt",
        "MP_verify_0123456789abcdef.txt\n",
        "MP_verify_0123456789abcdef.html",
        "../MP_verify_0123456789abcdef.txt/yizhan.toml",
    ],
)
def test_another_name_is_no_setting(name):
    with pytest.raises(SettingsError, match="is no verification file as the console names it"):
        wechat.account(verify_files=[name]).settings  # noqa: B018  # it is read with the first use


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "cannot be read: No such file or directory"),
        (b"", "should have 1 to 1024 bytes"),
        (b"x" * 1025, "should have 1 to 1024 bytes"),
    ],
)
def test_one_that_cannot_be_served_is_told_before_anything_is_served(tmp_path, content, said):
    path = tmp_path / NAME
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SettingsError, match=said):
        Site([wechat.account(verify_files=[str(path)])])
