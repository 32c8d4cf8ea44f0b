"""Media up and down, with the limits of each type (docs/protocol.md#i3)."""

import pytest

from yizhan.api import AsyncClient
from yizhan.errors import MediaError
from yizhan.simulator import actions
from yizhan.simulator.api import ApiTransport, FakeApi
from yizhan.simulator.samples import samples

HOUR = 3600.0


def code(answer):
    return answer.get("errcode", 0)


UPLOAD = "/cgi-bin/media/upload"
VIDEO = '{"title": "t", "introduction": "i"}'


@pytest.mark.parametrize(
    ("kind", "file", "expected"),
    [
        ("image", {}, 0),
        ("image", {"filename": "a"}, 40113),
        ("image", {"filename": "a.exe"}, 40113),
        ("image", {"data": b""}, 44001),
        ("image", {"data": b"x" * (10 * 1024 * 1024 + 1)}, 40009),
        ("voice", {"filename": "a.amr", "data": b"x" * (2 * 1024 * 1024 + 1)}, 40010),
        ("thumb", {"filename": "a.jpg", "data": b"x" * (64 * 1024 + 1)}, 40012),
        ("sticker", {}, 40004),
    ],
)
async def test_what_may_be_uploaded(call, kind, file, expected):
    assert code(await call(UPLOAD, files=file, type=kind)) == expected


async def test_an_upload_without_a_file(call):
    assert code(await call(UPLOAD, {"media": "x"}, type="image")) == 41005


@pytest.mark.parametrize("data", [b"\r\n--", b"\r\n", b"\x00\r\n\r\n\xff" * 9])
async def test_an_upload_comes_back_for_three_days(call, world, data):
    media_id = (await call(UPLOAD, files={"data": data}, type="image"))["media_id"]
    response = await call("/cgi-bin/media/get", media_id=media_id)
    assert response.body == data
    assert response.headers["content-disposition"] == 'attachment; filename="a.png"'
    world.skip(72 * HOUR)
    assert code(await call("/cgi-bin/media/get", media_id=media_id)) == 40007


async def test_a_thumb_has_a_name_of_its_own_and_a_video_an_address(call, api):
    thumb = await call(UPLOAD, files={"filename": "a.jpg"}, type="thumb")
    assert "thumb_media_id" in thumb
    assert "media_id" not in thumb
    video = await call(UPLOAD, files={"filename": "a.mp4", "data": b"film"}, type="video")
    address = (await call("/cgi-bin/media/get", media_id=video["media_id"]))["video_url"]
    assert (await api.send("GET", address, {}, None)).body == b"film"


async def test_material_stays_and_is_counted(call, world):
    added = await call("/cgi-bin/material/add_material", files={"description": VIDEO}, type="image")
    assert added["url"].startswith("http")
    world.skip(999 * HOUR)
    assert (await call("/cgi-bin/material/get_materialcount"))["image_count"] == 1
    assert code(await call("/cgi-bin/material/del_material", {"media_id": added["media_id"]})) == 0
    assert (await call("/cgi-bin/material/get_materialcount"))["image_count"] == 0


async def test_the_picture_that_a_follower_sends_can_be_fetched(api, connect, official):
    phone, _ = connect()
    [push] = phone.do(actions.SendImage())
    response = await api.send("GET", str(push.fields["PicUrl"]), {}, None)
    assert response.body == official.media.sample("image").data
    assert (await api.send("GET", "http://x/simulator/a/b/0", {}, None)).status == 404


def test_the_samples_are_what_they_say():
    found = {sample.name: sample.data[:12] for sample in samples()}
    assert found["picture.png"].startswith(b"\x89PNG")
    assert found["voice.amr"].startswith(b"#!AMR\n")
    assert found["voice.mp3"].startswith(b"\xff\xfb")
    assert found["video.mp4"][4:8] == b"ftyp"
    assert found["thumb.jpg"].startswith(b"\xff\xd8\xff")
    assert all(len(sample.data) < 64 * 1024 for sample in samples())


async def test_a_picture_of_an_article_s_text_has_an_address_and_no_id(call, api):
    path = "/cgi-bin/media/uploadimg"
    answer = await call(path, files={"data": b"png"})
    assert "media_id" not in answer
    address = answer["url"].replace("http://mmbiz.qpic.cn", "https://api.weixin.qq.com")
    assert (await api.send("GET", address, {}, None)).body == b"png"
    assert code(await call(path, files={"filename": "a.gif"})) == 40113
    assert code(await call(path, files={"data": b"x" * (1024 * 1024 + 1)})) == 40009
    assert (await call("/cgi-bin/material/get_materialcount"))["image_count"] == 0


@pytest.mark.parametrize("place", ["http://mmbiz.qpic.cn/simulator", "http://127.0.0.1:1/x/weixin"])
async def test_what_lies_at_an_address_of_ours_is_fetched_from_us(world, official, place, tmp_path):
    """As `api.fetch(message.pic_url, …)` and the download of a video do."""
    world.picture_url = place + "/{account}/{media_id}/0"
    video = official.media.sample("video")
    keys = official.keys
    async with AsyncClient(keys.appid, keys.secret, transport=ApiTransport(FakeApi(world))) as api:
        saved = await api.download(
            "/cgi-bin/media/get", tmp_path / "video", params={"media_id": video.media_id}
        )
        assert saved.read_bytes() == video.data
        with pytest.raises(MediaError, match="404"):
            await api.fetch(f"{place}/{official.id}/gone/0", tmp_path)
    assert [each.name for each in tmp_path.iterdir() if each.name != "yizhan.toml"] == ["video"]
