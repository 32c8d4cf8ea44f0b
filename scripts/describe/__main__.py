"""Write what follows from the code: the typed client, and the pages of the API, errcodes and CLI.

python scripts/describe           write the files
python scripts/describe --check   exit with 1 when one of them is not current
"""

import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import commands
import errcodes
from docs import compared, index
from groups import Language, page
from stub import stub

from yizhan.api.platform import platform

ROOT = Path(__file__).parents[2]
TWINS: Mapping[str, Callable[[Language], str]] = {
    "docs/api": index,
    "docs/api/others": compared,
    **{f"docs/api/{name}": partial(page, name) for name in platform().groups},
}
WRITTEN: Mapping[str, Callable[[], str]] = {
    "src/yizhan/api/calls.pyi": stub,
    "docs/cli.md": commands.english,
    "docs/cli.zh-CN.md": commands.chinese,
    "docs/errcodes.md": errcodes.english,
    "docs/errcodes.zh-CN.md": errcodes.chinese,
    **{f"{name}.md": partial(made, "en") for name, made in TWINS.items()},
    **{f"{name}.zh-CN.md": partial(made, "zh") for name, made in TWINS.items()},
}


def main(*, check: bool) -> int:
    """Write the files, or only look at them; 1 when a look finds one that is not current."""
    stale = [name for name, made in WRITTEN.items() if _read(ROOT / name) != made()]
    for name in stale:
        sys.stdout.write(f"{name}\n")
        if not check:
            (ROOT / name).parent.mkdir(exist_ok=True)
            (ROOT / name).write_text(WRITTEN[name](), "utf-8")
    return 1 if stale and check else 0


def _read(path: Path) -> str:
    return path.read_text("utf-8") if path.exists() else ""


if __name__ == "__main__":
    sys.exit(main(check="--check" in sys.argv))
