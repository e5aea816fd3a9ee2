"""Arguments in, exit code out. A lone `--version` is answered before anything else is imported."""

from __future__ import annotations

import sys


def main() -> None:
    """The console script."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        from importlib.metadata import version

        print(f"codemod {version('codemod-toolkit')}")
        return
    from .commands import invoke

    sys.exit(invoke(sys.argv[1:]))
