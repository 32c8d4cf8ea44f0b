"""Uploads: forms as WeChat reads them, from the beginning at every try."""

import io
import os

import pytest

from api.wechat_api import PICTURE, WeChatApi, refuses
from yizhan.api import AsyncClient, File
from yizhan.api.files import extension, form
from yizhan.api.saving import FileSink, Media, filename, is_file
from yizhan.errors import MediaError

APPID, SECRET = "wx0123456789abcdef", "0123456789abcdef0123456789abcdef"
BYTES = PICTURE * 30  # several pieces


@pytest.fixture
def wechat():
    return WeChatApi()


@pytest.fixture
async def client(wechat):
    async with AsyncClient(APPID, SECRET, transport=wechat) as client:
        yield client


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "saved").mkdir()
    return tmp_path / "saved"


@pytest.fixture
def given(request, folder):
    """A file of that kind, the name that WeChat shall see, and the bytes."""
    path = folder / "照片.jpg"
    path.write_bytes(BYTES)
    match request.param:
        case "bytes":
            yield BYTES, "media.jpg", BYTES
        case "path":
            yield path, "照片.jpg", BYTES
        case "named":
            yield File(BYTES, 'a"b\r\n.png'), "a%22b%0D%0A.png", BYTES
        case "path named":
            yield File(path, "x.jpg"), "x.jpg", BYTES
        case "open file":
            with path.open("rb") as file:
                yield file, "照片.jpg", BYTES
        case "from its middle":
            middle = io.BytesIO(b"skipped" + BYTES)
            middle.seek(7)
            yield middle, "media.jpg", BYTES
        case "pipe":
            reader, writer = os.pipe()
            os.write(writer, BYTES[:5000])
            os.close(writer)
            with os.fdopen(reader, "rb") as file:
                yield file, None, BYTES[:5000]


KINDS = ("bytes", "path", "open file", "from its middle", "pipe", "named", "path named")


@pytest.mark.parametrize("given", KINDS, indirect=True)
async def test_a_file_of_any_kind_arrives_whole(client, wechat, given):
    file, name, content = given
    await client.media.upload(type="image", media=file)
    request = wechat.seen[-1]
    sent = request.parts["media"]
    assert sent[1] == content
    assert name in (None, sent[0])
    assert int(request.headers["content-length"]) == len(request.body)


@pytest.mark.parametrize("given", KINDS, indirect=True)
async def test_an_expired_token_in_the_middle_of_an_upload(client, wechat, given):
    file, _, content = given
    wechat.script = [refuses(42001)]
    await client.material.add_material(type="image", media=file)
    first, second = [each for each in wechat.seen if "add_material" in each.path]
    assert first.parts["media"][1] == second.parts["media"][1] == content
    assert (first.query["access_token"], second.query["access_token"]) == ("token-1", "token-2")


async def test_a_description_goes_beside_the_file_as_json(client, wechat):
    told = {"title": "标题", "introduction": "简介"}
    await client.material.add_material(type="video", media=b"....ftypmp42", description=told)
    parts = wechat.seen[-1].parts
    assert parts["description"] == (None, '{"title": "标题", "introduction": "简介"}'.encode())
    assert parts["media"][0] == "media.mp4"


async def test_progress_is_told(client):
    seen = []
    await client.upload(
        "/cgi-bin/media/uploadimg", BYTES, progress=lambda done, total: seen.append((done, total))
    )
    assert seen == [(len(BYTES), len(BYTES))]


@pytest.mark.parametrize("given", ["bytes", "path", "open file"], indirect=True)
async def test_a_file_over_the_limit_is_not_sent(client, wechat, given):
    file, _, _ = given
    with pytest.raises(MediaError, match=f"{len(BYTES)} bytes, over the limit of 1000"):
        await client.upload("/cgi-bin/media/uploadimg", file, limit=1000)
    assert wechat.seen == []


async def test_what_is_no_file():
    with pytest.raises(TypeError, match="bytes, a Path or an open file"):
        await form("media", "photo.jpg", texts={})


@pytest.mark.parametrize(
    ("head", "ending"),
    [
        (PICTURE, ".jpg"),
        (b"\x89PNG\r\n", ".png"),
        (b"GIF89a", ".gif"),
        (b"#!AMR\n", ".amr"),
        (b"ID3\x03", ".mp3"),
        (b"\x00\x00\x00\x20ftypisom", ".mp4"),
        (b"what", ""),
    ],
)
def test_a_file_tells_its_ending(head, ending):
    assert extension(head) == ending


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ('attachment; filename="abc.jpg"', "abc.jpg"),
        ("attachment; filename=abc.jpg", "abc.jpg"),
        ("attachment; filename*=utf-8''%E7%85%A7.jpg", "照.jpg"),
        ('attachment; filename="../../etc/cron.d/x"', "x"),
        ('attachment; filename="..\\\\..\\\\x.jpg"', "x.jpg"),
        ('attachment; filename=".bashrc"', "bashrc"),
        ('attachment; filename="a;b$(rm).jpg"', "a_b_rm_.jpg"),
        ("attachment", ""),
        ("", ""),
    ],
)
def test_a_name_leads_nowhere_else(header, name):
    assert filename({"content-disposition": header}) == name


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"content-disposition": "attachment"}, True),
        ({"content-type": "image/jpeg"}, True),
        ({"content-type": "audio/amr; x=y"}, True),
        ({"content-type": "application/octet-stream"}, True),
        ({"content-type": "text/plain"}, False),
        ({"content-type": "application/json"}, False),
        ({}, False),
    ],
)
def test_what_a_file_s_headers_look_like(headers, expected):
    assert is_file(headers) is expected


async def test_a_sink_begins_anew_at_every_try(folder):
    sink = FileSink(folder, name="x")
    for content in (b"broken", b"whole"):
        assert sink.takes(200, {"content-type": "image/png"})
        await sink.write(content)
    saved = sink.finish()
    assert saved == folder / "x.png"
    assert saved.read_bytes() == b"whole"
    assert list(folder.iterdir()) == [saved]


def test_a_sink_takes_no_error(folder):
    assert not FileSink(folder).takes(404, {"content-type": "image/png"})


def test_media_are_saved(folder):
    media = Media(b"abc", "image/png", "x.png")
    assert media.save(folder).read_bytes() == b"abc"
    assert media.save(folder / "y.png") == folder / "y.png"
