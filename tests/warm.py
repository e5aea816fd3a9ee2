"""Processes of codemod that begin where all of it is imported: copies of one that has done nothing else.

Imports are most of what a command costs in a tiny repository, and the tests run a thousand commands. Each is a process
of its own as ever, with the folder, the environment and the streams that it is given, and ends as every Python does.
"""

from __future__ import annotations

import atexit
import contextlib
import fcntl
import gc
import importlib
import json
import os
import pkgutil
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

# what Python, the C library and the loader read when they start: where it differs, a copy is not what was asked for
_AT_START = re.compile(r"PYTHON.*|LC_.*|LANG.*|TZ|LD_.*|MALLOC.*")


class Warm:
    """A process to be copied. It ends with the one that has begun it, for then nobody holds the channel."""

    def __init__(self, start: Sequence[str]) -> None:
        self._environment = _at_start(os.environ)
        self._channel, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [*start, str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
            )
        atexit.register(self._end)

    def _end(self) -> None:
        self._channel.close()
        self._process.wait()

    def fits(self, env: Mapping[str, str]) -> bool:
        """Whether a copy would be as a process that starts in this environment."""
        return _at_start(env) == self._environment

    def run(
        self, words: Sequence[str], where: Path, env: Mapping[str, str], typed: bytes | None
    ) -> subprocess.CompletedProcess[bytes]:
        """Run one command to its end; without anything typed it has the stdin of the tests."""
        (out, to_out), (error, to_error), (keys, to_keys) = os.pipe(), os.pipe(), os.pipe()
        socket.send_fds(self._channel, [b"."], [0 if typed is None else keys, to_out, to_error])
        self._channel.sendall(json.dumps([words, str(where), dict(env)]).encode() + b"\n")
        for end in (keys, to_out, to_error):
            os.close(end)
        with ThreadPoolExecutor(2) as pool:
            read = pool.map(_all, (out, error))
            with contextlib.suppress(BrokenPipeError), open(to_keys, "wb") as file:
                file.write(typed or b"")
            stdout, stderr = read
        with self._channel.makefile() as answer:
            code = os.waitstatus_to_exitcode(int(answer.readline()))
        return subprocess.CompletedProcess(words, code, stdout, stderr)


def _all(end: int) -> bytes:
    """All that comes out of a pipe."""
    with open(end, "rb") as file:
        return file.read()


def _at_start(env: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in env.items() if _AT_START.fullmatch(name)}


def serve() -> None:
    """Import all, and copy this process for each command that is asked for; in a copy, return."""
    import runner
    from codemods.engine import registry

    own = [f"codemods.{name.replace('-', '_')}" for name in registry.built_in()]
    own += [f"runner.{found.name}" for found in pkgutil.iter_modules(runner.__path__)]
    own.remove("runner.begun")  # that is for workers
    for name in (*own, "pebble.pool.process", "multiprocessing.forkserver", *_LATE):
        importlib.import_module(name)
    importlib.import_module("runner.cache").code_content("")  # what it gives is kept
    gc.freeze()  # copies share the memory
    with socket.socket(fileno=int(sys.argv.pop())) as channel:
        while True:
            _, streams, _, _ = socket.recv_fds(channel, 1, 3)
            if not streams:
                sys.exit()
            with channel.makefile() as asked:
                words, where, env = json.loads(asked.readline())
            child = os.fork()
            if not child:
                break
            for stream in streams:
                os.close(stream)
            channel.sendall(b"%d\n" % os.waitpid(child, 0)[1])
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    os.chdir(where)
    os.environ.clear()
    os.environ.update(env)
    sys.argv += words
    _keep_spares()


# ---- what multiprocessing starts ---------------------------------------------------------------

# what workers import when they need it
_LATE = (
    "libcst",
    "libcst.matchers",
    "libcst.metadata",
    "codemods.engine.work",
    "codemods.engine.check",
    "codemods.engine.compose",
    "codemods.engine.regions",
)
_HELPER = re.compile(r"from multiprocessing\.(forkserver|resource_tracker) import main; ?main\(")


def _keep_spares() -> None:
    """The processes that workers are copied from, and that count semaphores, are copies of this one too.

    They are made before anything runs here, so that they are as a Python that has only imported.
    """
    from multiprocessing import util

    spares = [_Spare(), _Spare()]
    start_python = util.spawnv_passfds

    def start(path: bytes, words: Sequence[str], descriptors: Sequence[int]) -> int:
        if spares and _HELPER.match(words[-1]):
            return spares.pop().begin(words[-1], descriptors)
        return start_python(path, words, descriptors)

    util.spawnv_passfds = start


class _Spare:
    """A copy that waits to run one line of Python in place of a new one. It ends when nobody can ask it any more."""

    def __init__(self) -> None:
        self._channel, theirs = socket.socketpair()
        self._pid = os.fork()
        if not self._pid:
            self._channel.close()
            code = _received(theirs)
            with contextlib.suppress(SystemExit):
                exec(code, {"__name__": "__main__"})
            os._exit(0)
        theirs.close()

    def begin(self, code: str, descriptors: Sequence[int]) -> int:
        """Run the code with these descriptors and the standard streams of this process; gives its number."""
        handed = sorted({n for n in (0, 1, 2) if _is_open(n)} | set(descriptors))
        blocked = [int(number) for number in signal.pthread_sigmask(signal.SIG_BLOCK, [])]
        told = json.dumps([code, handed, dict(os.environ), blocked]).encode()
        with self._channel as channel:
            socket.send_fds(channel, [len(told).to_bytes(4)], handed)
            channel.sendall(told)
        return self._pid


def _received(channel: socket.socket) -> str:
    """Wait for the line, and take over what comes with it."""
    with open(os.devnull, "r+b", buffering=0) as nothing:
        for number in (0, 1, 2):  # who reads our output waits for its end, not for ours
            os.dup2(nothing.fileno(), number)
    with channel:  # its own number is free again before others are taken
        size, found, _, _ = socket.recv_fds(channel, 4, 64)
        if not found:
            os._exit(0)
        with channel.makefile("rb") as asked:
            code, handed, env, blocked = json.loads(asked.read(int.from_bytes(size)))
    aside = [fcntl.fcntl(number, fcntl.F_DUPFD, 200) for number in found]  # a number may be that of another one
    for number in (0, 1, 2, *found):
        os.close(number)
    for number, target in zip(aside, handed, strict=True):
        os.dup2(number, target)
        os.close(number)
    os.environ.clear()
    os.environ.update(env)
    signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
    return str(code)


def _is_open(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return False
    return True
