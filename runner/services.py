"""What the runner lends to codemods, and where the programs lie that it starts itself."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from codemods.base import OptionError


class LocalServices:
    """Services on this machine."""

    def __init__(self) -> None:
        self.reports: dict[str, str] = {}  # digests of the files that a codemod has read, under the names given

    def read_report(self, path: str) -> str:
        try:
            data = Path(path).read_bytes()
            self.reports[path] = hashlib.blake2b(data).hexdigest()
            return data.decode("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise OptionError("report", path, f"a readable file is needed ({error})") from None


def ruff_binary() -> str:
    """The ruff of our own environment, so that its version is the locked one."""
    beside = Path(sys.executable).with_name("ruff")
    return str(beside) if beside.exists() else "ruff"
