"""Followers, remarks, tags and the blacklist (docs/protocol.md#i5)."""


def code(answer):
    return answer.get("errcode", 0)


async def test_what_is_told_of_a_follower(call, official):
    fan = official.add_follower("小明")
    info = await call("/cgi-bin/user/info", openid=fan.openid)
    assert (info["subscribe"], info["openid"]) == (1, fan.openid)
    assert "nickname" not in info
    fan.following = False
    info = await call("/cgi-bin/user/info", openid=fan.openid)
    assert info == {"subscribe": 0, "openid": fan.openid}
    assert code(await call("/cgi-bin/user/info", openid="oNobody")) == 40003


async def test_the_list_of_followers(call, official):
    fans = [official.add_follower().openid for _ in range(3)]
    official.add_follower(following=False)
    found = await call("/cgi-bin/user/get")
    assert (found["total"], found["data"]["openid"]) == (3, fans)
    rest = await call("/cgi-bin/user/get", next_openid=fans[0])
    assert rest["data"]["openid"] == fans[1:]
    assert (await call("/cgi-bin/user/get", next_openid=fans[2]))["count"] == 0
    batch = {"user_list": [{"openid": openid} for openid in fans]}
    assert len((await call("/cgi-bin/user/info/batchget", batch))["user_info_list"]) == 3


async def test_remarks_and_tags(call, official):
    fan = official.add_follower()
    remark = {"openid": fan.openid, "remark": "老王"}
    assert code(await call("/cgi-bin/user/info/updateremark", remark)) == 0
    assert fan.remark == "老王"
    create = "/cgi-bin/tags/create"
    tag = (await call(create, {"tag": {"name": "客户"}}))["tag"]
    assert code(await call(create, {"tag": {"name": "客户"}})) == 45157
    assert code(await call(create, {"tag": {"name": "长" * 11}})) == 45158
    renamed = {"tag": {"id": tag["id"], "name": "老客户"}}
    assert code(await call("/cgi-bin/tags/update", renamed)) == 0
    tagging = {"openid_list": [fan.openid], "tagid": tag["id"]}
    await call("/cgi-bin/tags/members/batchtagging", tagging)
    assert (await call("/cgi-bin/tags/getidlist", {"openid": fan.openid}))["tagid_list"] == fan.tags
    found = await call("/cgi-bin/user/tag/get", {"tagid": tag["id"], "next_openid": ""})
    assert found["data"]["openid"] == [fan.openid]
    assert (await call("/cgi-bin/tags/get"))["tags"] == [
        {"id": tag["id"], "name": "老客户", "count": 1}
    ]
    await call("/cgi-bin/tags/members/batchuntagging", tagging)
    assert fan.tags == []
    assert code(await call("/cgi-bin/tags/delete", {"tag": {"id": tag["id"]}})) == 0
    assert code(await call("/cgi-bin/tags/delete", {"tag": {"id": tag["id"]}})) == 45159


async def test_the_system_s_tags_cannot_be_changed(call):
    assert code(await call("/cgi-bin/tags/update", {"tag": {"id": 2, "name": "星标"}})) == 45058
    assert code(await call("/cgi-bin/tags/delete", {"tag": {"id": 0}})) == 45058


async def test_twenty_tags_on_one_follower(call, official):
    fan = official.add_follower()
    for number in range(21):
        created = await call("/cgi-bin/tags/create", {"tag": {"name": f"标签{number}"}})
        body = {"openid_list": [fan.openid], "tagid": created["tag"]["id"]}
        answer = await call("/cgi-bin/tags/members/batchtagging", body)
        assert code(answer) == (45059 if number == 20 else 0)
    assert len(fan.tags) == 20


async def test_a_tag_that_is_deleted_is_on_nobody(call, official):
    fans = [official.add_follower() for _ in range(3)]
    tag = (await call("/cgi-bin/tags/create", {"tag": {"name": "客户"}}))["tag"]
    body = {"openid_list": [fan.openid for fan in fans], "tagid": tag["id"]}
    await call("/cgi-bin/tags/members/batchtagging", body)
    await call("/cgi-bin/tags/delete", {"tag": {"id": tag["id"]}})
    assert [fan.tags for fan in fans] == [[], [], []]


async def test_the_blacklist(call, official):
    fans = [official.add_follower() for _ in range(3)]
    openids = [fan.openid for fan in fans]
    members = "/cgi-bin/tags/members"
    chosen = {"openid_list": openids[:2]}
    assert code(await call(f"{members}/batchblacklist", chosen)) == 0
    listed = await call(f"{members}/getblacklist", {"begin_openid": ""})
    assert (listed["total"], listed["data"]["openid"]) == (2, openids[:2])
    rest = await call(f"{members}/getblacklist", {"begin_openid": openids[0]})
    assert rest["data"]["openid"] == openids[1:2]
    assert code(await call(f"{members}/batchunblacklist", {"openid_list": openids[:1]})) == 0
    assert [fan.blacklisted for fan in fans] == [False, True, False]
    assert code(await call(f"{members}/batchblacklist", {"openid_list": ["oNobody"]})) == 40003
    many = {"openid_list": ["o"] * 21}
    assert code(await call(f"{members}/batchblacklist", many)) == 40032
