"""What the runner lends to codemods, and where the programs lie that it starts itself."""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from collections.abc import Mapping
from pathlib import Path

from codemods.engine.known import OBSERVED

from .errors import UsageError, os_reason
from .observe.latest import kept

LARGEST_REPORT = 200_000_000  # bytes
_OPEN_ALREADY = ("/dev/fd/", "/dev/stdin", "/proc/self/fd/")  # `--report <(pytest --durations=0)`


class LocalServices:
    """Services on this machine."""

    def __init__(self, state: Path | None = None) -> None:
        self.state = state  # of the work tree, where there is one
        self.reports: dict[str, str] = {}  # digests of the files that a codemod has read, under the names given

    def read_report(self, path: str) -> str:
        if path == OBSERVED:
            text = kept(self.state) if self.state else ""
            self.reports[path] = _digest(text.encode())
            return text
        try:
            _refuse_endless(path)
            with Path(path).open("rb") as file:
                data = file.read(LARGEST_REPORT + 1)
            if len(data) > LARGEST_REPORT:  # the files of /proc have no size beforehand
                raise UsageError(f"{path}: more than {LARGEST_REPORT / 1e6:.0f} MB, the limit")
            self.reports[path] = _digest(data)
            return data.decode("utf-8")
        except OSError as error:
            raise UsageError(f"{path}: {os_reason(error)}") from None
        except UnicodeDecodeError:
            raise UsageError(f"{path}: not a text file in UTF-8") from None

    def holds(self, reports: Mapping[str, str]) -> bool:
        """Whether reports are as they were when they had these digests. Raises OSError."""
        observed = kept(self.state).encode() if self.state and OBSERVED in reports else b""
        return all(
            _digest(observed if name == OBSERVED else Path(name).read_bytes()) == was for name, was in reports.items()
        )


def _digest(data: bytes) -> str:
    return hashlib.blake2b(data).hexdigest()


def _refuse_endless(path: str) -> None:
    """A project's configuration may name a report: what never ends is none. Raises UsageError and OSError."""
    known = os.stat(path)
    if stat.S_ISDIR(known.st_mode) or (stat.S_ISFIFO(known.st_mode) and path.startswith(_OPEN_ALREADY)):
        return  # the one cannot be read, the other is what the shell has opened
    if not stat.S_ISREG(known.st_mode):
        raise UsageError(f"{path}: not a regular file")
    if known.st_size > LARGEST_REPORT:
        raise UsageError(f"{path}: {known.st_size / 1e6:,.0f} MB; the limit is {LARGEST_REPORT / 1e6:.0f} MB")


def ruff_binary() -> str:
    """The ruff of our own environment, so that its version is the locked one."""
    beside = Path(sys.executable).with_name("ruff")
    return str(beside) if beside.exists() else "ruff"
