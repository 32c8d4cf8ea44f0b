"""What the benchmarks found, and where: kept as JSON, written whole or not at all."""

import json
import os
import platform
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import NamedTemporaryFile

import yizhan


def machine() -> dict[str, object]:
    """What the figures were measured with."""
    return {
        "processor": processor(),
        "cores": len(os.sched_getaffinity(0)),
        "memory": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "yizhan": yizhan.__version__,
    }


def processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        name, _, value = line.partition(":")
        if name.strip() == "model name":
            return value.strip()
    return platform.machine()


def moment() -> dict[str, object]:
    """The time, and how busy the machine is."""
    now = datetime.now(UTC).isoformat(timespec="minutes").removesuffix("+00:00")
    return {"at": f"{now}Z", "load": round(os.getloadavg()[0], 2)}


def keep(path: Path, found: object) -> None:
    """Write this JSON there."""
    write({path: kept_text(found)})


def kept_text(found: object) -> str:
    return json.dumps(found, indent=1, ensure_ascii=False) + "\n"


def write(texts: Mapping[Path, str]) -> None:
    """Write all of these files; an interruption leaves each as it was or as it is to be."""
    with ExitStack() as stack:
        ready = {path: stack.enter_context(beside(path, text)) for path, text in texts.items()}
        for path, temporary in ready.items():
            temporary.replace(path)


@contextmanager
def beside(path: Path, text: str) -> Iterator[Path]:
    """A temporary file with this text in the same folder, gone at the end."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile("w", dir=path.parent, encoding="utf-8", delete=False) as file:
        temporary = Path(file.name)
        try:
            file.write(text)
            file.flush()
            temporary.chmod(0o644)
            yield temporary
        finally:
            temporary.unlink(missing_ok=True)


def show(progress: str) -> None:
    """What is being measured, for a person who watches."""
    if sys.stderr.isatty():
        print(f"\r{progress:58}\r", end="", file=sys.stderr, flush=True)


def interruptible(main: Callable[[], None]) -> None:
    """Run this; Ctrl-C or SIGTERM ends it, and the servers that it started, without a traceback."""
    signal.signal(signal.SIGTERM, lambda *_: os.kill(os.getpid(), signal.SIGINT))
    try:
        main()
    except KeyboardInterrupt:
        show("")
        sys.exit(130)
