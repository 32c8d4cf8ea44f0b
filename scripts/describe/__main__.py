"""Write what follows from the code: the typed client, and the pages of the API, errcodes and CLI.

python scripts/describe           write the files
python scripts/describe --check   exit with 1 when one of them is not current
"""

import sys
from pathlib import Path

import commands
import errcodes
from docs import document
from stub import stub

ROOT = Path(__file__).parents[2]
WRITTEN = {
    "src/yizhan/api/calls.pyi": stub,
    "docs/api.md": document,
    "docs/cli.md": commands.english,
    "docs/cli.zh-CN.md": commands.chinese,
    "docs/errcodes.md": errcodes.english,
    "docs/errcodes.zh-CN.md": errcodes.chinese,
}


def main(*, check: bool) -> int:
    """Write the files, or only look at them; 1 when a look finds one that is not current."""
    stale = [name for name, made in WRITTEN.items() if _read(ROOT / name) != made()]
    for name in stale:
        sys.stdout.write(f"{name}\n")
        if not check:
            (ROOT / name).write_text(WRITTEN[name](), "utf-8")
    return 1 if stale and check else 0


def _read(path: Path) -> str:
    return path.read_text("utf-8") if path.exists() else ""


if __name__ == "__main__":
    sys.exit(main(check="--check" in sys.argv))
