"""Programs that the runner lends to codemods: they work on copies in a temporary folder, never on the project."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from codemods.base import OptionError


class LocalServices:
    """Services on this machine."""

    def __init__(self) -> None:
        self.reports: dict[str, str] = {}  # digests of the files that a codemod has read, under the names given

    def ruff(self, files: Mapping[str, bytes], args: Sequence[str]) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """One `ruff check` over copies of all files; diagnostics by path. A syntax error gives none."""
        if not files:
            return {}
        with tempfile.TemporaryDirectory(prefix="codemod-ruff-") as folder:
            names: dict[str, str] = {}
            top = os.path.realpath(folder)
            for index, (path, data) in enumerate(files.items()):
                # numbers in one folder: no clash, no odd characters, and a folder each would cost more than ruff
                copy = os.path.join(top, f"{index}{os.path.splitext(path)[1]}")
                names[copy] = path
                with open(copy, "wb") as target:
                    target.write(data)
            command = [
                ruff_binary(),
                "check",
                "--isolated",
                "--no-cache",
                "--output-format",
                "json-lines",
                "--exit-zero",
            ]
            # --force-exclude off and an explicit root: nothing above the temporary folder can matter
            run = subprocess.run([*command, *args, top], capture_output=True, check=False)
            if run.returncode:
                raise RuntimeError(f"ruff failed: {run.stderr.decode(errors='replace').strip()}")
            found: dict[str, list[Mapping[str, Any]]] = {}
            for line in run.stdout.splitlines():
                diagnostic = json.loads(line)
                if diagnostic.get("code") not in (None, "invalid-syntax"):
                    found.setdefault(names[diagnostic["filename"]], []).append(diagnostic)
            return found

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
