"""Real clusters on 127.0.0.1, started by the very lines of the README."""

from __future__ import annotations

import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.command import TOP

README = (TOP / "README.md").read_text()
_PLACE = "10.0.0.1:8786"


def told(what: str) -> list[str]:
    """The lines of the README's section that begin so."""
    section = README.partition("## On a cluster\n")[2].partition("\n## ")[0]
    return re.findall(rf"^\$ ({re.escape(what)}.*)$", section, re.M)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@dataclass
class Cluster:
    """The processes of one, and where it listens."""

    folder: Path
    tls: bool
    port: int = field(default_factory=free_port)
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def engine(self) -> str:
        return f"{'tls' if self.tls else 'dask'}://{self.place}"

    @property
    def log(self) -> str:
        return "".join(p.read_text(errors="replace") for p in sorted(self.folder.glob("*.log")))

    def start(self, name: str, command: str, *more: str, env: Mapping[str, str] | None = None) -> None:
        """Run a line of the README, on this machine's own place."""
        words = shlex.split(command.replace(_PLACE, self.place))
        words = ["127.0.0.1" if w == "10.0.0.1" else str(self.port) if w == "8786" else w for w in words]
        full = os.environ | {"PYTHONPATH": str(TOP), "DASK_TEMPORARY_DIRECTORY": str(self.folder)} | dict(env or {})
        with (self.folder / f"{name}.log").open("wb") as log:
            self.processes[name] = subprocess.Popen(
                [str(Path(sys.executable).with_name(words[0])), *words[1:], "--no-dashboard", *more],
                cwd=self.folder, env=full, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip

    def kill(self, name: str) -> None:
        """At once, with all that it has started."""
        process = self.processes.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def wait_for(self, *names: str) -> None:
        limit = time.monotonic() + 60
        for name in names:
            while b"Registered to" not in (self.folder / f"{name}.log").read_bytes():
                assert self.processes[name].poll() is None, self.log
                assert time.monotonic() < limit, self.log
                time.sleep(0.02)

    def stop(self) -> None:
        for name in list(self.processes):
            self.kill(name)


@contextmanager
def clusters(*made: Cluster, env: Mapping[str, str]) -> Iterator[None]:
    """Clusters of two workers (with TLS: of one) that begin side by side."""
    with ExitStack() as stack:
        for cluster in made:
            stack.callback(cluster.stop)
            mine = "dask worker tls" if cluster.tls else "dask worker tcp"
            scheduler = next(line for line in told("dask scheduler") if ("tls" in line) is cluster.tls)
            cluster.start("scheduler", scheduler, env=env)
            for number, line in enumerate(told(mine)):
                # dask's nanny watches the first; the other one is as quick to end as to begin
                one = ("--nthreads", "1", *(["--no-nanny"] if number or cluster.tls else []))
                cluster.start(f"worker{number}", line, *one, env=env)
        for cluster in made:
            cluster.wait_for(*(name for name in cluster.processes if name != "scheduler"))
        yield


def certificates(folder: Path) -> dict[str, str]:
    """What the README says, done in a folder: the environment of a run with TLS."""
    [line] = told("openssl")
    subprocess.run(shlex.split(line), cwd=folder, check=True, capture_output=True)
    names = (word.partition("=") for line in told("export") for word in shlex.split(line)[1:])
    return {name: str(folder / file) for name, _, file in names}
