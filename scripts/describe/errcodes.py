"""docs/errcodes.md and its twin: what each errcode means and what to do, from the catalogue."""

import re
from collections.abc import Iterator
from textwrap import fill
from typing import Literal

from yizhan.api.advice import BY_CODE
from yizhan.errors import CallerError
from yizhan.phrases import catalogue

Language = Literal["zh", "en"]
WIDTH = 98

MARK = {
    "zh": "<!-- 由 scripts/describe 根据 src/yizhan/phrases.toml 生成，请改那里。 -->",
    "en": "<!-- Written by scripts/describe from src/yizhan/phrases.toml: change that. -->",
}
HEAD = {
    "zh": """# 错误码

[English](errcodes.md)

微信接口出错时返回 `errcode`。客户端把它变成异常，按处理办法分为七类，都是 `yizhan.APIError` 的
子类；`error.errcode` 是错误码，`error.rid` 是微信的请求编号，异常的文字里有下面的建议。没有列出的
错误码抛出 `APIError` 本身。
""",
    "en": """# Error codes

[中文](errcodes.zh-CN.md)

WeChat's API answers with an `errcode` when a call fails. The client raises it as an exception, of
one of seven classes by what can be done; all are subclasses of `yizhan.APIError`.
`error.errcode` is the code, `error.rid` WeChat's number of the request, and the text has the advice
below. A code that is not listed raises `APIError` itself.
""",
}
CLASSES = {  # in the order of the page: what the client does, in both languages
    "TokenError": (
        "access_token 失效。客户端换一个新的，重试一次；再失败才抛出。",
        "The access_token is no longer valid. The client fetches another one and repeats the call "
        "once; it raises when that fails too.",
    ),
    "TemporaryError": (
        "微信正忙，稍后可能成功。客户端会重试，可能已经生效的调用除外。",
        "WeChat is busy, and the call may succeed later. The client repeats it, unless the first "
        "try may have had an effect.",
    ),
    "QuotaError": (
        "次数用完了。不重试。",
        "A quota is used up. Not repeated.",
    ),
    "UserStateError": (
        "粉丝的状态不允许：没有关注、太久没来信、拒收。不重试。",
        "The follower's state does not allow it: not following, silent for too long, or unwilling. "
        "Not repeated.",
    ),
    "RightsError": (
        "这类账号没有这个权限。不重试。",
        "This kind of account may not call it. Not repeated.",
    ),
    "ConfigurationError": (
        "AppID、AppSecret、IP 白名单等配置不对，需要人来处理。不重试。",
        "AppID, AppSecret, the IP list or another setting is wrong, and a person has to act. Not "
        "repeated.",
    ),
    "CallerError": (
        "调用本身不对：参数、文件，或对象不存在。不重试。",
        "The call itself is wrong: an argument, a file, or something that does not exist. Not "
        "repeated.",
    ),
}
COMMAND = re.compile(r"yizhan call .*?'\{\}'")  # set as code: quotes in prose become curly
CALLS = {  # the page that the messages name
    "zh": (re.compile(r" ?docs/api\.md ?"), "[微信接口](api.zh-CN.md)"),
    "en": (re.compile(r"docs/api\.md"), "[WeChat's calls](api.md)"),
}
NAMED = {  # what the messages fill in
    "ip": {"zh": "`x.x.x.x`", "en": "`x.x.x.x`"},
    "errmsg": {"zh": "`errmsg`", "en": "`errmsg`"},
    "rights": {"zh": "见异常的文字", "en": "see the exception's text"},
}


def chinese() -> str:
    """The whole page in Chinese."""
    return "\n".join(_page("zh"))


def english() -> str:
    """The whole page in English."""
    return "\n".join(_page("en"))


def _page(language: Language) -> Iterator[str]:
    yield MARK[language]
    yield HEAD[language]
    advised = sorted(_advised(), key=abs)
    for name, (zh, en) in CLASSES.items():
        yield f"## {name}\n\n{fill(zh if language == 'zh' else en, WIDTH)}\n"
        for code in advised:
            if BY_CODE.get(code, CallerError).__name__ == name:
                yield f"### {code}\n\n{_advice(code, language)}\n"


def _advised() -> list[int]:
    found = (re.fullmatch(r"advice\.e(-?\d+)", phrase) for phrase in catalogue())
    return [int(each[1]) for each in found if each]


def _advice(code: int, language: Language) -> str:
    words = {name: named[language] for name, named in NAMED.items()}
    text = catalogue()[f"advice.e{code}"][language].format(**words)
    text = COMMAND.sub(r"`\g<0>`", text)
    name, link = CALLS[language]
    text = name.sub(link, text)
    if language == "zh":
        return f"{text}。"
    is_name = "_" in text.split()[0]
    return fill(f"{text if is_name else text[0].upper() + text[1:]}.", WIDTH)
