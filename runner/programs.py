"""Programs that we start and wait for, in any thread: they end when we are told to end."""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import subprocess
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

from . import signals

_RUNNING: dict[subprocess.Popen[bytes], bool] = {}  # whether it is a family
_ENDED = threading.Event()


def run(
    command: Sequence[bytes],
    cwd: bytes | Path,
    env: Mapping[str, str],
    stdin: bytes = b"",
    timeout: float | None = None,
    family: bool = False,
    whole: bool = False,
) -> subprocess.CompletedProcess[bytes]:
    """As `subprocess.run` does, with what it printed. Raises OSError and subprocess.TimeoutExpired.

    One that starts processes of its own is a `family`: they would wait for it for ever, so all end together. It
    must not read the terminal. With `whole` nothing of a family outlives the program, a server that it left say.
    """
    if _ENDED.is_set():  # a thread that would try again what was taken from it
        raise InterruptedError(errno.EINTR, "we are told to end")
    pipe = subprocess.PIPE
    group = 0 if family else None
    with subprocess.Popen(
        command, cwd=cwd, env=env, stdin=pipe, stdout=pipe, stderr=pipe, process_group=group
    ) as process:
        _RUNNING[process] = family
        try:
            out, error = process.communicate(stdin, timeout)
        except BaseException:
            _end(process)
            raise
        finally:
            if whole:
                _end(process)
            del _RUNNING[process]
    return subprocess.CompletedProcess(command, process.returncode, out, error)


def end_all() -> None:
    """End those that other threads wait for, which would hold us up, and start no more: no answer is wanted."""
    _ENDED.set()
    for process in list(_RUNNING):
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(OSError):
        if _RUNNING.get(process):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()


signals.to_end.append(end_all)
