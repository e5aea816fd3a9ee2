"""Processes of codemod that begin where all of it is imported: copies of one that has done nothing else.

Imports are most of what a command costs in a tiny repository, and the tests run a thousand commands. Each is a process
of its own as ever, with the folder, the environment and the streams that it is given, and ends as every Python does.
"""

from __future__ import annotations

import ast
import atexit
import contextlib
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
from typing import NoReturn

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
    _stand_by()


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
_STARTS = re.compile(r"from multiprocessing\.forkserver import main; main\(\d+, \d+, (\[.*?\]), \*\*(\{.*\})\)")


def _stand_by() -> None:
    """Begin the process that workers are copied from: a copy too, which waits until the command asks for one."""
    from multiprocessing import util

    mine, its = socket.socketpair()
    waiting = os.fork()
    if not waiting:
        mine.close()
        _become_fork_server(its)
    its.close()
    start = util.spawnv_passfds

    def begin(path: bytes, args: Sequence[str], passed: Sequence[int]) -> int:
        if not _STARTS.fullmatch(args[-1]) or mine.fileno() < 0:
            return start(path, args, passed)
        with mine:
            socket.send_fds(mine, [json.dumps([args[-1], dict(os.environ)]).encode()], passed)
        return waiting

    util.spawnv_passfds = begin


def _become_fork_server(channel: socket.socket) -> NoReturn:
    from multiprocessing.forkserver import main

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    told, passed, _, _ = socket.recv_fds(channel, 1 << 20, 2)
    channel.close()
    if told:  # else the command has come to its end without
        words, env = json.loads(told)
        os.environ.clear()
        os.environ.update(env)
        found = _STARTS.fullmatch(words)
        assert found
        main(*passed, ast.literal_eval(found[1]), **ast.literal_eval(found[2]))
    os._exit(0)
