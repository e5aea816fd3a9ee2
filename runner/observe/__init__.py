"""Run a command of the user's and record what really arrives at the broad handlers of the project.

`clauses.py` lists them, `probe.py` is what the processes of the command get, `seen.py` reads what they noted, `running.py`
runs the command, `latest.py` keeps the evidence.
"""

from __future__ import annotations
