"""Text in files that people write: UTF-8, with or without the mark that some editors put first."""

from pathlib import Path

from yizhan.phrases import say


def read_text(path: Path) -> str:
    """The text of a file. Raises OSError, and ValueError in the reader's words."""
    return decoded(path.read_bytes())


def decoded(data: bytes) -> str:
    """The text that these bytes are. Raises ValueError in the reader's words."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        phrase = "textfile.gbk" if _is_gbk(data) else "textfile.not_utf8"
        raise ValueError(say(phrase, line=line)) from error


def _is_gbk(data: bytes) -> bool:
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return True
