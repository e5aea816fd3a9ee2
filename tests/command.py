"""How tests start codemod: the code of this very checkout, whatever environment runs the tests.

The console script is not used: in a copy of a checkout that brings its `.venv` it runs the original's code.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

TOP = Path(__file__).parent.parent
# -P and a path of our own: a `runner` folder where a test stands must not be found before ours
_START = f"import sys; sys.path.insert(0, {str(TOP)!r}); from runner.cli import main; main()"
COMMAND = (sys.executable, "-P", "-c", _START)


def codemod(where: Path, *words: str, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run `codemod WORDS…` in a folder, to its end."""
    return subprocess.run(
        [*COMMAND, *words],
        cwd=where,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | dict(env or {}),
    )
