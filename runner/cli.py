"""Arguments in, exit code out. A lone `--version` is answered before anything else is imported."""

from __future__ import annotations

import gc
import sys

from . import __version__


def main() -> None:
    """The console script."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        print(f"codemod {__version__}")
        return
    gc.disable()  # plain data has no cycles: looking for some again and again is a tenth of what this process does
    from .commands import invoke

    sys.exit(invoke(sys.argv[1:]))
