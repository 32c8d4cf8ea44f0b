"""The world in a file, while the bot's process is replaced by one with the changed bot."""

import logging
import os
import pickle
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from yizhan.phrases import say
from yizhan.simulator.bot_log import LogLine
from yizhan.simulator.pace import Name
from yizhan.simulator.world import Past

log = logging.getLogger("yizhan")

OURS = "yizhan."
OTHERS = frozenset(
    {
        *(("builtins", name) for name in ("set", "frozenset", "complex", "bytearray")),
        ("collections", "deque"),
        ("random", "Random"),
    }
)
PATHS = ("pathlib", "pathlib._local")


@dataclass(slots=True, kw_only=True)
class Snapshot:
    """What outlives the process: the world, its time, the log, the unused one-time tokens.

    `ahead` is how many seconds its time is ahead of this machine's; `said` is what the settings
    said of each account, `menu` what menu.toml said.
    """

    past: Past
    ahead: float
    pace: Name
    log: list[LogLine]
    tokens: frozenset[str]
    said: dict[str, dict[str, object]]
    menu: str


class _Unpickler(pickle.Unpickler):
    """Makes objects of the simulator's own classes only."""

    def find_class(self, module: str, name: str) -> type:
        if module.startswith(OURS) or (module, name) in OTHERS or module in PATHS:
            found = super().find_class(module, name)
            if isinstance(found, type):
                return found
        raise pickle.UnpicklingError(f"{module}.{name}")


def write(path: Path, snapshot: Snapshot) -> None:
    """Keep it in that file, which its owner alone may read. Raises OSError."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = path.with_name(f"{path.name}.{os.getpid()}")
    made.unlink(missing_ok=True)
    descriptor = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with open(descriptor, "wb") as file:
            pickle.dump(snapshot, file)
        made.replace(path)
    except BaseException:
        made.unlink(missing_ok=True)
        raise


def read(path: Path) -> Snapshot | None:
    """What the file keeps; None if there is none, or it cannot be read, which is logged."""
    try:
        kept = _Unpickler(BytesIO(path.read_bytes())).load()
    except FileNotFoundError:
        return None
    except Exception as error:  # pickle names no limit to what it raises for a broken file
        log.warning("%s", say("simulator.bad_snapshot", path=path, problem=error))
        return None
    return kept if isinstance(kept, Snapshot) else None
