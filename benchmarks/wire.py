"""How fast pushes are read and written, as ratios to xmltodict: python benchmarks/wire.py."""

from collections.abc import Callable
from time import process_time
from timeit import repeat

import xmltodict

from yizhan import wire
from yizhan.wire import sender, xml
from yizhan.wire.envelope import Cipher

HEAD = (
    "<xml><ToUserName><![CDATA[gh_a1b2c3d4e5f6]]></ToUserName>"
    "<FromUserName><![CDATA[oYz0a1B2c3D4e5F6g7H8i9J0kLmN]]></FromUserName>"
    "<CreateTime>1764000000</CreateTime>"
)
TEXT = (
    HEAD + "<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[{}]]></Content>"
    "<MsgId>24900000000000001</MsgId><bizmsgmenuid>101</bizmsgmenuid></xml>"
)
ITEM = (
    "<item><ArticleIdx>{}</ArticleIdx><UserDeclareState>0</UserDeclareState>"
    "<AuditState>2</AuditState>"
    "<OriginalArticleUrl><![CDATA[http://mp.weixin.qq.com/s/EXAMPLE]]></OriginalArticleUrl>"
    "<OriginalArticleType>1</OriginalArticleType><CanReprint>1</CanReprint>"
    "<NeedReplaceContent>1</NeedReplaceContent>"
    "<NeedShowReprintSource>1</NeedShowReprintSource></item>"
)
JOB = (
    HEAD + "<MsgType><![CDATA[event]]></MsgType><Event><![CDATA[MASSSENDJOBFINISH]]></Event>"
    "<MsgID>1000000001</MsgID><Status><![CDATA[send success]]></Status>"
    "<CopyrightCheckResult><Count>8</Count><ResultList>"
    + "".join(map(ITEM.format, range(1, 9)))
    + "</ResultList><CheckState>2</CheckState></CopyrightCheckResult></xml>"
)
DOCUMENTS = {
    "text push": TEXT.format("hello"),
    "MASSSENDJOBFINISH": JOB,
    "600 Chinese characters": TEXT.format("驿站，来信！" * 100),
}
KEYS = wire.Keys(("a-token-of-the-bench",), mode="plain")


def micros(run: Callable[[], object]) -> float:
    """The best of fifteen rounds, in microseconds of CPU per call."""
    return min(repeat(run, timer=process_time, number=1000, repeat=15)) / 1000 * 1e6


def report(label: str, ours: float, theirs: float) -> None:
    print(f"{label:42}{ours:8.2f} µs {theirs:8.2f} µs {theirs / ours:6.2f} ×")


def pushes(document: str) -> dict[str, tuple[wire.Push, wire.Keys]]:
    cipher = Cipher("abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", "wx2c2769f8efd9abc2")
    made: dict[str, tuple[wire.Push, wire.Keys]] = {}
    modes: tuple[wire.Mode, ...] = ("plain", "safe")
    for mode in modes:
        query, body = sender.build(
            document.encode(),
            token=KEYS.tokens[0],
            timestamp="1764000000",
            nonce="1320562132",
            mode=mode,
            cipher=cipher,
            openid="oYz0a1B2c3D4e5F6g7H8i9J0kLmN",
            to_user="gh_a1b2c3d4e5f6",
        )
        keys = wire.Keys(KEYS.tokens, (cipher,) if mode == "safe" else (), mode=mode)
        made[mode] = wire.Push(query.encode(), body, "text/xml", 1764000000.0), keys
    return made


def main() -> None:
    print(f"{'':42}{'yizhan':>11}{'xmltodict':>12}")
    for name, document in DOCUMENTS.items():
        body = document.encode()
        tree = xmltodict.parse(body)
        theirs = micros(lambda body=body: xmltodict.parse(body))
        report(f"read, {name}", micros(lambda body=body: xml.read(body)), theirs)
        report(f"parse, {name}", micros(lambda body=body: xml.parse(body)), theirs)
        report(
            f"unparse, {name}",
            micros(lambda tree=tree: xml.unparse(tree)),
            micros(lambda tree=tree: xmltodict.unparse(tree)),
        )
    for mode, (push, keys) in pushes(DOCUMENTS["text push"]).items():
        took = micros(lambda push=push, keys=keys: wire.open(push, keys, 1764000000.0))
        print(f"{f'open, text push, {mode}':42}{took:8.2f} µs")


if __name__ == "__main__":
    main()
