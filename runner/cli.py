"""Arguments in, exit code out. A lone `--version` is answered before anything else is imported."""

from __future__ import annotations

import sys

from . import __version__


def main() -> None:
    """The console script."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        print(f"codemod {__version__}")
        return
    from .commands import invoke

    sys.exit(invoke(sys.argv[1:]))
