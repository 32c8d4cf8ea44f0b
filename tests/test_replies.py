import unicodedata

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from yizhan import replies
from yizhan.errors import ReplyError, ResultError
from yizhan.replies import Article, Image, Music, News, Text, Transfer, Video, Voice

TO = "oYz0a1B2c3D4e5F6g7H8i9J0kLmN"
SENDER = "gh_a1b2c3d4e5f6"

# What XML and JSON both carry unchanged; a carriage return is layout to XML.
LEGAL = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"))
FILLED = LEGAL.filter(str.strip)
ARTICLES = st.builds(Article, FILLED, LEGAL, LEGAL, LEGAL)
REPLIES = st.one_of(
    st.builds(Text, FILLED),
    st.builds(Image, FILLED),
    st.builds(Voice, FILLED),
    st.builds(Video, FILLED, LEGAL, LEGAL),
    st.builds(Music, FILLED, LEGAL, LEGAL, LEGAL, LEGAL),
    st.lists(ARTICLES, min_size=1, max_size=8).map(lambda articles: News(*articles)),
    st.builds(Transfer, st.none() | FILLED),
)


# --- what a handler returned


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        (None, ()),
        ("", ()),
        (" \n\t　", ()),
        ("\x00\x01", ()),
        ("你好", (Text("你好"),)),
        (" 你好 ", (Text(" 你好 "),)),
        (Text("a"), (Text("a"),)),
        (Image("m"), (Image("m"),)),
        (Music(url="u"), (Music("", url="u"),)),
        (Music("m"), (Music("m"),)),
        (News(Article("a"), Article("b")), (News(Article("a"), Article("b")),)),
        (Transfer(), (Transfer(),)),
    ],
)
def test_of(result, expected):
    assert replies.of(result) == expected


@pytest.mark.parametrize(
    "result", [1, True, b"text", ["a"], (Text("a"),), {"a": 1}, object(), Text]
)
def test_anything_else_is_refused_by_its_type(result):
    with pytest.raises(ResultError) as caught:
        replies.of(result)
    assert caught.value.values == {"type": type(result).__name__}
    assert type(result).__name__ in str(caught.value)


INCOMPLETE = [
    (Text(""), "reply.empty"),
    (Text(" \x00"), "reply.empty"),
    (Text(None), "reply.type"),
    (Text(5), "reply.type"),
    (Image(""), "reply.empty"),
    (Image(None), "reply.type"),
    (Voice(" "), "reply.empty"),
    (Video(""), "reply.empty"),
    (Video("m", title=None), "reply.type"),
    (Music(""), "reply.empty"),
    (Music(" ", title="t", url="\x00"), "reply.empty"),
    (Music(None, url="u"), "reply.type"),
    (News(), "reply.empty"),
    (News("标题"), "reply.type"),
    (News(Article("")), "reply.empty"),
    (News(Article("a", url=None)), "reply.type"),
    (Transfer(5), "reply.type"),
]


@pytest.mark.parametrize(("reply", "phrase"), INCOMPLETE)
def test_incomplete_replies_are_refused(reply, phrase):
    for refuse in (replies.of, lambda reply: replies.check(reply, after="event")):
        with pytest.raises(ReplyError) as caught:
            refuse(reply)
        assert caught.value.phrase == phrase
        assert str(caught.value)


def test_a_result_has_a_largest_size():
    assert replies.of("好" * 21_845)
    with pytest.raises(ReplyError, match="65538"):
        replies.of("好" * 21_846)
    with pytest.raises(ReplyError):
        replies.of("a" * 10_000_000)
    with pytest.raises(ReplyError):
        replies.of(News(Article("a", description="b" * 70_000)))
    assert replies.of("abc", limit=3)
    with pytest.raises(ReplyError):
        replies.of("abcd", limit=3)


@pytest.mark.parametrize(
    ("count", "after", "fits"),
    [(1, "message", True), (2, "message", False), (8, "event", True), (9, "event", False)],
)
def test_news_count(count, after, fits):
    news = News(*[Article("a")] * count)
    if fits:
        assert replies.check(news, after=after) is news
        return
    with pytest.raises(ReplyError) as caught:
        replies.check(news, after=after)
    assert caught.value.phrase == "reply.articles"


def test_a_long_text_passes_the_check():
    text = Text("好" * 5000)
    assert replies.check(text, after="message") is text


def test_news_takes_its_articles_one_by_one():
    news = News(Article("欢迎", "简介", picture="https://p", url="https://u"), Article("二"))
    assert [article.title for article in news.articles] == ["欢迎", "二"]
    assert news == News(*news.articles)
    assert hash(news) == hash(News(*news.articles))
    assert repr(News(Article("a"))).startswith("News(articles=(Article(title='a'")
    with pytest.raises(AttributeError):
        news.articles = ()


# --- the store


@given(st.lists(REPLIES, max_size=4).map(tuple))
def test_the_store_gives_back_what_it_got(kept):
    assert replies.load(replies.dump(kept)) == kept


def test_the_stored_form_is_plain_json():
    assert replies.dump((Text("a"), News(Article("t")), Transfer())) == (
        b'[{"type":"text","content":"a"},'
        b'{"type":"news","articles":[{"title":"t","description":"","picture":"","url":""}]},'
        b'{"type":"transfer","account":null}]'
    )


# --- writing and reading


@pytest.mark.parametrize(
    ("reply", "body"),
    [
        (Text("收到"), "<Content><![CDATA[收到]]></Content>"),
        (Text("a]]>b"), "<Content><![CDATA[a]]]]><![CDATA[>b]]></Content>"),
        (Text("a\x00b"), "<Content><![CDATA[ab]]></Content>"),
        (Image("m"), "<Image><MediaId><![CDATA[m]]></MediaId></Image>"),
        (Voice("m"), "<Voice><MediaId><![CDATA[m]]></MediaId></Voice>"),
        (
            Video("m", "t", "d"),
            "<Video><MediaId><![CDATA[m]]></MediaId><Title><![CDATA[t]]></Title>"
            "<Description><![CDATA[d]]></Description></Video>",
        ),
        (
            Music("m", "t", "d", "u", "h"),
            "<Music><Title><![CDATA[t]]></Title><Description><![CDATA[d]]></Description>"
            "<MusicUrl><![CDATA[u]]></MusicUrl><HQMusicUrl><![CDATA[h]]></HQMusicUrl>"
            "<ThumbMediaId><![CDATA[m]]></ThumbMediaId></Music>",
        ),
        *(
            (
                Music(no_cover, "t", url="u"),
                "<Music><Title><![CDATA[t]]></Title><Description><![CDATA[]]></Description>"
                "<MusicUrl><![CDATA[u]]></MusicUrl><HQMusicUrl><![CDATA[]]></HQMusicUrl></Music>",
            )
            for no_cover in ("", " ", "\x00")
        ),
        (
            News(Article("t", "d", "p", "u")),
            "<ArticleCount>1</ArticleCount><Articles><item><Title><![CDATA[t]]></Title>"
            "<Description><![CDATA[d]]></Description><PicUrl><![CDATA[p]]></PicUrl>"
            "<Url><![CDATA[u]]></Url></item></Articles>",
        ),
        *((Transfer(nobody), "") for nobody in (None, "", " ", "\x00")),
        (
            Transfer("kf001@demo"),
            "<TransInfo><KfAccount><![CDATA[kf001@demo]]></KfAccount></TransInfo>",
        ),
    ],
)
def test_the_xml_of_a_reply(reply, body):
    assert replies.render(reply, to=TO, sender=SENDER, created=1764000060).decode() == (
        f"<xml><ToUserName><![CDATA[{TO}]]></ToUserName>"
        f"<FromUserName><![CDATA[{SENDER}]]></FromUserName><CreateTime>1764000060</CreateTime>"
        f"<MsgType><![CDATA[{reply.kind}]]></MsgType>{body}</xml>"
    )


def test_the_json_of_a_reply():
    body = replies.render_json(
        News(Article("标题", url="u")), to=TO, sender=SENDER, created=1764000060
    )
    assert body.decode() == (
        f'{{"ToUserName":"{TO}","FromUserName":"{SENDER}","CreateTime":1764000060,'
        '"MsgType":"news","ArticleCount":1,"Articles":[{"Title":"标题","Description":"",'
        '"PicUrl":"","Url":"u"}]}'
    )
    labelled = replies.render_json(Text("a", ai=True), to=TO, sender=SENDER, created=1, label="AI")
    assert replies.parse_json(labelled).reply == Text("a\n\nAI")
    bare = replies.render_json(Music(url="u"), to=TO, sender=SENDER, created=1)
    assert b"ThumbMediaId" not in bare
    assert replies.parse_json(bare).reply == Music(url="u")
    bare = replies.render_json(Transfer(""), to=TO, sender=SENDER, created=1)
    assert b"TransInfo" not in bare
    hurt = replies.render_json(Text("a\x00\ud800b"), to=TO, sender=SENDER, created=1)
    assert replies.parse_json(hurt).reply == Text("a\ufffd\ufffdb")


@pytest.mark.parametrize(
    ("write", "read"),
    [(replies.render, replies.parse), (replies.render_json, replies.parse_json)],
)
@given(reply=REPLIES, created=st.integers(0, 2**40))
def test_what_is_written_is_read(write, read, reply, created):
    body = write(reply, to=TO, sender=SENDER, created=created)
    received = replies.Received(TO, SENDER, created, reply)
    assert read(body) == received
    assert read(body.decode()) == received


def answer(kind="text", body="<Content>a</Content>", created="1"):
    return (
        f"<xml><ToUserName>o</ToUserName><FromUserName>g</FromUserName>"
        f"<CreateTime>{created}</CreateTime><MsgType>{kind}</MsgType>{body}</xml>"
    )


ITEM = "<item><Title>t</Title></item>"
FAULTS = [
    ("", "reply.malformed", None),
    ("success", "reply.malformed", None),
    ("<xml><Content>", "reply.malformed", None),
    ("<!DOCTYPE a [<!ENTITY b 'c'>]><xml>&b;</xml>", "reply.malformed", None),
    ("\ud800", "reply.malformed", None),
    ("<html><body/></html>", "reply.root", None),
    ("<xml/>", "reply.root", None),
    (f"<xml>{answer()}</xml>", "reply.nested", None),
    ("<xml><Content>a</Content></xml>", "reply.missing", "ToUserName"),
    (answer(kind=""), "reply.missing", "MsgType"),
    (answer(created=""), "reply.missing", "CreateTime"),
    (answer(created="now"), "reply.number", "CreateTime"),
    (answer(kind="hologram"), "reply.kind", None),
    (answer(body=""), "reply.missing", "Content"),
    (answer(body="<Content></Content>"), "reply.missing", "Content"),
    (answer(body="<Content><![CDATA[ ]]></Content>"), "reply.missing", "Content"),
    (answer("image", "<MediaId>m</MediaId>"), "reply.missing", "Image.MediaId"),
    (answer("image", "<Image><MediaId/></Image>"), "reply.missing", "Image.MediaId"),
    (answer("voice", ""), "reply.missing", "Voice.MediaId"),
    (answer("video", "<Video/>"), "reply.missing", "Video.MediaId"),
    (answer("music", ""), "reply.missing", "Music"),
    (
        answer("music", "<Music><MusicUrl>u</MusicUrl><ThumbMediaId/></Music>"),
        "reply.empty_element",
        "Music.ThumbMediaId",
    ),
    (
        answer("music", "<Music><ThumbMediaId><![CDATA[ ]]></ThumbMediaId></Music>"),
        "reply.empty_element",
        "Music.ThumbMediaId",
    ),
    (answer("news", "<ArticleCount>1</ArticleCount>"), "reply.missing", "Articles.item"),
    (answer("news", f"<Articles>{ITEM}</Articles>"), "reply.missing", "ArticleCount"),
    (
        answer("news", f"<ArticleCount>2</ArticleCount><Articles>{ITEM}</Articles>"),
        "reply.count",
        None,
    ),
    (
        answer("news", f"<ArticleCount>x</ArticleCount><Articles>{ITEM}</Articles>"),
        "reply.count",
        None,
    ),
    (
        answer("news", "<ArticleCount>1</ArticleCount><Articles><Title>t</Title></Articles>"),
        "reply.missing",
        "Articles.item",
    ),
    (
        answer("news", "<ArticleCount>1</ArticleCount><Articles><item><Url/></item></Articles>"),
        "reply.missing",
        "Title",
    ),
]


@pytest.mark.parametrize(("body", "phrase", "field"), FAULTS)
def test_a_faulty_answer_is_told_what_is_wrong(body, phrase, field):
    with pytest.raises(ReplyError) as caught:
        replies.parse(body)
    assert caught.value.phrase == phrase
    assert caught.value.values.get("field") == field
    assert str(caught.value)


@pytest.mark.parametrize("body", [b"", b"success", b"[]", b'"a"', b"\xff", "\ud800", '{"a":'])
def test_what_is_no_json_object_is_refused(body):
    with pytest.raises(ReplyError) as caught:
        replies.parse_json(body)
    assert caught.value.phrase == "reply.malformed"


def test_json_news_may_have_items_as_xml_has():
    body = (
        '{"ToUserName":"o","FromUserName":"g","CreateTime":"1","MsgType":"news",'
        '"ArticleCount":1,"Articles":{"item":[{"Title":"t"}]}}'
    )
    assert replies.parse_json(body).reply == News(Article("t"))


# --- cutting


@given(st.text(), st.integers(4, 40))
def test_nothing_is_lost_in_cutting(text, limit):
    parts = replies.split(text, limit)
    assert all(len(part.encode("utf-8", "surrogatepass")) <= limit for part in parts)
    assert all(part.strip() for part in parts)
    rest = text
    for part in parts:
        skipped, _, rest = rest.partition(part)
        assert not skipped.strip()
    assert not rest.strip()


CLUSTERS = ["好", "a", "👨‍👩‍👧‍👦", "🇨🇳", "👍🏽", "é", "각", "\r\n", "1️⃣", "நி"]


@given(st.lists(st.sampled_from(CLUSTERS), min_size=1, max_size=60))
def test_no_grapheme_is_cut(clusters):
    text = unicodedata.normalize("NFD", "".join(clusters))
    borders = {0}
    for cluster in regex.findall(r"\X", text):
        borders.add(max(borders) + len(cluster))
    place = 0
    for part in replies.split(text, 30):
        place = text.index(part, place)
        assert place in borders
        place += len(part)
        assert place in borders


@pytest.mark.parametrize(
    ("text", "limit", "parts"),
    [
        ("", 10, []),
        (" \n", 10, []),
        ("abc", 10, ["abc"]),
        ("a" * 10, 10, ["a" * 10]),
        ("a" * 11, 10, ["a" * 10, "a"]),
        ("好" * 4, 10, ["好好好", "好"]),
        ("aaaaaaaa\nbbbbbbb", 10, ["aaaaaaaa\n", "bbbbbbb"]),
        ("aaaaaaaa\n, bbbbb", 10, ["aaaaaaaa\n", ", bbbbb"]),
        ("aaaaaa。 bbbbb", 10, ["aaaaaa。", " bbbbb"]),
        ("aaaaaaaa bbbbbb", 10, ["aaaaaaaa ", "bbbbbb"]),
        ("a\nbbbbbbbbbbbb", 10, ["a\nbbbbbbbb", "bbbb"]),
        ("aaaaaaaaaa\n", 10, ["aaaaaaaaaa"]),
        ("👨‍👩‍👧", 12, ["👨‍👩", "‍👧"]),
    ],
)
def test_where_a_text_is_cut(text, limit, parts):
    assert replies.split(text, limit) == parts


LINKS = [
    '<a href="https://example.com/a?x=1,2;y=3">a link, with text; and more</a>',
    '<a href="weixin://bizmsgmenu?msgmenucontent=好 的&msgmenuid=1">好的？是的！</a>',
    "<A\nHREF='https://example.com/'>two\nlines</A>",
    "https://example.com/path?a=1,2;b=3!x?y",
    "https://zh.example.com/wiki/驿站,维基",
    "www.example.com/a?b,c;d",
    "weixin://dl/business/?t=a,b;c",
    "&nbsp;",
    "&#128512;",
]


@pytest.mark.parametrize("link", LINKS)
@pytest.mark.parametrize("after", ["\n", " and on", "，然后。"])
def test_no_link_and_no_entity_is_cut(link, after):
    limit = 100
    for before in range(limit + 1):
        text = "x" * before + " " + link + after + "y" * limit
        parts = replies.split(text, limit)
        assert "".join(parts) == text
        assert sum(part.count(link) for part in parts) == 1, before


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("gone https://a.cn/?b,c", ["gone ", "https://a.cn/?b,c"]),
        ("aaaa, go https://a.cn/?b,c", ["aaaa, go ", "https://a.cn/?b,c"]),
        ("看看，好https://a.cn/?b", ["看看，好", "https://a.cn/?b"]),
        # One that fits nowhere is cut, but no smaller one within it.
        ("<a href='https://a.cn/?b'>text</a>", ["<a href='", "https://a.cn/?b'>tex", "t</a>"]),
        ("https://a.cn/?bbbbbbbbbb,cccc", ["https://a.cn/?bbbbbb", "bbbb,cccc"]),
        # What only looks like one is cut as any text is.
        ("<a href= aaaaaaa, bbbbb", ["<a href= aaaaaaa, ", "bbbbb"]),
        ("aaa & bbbbbbbbbb; ccccc", ["aaa & bbbbbbbbbb; ", "ccccc"]),
        ("a<bbbb, cccccccc dd > e", ["a<bbbb, cccccccc dd ", "> e"]),
    ],
)
def test_a_link_that_does_not_fit_is_put_into_the_next_part(text, parts):
    assert replies.split(text, 20) == parts


@pytest.mark.parametrize("seed", ["<a ", "<a href='", "</a ", "https://", "www.", "&#1", "&a"])
def test_links_that_never_end_are_looked_through_once(seed):
    text = seed * (200_000 // len(seed))
    assert "".join(replies.split(text, 2048)) == text.rstrip() or seed.endswith(" ")


def test_a_limit_must_hold_any_character():
    with pytest.raises(ValueError, match="at least 4"):
        replies.split("a", 3)
