"""What `--engine` takes: this machine, or the scheduler of a cluster."""

from __future__ import annotations

import re

LOCAL = "local"
_PORT = r"6553[0-5]|655[0-2]\d|65[0-4]\d\d|6[0-4]\d{3}|[1-5]\d{4}|[1-9]\d{0,3}"
_SCHEDULER = rf"(?P<kind>dask|tls)://(?P<place>(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\]):(?:{_PORT}))"
FORM = rf"{LOCAL}|{_SCHEDULER}", f"{LOCAL}, dask://HOST:PORT or tls://HOST:PORT"
_TRANSPORT = {"dask": "tcp", "tls": "tls"}


def scheduler(engine: str) -> str:
    """The address as dask has it. It is one machine: files go nowhere else."""
    found = re.fullmatch(_SCHEDULER, engine)
    assert found
    return f"{_TRANSPORT[found['kind']]}://{found['place']}"
