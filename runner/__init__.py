"""The machine around the codemods: files, processes, git, terminal.

`cli.py` reads the command line, `run.py` is the whole flow on one screen, and every other module
does one step of it. `runner` imports `codemods`, never the other way round.
"""

from __future__ import annotations

__version__ = "0.1.0"
