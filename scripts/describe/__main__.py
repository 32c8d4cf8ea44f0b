"""Write what follows from the descriptions of the API: the typed client, docs/api.md, errcodes.md.

python scripts/describe           write the files
python scripts/describe --check   exit with 1 when one of them is not current
"""

import sys
from pathlib import Path

from docs import document
from errcodes import chinese, english
from stub import stub

ROOT = Path(__file__).parents[2]
WRITTEN = {
    "src/yizhan/api/calls.pyi": stub,
    "docs/api.md": document,
    "docs/errcodes.md": english,
    "docs/errcodes.zh-CN.md": chinese,
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
