"""What the runner lends to codemods, and where the programs lie that it starts itself."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from .errors import UsageError, os_reason


class LocalServices:
    """Services on this machine."""

    def __init__(self) -> None:
        self.reports: dict[str, str] = {}  # digests of the files that a codemod has read, under the names given

    def read_report(self, path: str) -> str:
        try:
            data = Path(path).read_bytes()
            self.reports[path] = hashlib.blake2b(data).hexdigest()
            return data.decode("utf-8")
        except OSError as error:
            raise UsageError(f"{path}: {os_reason(error)}") from None
        except UnicodeDecodeError:
            raise UsageError(f"{path}: not a text file in UTF-8") from None


def ruff_binary() -> str:
    """The ruff of our own environment, so that its version is the locked one."""
    beside = Path(sys.executable).with_name("ruff")
    return str(beside) if beside.exists() else "ruff"
