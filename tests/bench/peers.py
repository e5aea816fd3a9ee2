"""Other tools that we are measured against: each pinned, in an environment of its own."""

from __future__ import annotations

import subprocess
import venv
from pathlib import Path

from sdists import CACHE, Missing

PYUPGRADE = "pyupgrade==3.21.2"
TY = "ty==0.0.108"
ROPE = "rope==1.15.2"


def tool(requirement: str, name: str) -> Path:
    """A command from the environment of a requirement, made when it is first asked for. Raises Missing."""
    place = CACHE / requirement / "bin"
    if not (place / name).exists():
        venv.create(place.parent, clear=True, with_pip=True)
        if subprocess.run([place / "pip", "install", "-q", requirement]).returncode:
            raise Missing(f"error: cannot install {requirement}")
    return place / name
