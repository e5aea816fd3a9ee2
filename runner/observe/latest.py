"""The evidence of the last run, kept beside the plans. It is believed only where this user's own run has written it."""

from __future__ import annotations

from pathlib import Path

from ..disk import own_folder, read_own, write_atomically
from ..seal import is_marked, mark

_NAME = b"evidence"


def keep(state: Path, text: str) -> Path:
    """Raises OSError where it cannot be kept."""
    data = text.encode("ascii")
    path = own_folder(state, "evidence") / "latest.json"
    write_atomically(path, data + mark(_NAME, data).encode())
    return path


def kept(state: Path) -> str:
    """What the last run saw; "" where there was none, or where somebody else has written it."""
    try:
        data, line, shown = read_own(state / "evidence" / "latest.json").rpartition(b"\n")
    except OSError:
        return ""
    data += line
    return data.decode("ascii") if is_marked(_NAME, data, shown.decode("ascii", "replace")) else ""
