"""Uploads: forms as WeChat reads them, from the beginning at every try."""

import io
import os
import tempfile

import pytest
from starlette.datastructures import UploadFile

from api.wechat_api import PICTURE, WeChatApi, refuses
from yizhan import Account
from yizhan.api import AsyncClient, File, Response
from yizhan.api.files import form
from yizhan.api.kinds import by_content, by_type
from yizhan.api.saving import FileSink, Media, filename, is_file, safe
from yizhan.errors import CallerError, MediaError
from yizhan.testing import Simulator

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
                yield file, "media.jpg", BYTES[:5000]
        case "spooled" | "rolled over":
            size = 0 if request.param == "spooled" else 1
            with tempfile.SpooledTemporaryFile(max_size=size) as file:
                file.write(BYTES)
                file.seek(0)
                yield file, "media.jpg", BYTES
        case "temporary":
            with tempfile.TemporaryFile() as file:
                file.write(BYTES)
                file.seek(0)
                yield file, "media.jpg", BYTES
        case "view":
            yield memoryview(BYTES), "media.jpg", BYTES


KINDS = (
    "bytes",
    "view",
    "path",
    "open file",
    "from its middle",
    "pipe",
    "spooled",
    "rolled over",
    "temporary",
    "named",
    "path named",
)


@pytest.mark.parametrize("given", KINDS, indirect=True)
async def test_a_file_of_any_kind_arrives_whole(client, wechat, given):
    file, name, content = given
    await client.media.upload(type="image", media=file)
    request = wechat.seen[-1]
    sent = request.parts["media"]
    assert sent[1] == content
    assert sent[0] == name
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


async def test_a_pipe_over_the_limit_is_not_read_to_its_end():
    class Endless(io.RawIOBase):
        def read(self, size=-1):
            return bytes(size)

    with pytest.raises(MediaError, match="over the limit of 100000"):
        await form("media", Endless(), texts={}, limit=100_000)


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("photo.jpg", "a str is no file"),
        (("photo.jpg", b"abc"), "a tuple is no file"),
        (io.StringIO("abc"), "a StringIO is no file"),
        (UploadFile(io.BytesIO(b"abc")), "a UploadFile is no file"),
        (42, "an? int is no file"),
        (b"", "is empty"),
        (File(b"", "a.jpg"), "is empty"),
        (io.BytesIO(), r"call seek\(0\) first"),
    ],
)
async def test_what_is_no_file_is_said_in_one_clear_error(what, said, client, wechat):
    with pytest.raises(MediaError, match=said):
        await client.media.upload(type="image", media=what)
    assert wechat.seen == []


async def test_a_file_that_was_just_written_is_at_its_end(folder, client, wechat):
    (folder / "empty.jpg").touch()
    with (folder / "x.jpg").open("w+b") as file:
        file.write(BYTES)
        with pytest.raises(MediaError, match=r"seek\(0\)"):
            await client.media.uploadimg(media=file)
    with pytest.raises(MediaError, match="is empty"):
        await client.media.uploadimg(media=folder / "empty.jpg")
    assert wechat.seen == []


MP3 = [head + b"\x40\xc4" + b"\0" * 60 for head in (b"\xff\xf3", b"\xff\xf2", b"\xff\xfa")]
WEBP = b"RIFF\x1a\0\0\0WEBPVP8L" + b"\0" * 60
WAV = b"RIFF\x24\0\0\0WAVEfmt " + b"\0" * 60


@pytest.mark.parametrize(
    ("head", "ending"),
    [
        (PICTURE, ".jpg"),
        (b"\x89PNG\r\n", ".png"),
        (b"GIF89a", ".gif"),
        (b"#!AMR\n", ".amr"),
        (b"ID3\x03", ".mp3"),
        (b"\xff\xfb\x90", ".mp3"),
        *((mp3, ".mp3") for mp3 in MP3),
        (b"\xff\xf1\x50", ""),  # AAC
        (WEBP, ".webp"),
        (WAV, ".wav"),
        (b"RIFF\0\0\0\0AVI LIST", ""),
        (b"\x00\x00\x00\x20ftypisom", ".mp4"),
        (b"\x00\x00\x00\x14ftypqt  ", ".mov"),
        (b"what", ""),
        (b"", ""),
    ],
)
def test_a_file_tells_its_ending(head, ending):
    assert by_content(head) == ending


@pytest.mark.parametrize(
    ("kind", "ending"),
    [
        ("image/jpeg", ".jpg"),
        ("image/jpg; charset=x", ".jpg"),
        ("Audio/AMR", ".amr"),
        ("audio/mpeg", ".mp3"),
        ("voice/speex", ".speex"),
        ("video/mpeg4", ".mp4"),
        ("application/octet-stream", ""),
        ("text/plain", ""),
        ("", ""),
    ],
)
def test_so_does_a_content_type(kind, ending):
    assert by_type(kind) == ending


@pytest.mark.parametrize(
    ("type_", "file", "name", "kind"),
    [
        *(("voice", mp3, "media.mp3", "audio/mpeg") for mp3 in MP3),
        ("voice", File(MP3[0], "speech.tmp"), "speech.tmp.mp3", "audio/mpeg"),
        ("voice", File(b"#!AMR\n" + b"\0" * 50, "msg.20261130"), "msg.20261130.amr", "audio/amr"),
        ("image", File(PICTURE, "p.jpg?x=1"), "p.jpg?x=1.jpg", "image/jpeg"),
        ("image", File(PICTURE, "P.JPEG"), "P.JPEG", "image/jpeg"),
    ],
    ids=["mp3 f3", "mp3 f2", "mp3 fa", "tmp", "date", "query", "its own"],
)
async def test_the_fake_takes_a_file_by_the_name_that_its_content_gives_it(type_, file, name, kind):
    account = Account(token="filesofthefake2026")
    async with Simulator(account, kind="service", verified=True):
        told = await account.api.media.upload(type=type_, media=file)
        kept = await account.api.media.get(media_id=told["media_id"])
        assert (kept.filename, kept.content_type) == (safe(name), kind)


@pytest.mark.parametrize(
    ("file", "name"),
    [(WEBP, "media.webp"), (File(b"what is it", "x.bin"), "x.bin"), (b"what is it", "media")],
    ids=["webp", "unknown", "unknown and unnamed"],
)
async def test_what_wechat_does_not_take_is_named_as_what_it_is(client, wechat, file, name):
    await client.media.upload(type="image", media=file)
    assert wechat.seen[-1].parts["media"][0] == name
    account = Account(token="filesofthefake2026")
    async with Simulator(account, kind="service", verified=True):
        with pytest.raises(CallerError, match="40113"):
            await account.api.media.upload(type="image", media=file)


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
        (f'attachment; filename="{"a" * 300}.jpg"', "a" * 116 + ".jpg"),
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


@pytest.mark.parametrize(
    ("headers", "content", "name"),
    [
        ({"content-type": "image/png"}, b"", "MEDIA-id_1.png"),
        ({"content-type": "application/octet-stream"}, b"#!AMR\n", "MEDIA-id_1.amr"),
        ({"content-type": "application/octet-stream"}, b"what", "MEDIA-id_1"),
        ({"content-type": "video/mpeg4"}, b"what", "MEDIA-id_1.mp4"),
        ({"content-disposition": 'x; filename="照片.jpg"'}, b"", "照片.jpg"),
    ],
)
async def test_a_name_that_we_choose_takes_no_other_file_s_place(folder, headers, content, name):
    for number in (1, 2, 3):
        sink = FileSink(folder, name="MEDIA-id_1")
        assert sink.takes(200, headers)
        await sink.write(content + bytes([number]))
        sink.finish()
    bare, dot, ending = name.partition(".")
    names = [name, f"{bare}-2{dot}{ending}", f"{bare}-3{dot}{ending}"]
    assert sorted(each.name for each in folder.iterdir()) == sorted(names)
    assert [(folder / each).read_bytes()[-1] for each in names] == [1, 2, 3]


async def test_a_place_that_is_given_is_replaced(folder):
    for content in (b"first", b"second"):
        sink = FileSink(str(folder / "x.jpg"))
        await sink.write(content)
        sink.finish()
    assert (folder / "x.jpg").read_bytes() == b"second"
    assert len(list(folder.iterdir())) == 1


@pytest.mark.parametrize("media_id", ["../../etc/passwd", ".hidden", "a/b\\c", "", "长" * 300])
def test_a_media_id_leads_nowhere_else(media_id):
    name = safe(media_id)
    assert len(name.encode()) <= 120
    assert not name.startswith(".")
    assert "/" not in name
    assert "\\" not in name


PAGES = [
    ({"content-type": "text/html; charset=utf-8"}, b"please log in"),
    ({"content-type": "image/jpeg"}, b"\n<!DOCTYPE html><title>Log in</title>"),
    ({"content-type": "text/plain"}, b"\xef\xbb\xbf<HTML><body>"),
    ({"content-disposition": "attachment", "content-type": "text/html"}, b"x"),
    ({}, b"<html>"),
]


@pytest.mark.parametrize(("headers", "page"), PAGES)
async def test_a_page_in_place_of_the_file_is_an_error(client, wechat, folder, headers, page):
    wechat.script = [Response(200, headers, page)] * 2
    with pytest.raises(MediaError, match="a web page came"):
        await client.media.get(media_id="m")
    with pytest.raises(MediaError, match="a web page came"):
        await client.download("/cgi-bin/media/get", folder, params={"media_id": "m"})
    assert list(folder.iterdir()) == []


def test_a_sink_takes_no_error(folder):
    assert not FileSink(folder).takes(404, {"content-type": "image/png"})


def test_media_are_saved(folder):
    media = Media(b"abc", "image/png", "x.png")
    assert media.save(folder).read_bytes() == b"abc"
    assert media.save(folder / "y.png") == folder / "y.png"
    assert media.save(str(folder)) == folder / "x-2.png"


def test_media_without_a_name_are_saved_by_their_kind(folder):
    assert Media(PICTURE).save(folder) == folder / "media.jpg"
    assert Media(MP3[0]).save(folder) == folder / "media.mp3"
    assert Media(b"what").save(folder) == folder / "media"


async def test_media_in_memory_are_named_by_their_media_id(client, wechat):
    wechat.script = [Response(200, {"content-type": "audio/amr"}, b"#!AMR")]
    assert (await client.media.get(media_id="M-1")).filename == "M-1.amr"
