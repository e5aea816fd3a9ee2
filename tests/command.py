"""How tests start codemod: the code of this very checkout, whatever environment runs the tests.

The console script is not used: in a copy of a checkout that brings its `.venv` it runs the original's code.
"""

from __future__ import annotations

import fcntl
import functools
import io
import itertools
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.warm import Warm

TOP = Path(__file__).parent.parent
# -P and a path of our own: a `runner` folder where a test stands must not be found before ours
_PATH = f"import sys; sys.path.insert(0, {str(TOP)!r})"
_MAIN = "from runner.cli import main; main()"
COMMAND = (sys.executable, "-P", "-c", f"{_PATH}; {_MAIN}")
_TURNS = itertools.count()


def codemod(
    where: Path, *words: str, env: Mapping[str, str] | None = None, cold: bool = False
) -> subprocess.CompletedProcess[str]:
    """Run `codemod WORDS…` in a folder, to its end. Where it is cold, Python starts as it does for users."""
    done = in_bytes(where, *words, env=env, cold=cold)
    out, error = (io.TextIOWrapper(io.BytesIO(data)).read() for data in (done.stdout, done.stderr))
    return subprocess.CompletedProcess(done.args, done.returncode, out, error)


def in_bytes(
    where: Path, *words: str, typed: bytes | None = None, env: Mapping[str, str] | None = None, cold: bool = False
) -> subprocess.CompletedProcess[bytes]:
    """The same, with the bytes that it wrote and, where it shall read any, those that it gets."""
    full = os.environ | dict(env or {})
    warm = None if cold else _warm()[next(_TURNS) % 2]
    if warm and warm.fits(full):
        return warm.run(words, where, full, typed)
    return subprocess.run([*COMMAND, *words], cwd=where, input=typed, capture_output=True, check=False, env=full)


@functools.cache
def _warm() -> tuple[Warm, Warm]:
    """Two take turns, so that sets have another order in the second of two commands in a row."""
    start = (sys.executable, "-P", "-c", f"{_PATH}; from tests.warm import serve; serve(); {_MAIN}")
    return Warm(start), Warm(start)


_TERMINALS: dict[int, int] = {}  # the end that we read → the end that a process writes to
_LAST = b"(this was the last line)"


@contextmanager
def on_a_terminal(
    where: Path, *words: str, env: Mapping[str, str] | None = None
) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """`codemod WORDS…` with a terminal of its own: the process, and the terminal's other end."""
    end, terminal = pty.openpty()  # ours stays open to the end: with the last user some systems lose what was written
    _TERMINALS[end] = terminal
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 200, 0, 0))
    process = subprocess.Popen(
        [*COMMAND, *words],
        cwd=where,
        env={k: v for k, v in os.environ.items() if k != "CI"} | {"TERM": "xterm"} | dict(env or {}),
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
    )
    try:
        yield process, end
    finally:
        process.kill()
        process.wait()
        os.close(end)
        os.close(terminal)


def shown_until(end: int, words: str) -> str:
    """What the terminal shows until it shows these words."""
    seen, limit = b"", time.monotonic() + 60
    while words.encode() not in seen and time.monotonic() < limit:
        if select.select([end], [], [], 0.2)[0]:
            seen += os.read(end, 65536)
    return seen.decode(errors="replace").replace("\r\n", "\n")


def shown_to_the_end(process: subprocess.Popen[bytes], end: int) -> str:
    """What the terminal shows until the process has ended."""
    seen = b""
    while process.poll() is None:
        if select.select([end], [], [], 0.1)[0]:
            seen += os.read(end, 65536)
    os.write(_TERMINALS[end], _LAST)  # the terminal keeps the order: what comes before it is all there was
    while _LAST not in seen:
        seen += os.read(end, 65536)
    seen = seen.replace(_LAST, b"")
    return seen.decode(errors="replace").replace("\r\n", "\n")
