"""The user's own command, run where they stand, with a probe in each Python that it starts."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from ..disk import scratch
from ..errors import UsageError, VerifyFailed, os_reason
from ..signals import Terminated
from ..terminal import quoted, say
from . import probe
from .clauses import Targets
from .seen import Seen, read

_GRACE = 10.0  # seconds for a command that is told to end
_START = '''\
# codemod observe: what begins in each Python of the command, of any age; see SECURITY.md
import os
import sys

_here = os.path.dirname(os.path.abspath(__file__))


def _start():
    if sys.version_info < (3, 8):
        open(os.path.join(_here, "records", "old-%d" % os.getpid()), "w").close()
        raise ImportError("no sitecustomize beside ours is looked for")
    from importlib.util import module_from_spec, spec_from_file_location

    spec = spec_from_file_location("codemod_observe", os.path.join(_here, "codemod_observe.py"))
    module = module_from_spec(spec)
    sys.modules["codemod_observe"] = module
    spec.loader.exec_module(module)
    try:
        module.start(_here)
    except Exception as error:
        with open(os.path.join(_here, "records", "failed-%d" % os.getpid()), "a") as file:
            import json

            file.write(json.dumps({"failed": "%s: %s" % (type(error).__name__, error)}) + "\\n")
    _chain()


def _chain():
    """The one whose place this took, as if this were not there: Python passes over it where there is none."""
    from importlib.machinery import PathFinder
    from importlib.util import module_from_spec

    sys.path[:] = [place for place in sys.path if os.path.abspath(place or os.curdir) != _here]
    spec = PathFinder.find_spec("sitecustomize", sys.path)
    if spec is None or spec.loader is None:
        raise ImportError("there is none", name="sitecustomize")
    module = module_from_spec(spec)
    sys.modules["sitecustomize"] = module
    spec.loader.exec_module(module)


_start()
'''


def run(targets: Targets, state: Path, words: Sequence[str], where: Path, quiet: bool) -> tuple[int, Seen, bool]:
    """The exit code as a shell gives it, what was seen, and whether the command was interrupted.

    With `quiet` what the command prints goes to stderr. Raises VerifyFailed where it cannot be run.
    """
    variables, rest = _variables(words)
    with scratch(state) as folder:
        records = folder / "records"
        records.mkdir()
        (folder / "sitecustomize.py").write_text(_START)
        shutil.copyfile(probe.__file__, folder / "codemod_observe.py")
        (folder / "clauses.json").write_text(json.dumps(targets.settings(records)))
        env = _environment(folder, variables)
        code, stopped = _run(rest, where, env, quiet)
        return code, read(records), stopped


def _variables(words: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    """`NAME=value` words in front, as a shell takes them, and the command. Raises UsageError for none."""
    rest = list(words)
    found = {}
    while rest and rest[0].partition("=")[0].isidentifier() and "=" in rest[0]:
        name, _, value = rest.pop(0).partition("=")
        found[name] = value
    if not rest or not rest[0]:
        raise UsageError("which command? codemod observe -- pytest -q")
    return found, rest


def _environment(folder: Path, variables: Mapping[str, str]) -> dict[str, str]:
    if os.pathsep in str(folder):
        raise VerifyFailed(f"{folder}: no folder with {os.pathsep!r} in its name can be on PYTHONPATH")
    env = os.environ | dict(variables)
    path = [str(folder), *filter(None, [env.get("PYTHONPATH")])]
    return env | {"PYTHONPATH": os.pathsep.join(path)}


def _run(words: Sequence[str], where: Path, env: Mapping[str, str], quiet: bool) -> tuple[int, bool]:
    """Wait for the command, which has our terminal: Ctrl-C reaches both of us, other signals are handed on."""
    program = words[0]
    if "/" not in program and not shutil.which(program, path=env.get("PATH")):
        advice = "activate the project's environment, or name the program by its path"
        raise VerifyFailed(f"{quoted(program)}: there is no such program; {advice}")
    sys.stdout.flush()
    try:
        process = subprocess.Popen(words, cwd=where, env=env, stdout=2 if quiet else None)
    except OSError as error:
        raise VerifyFailed(f"{quoted(program)}: {os_reason(error)}") from None
    stopped = False
    try:
        code = process.wait()
    except KeyboardInterrupt as stop:
        stopped = True
        if isinstance(stop, Terminated):
            process.terminate()
        code = _end(process)
    return code if code >= 0 else 128 - code, stopped


def _end(process: subprocess.Popen[bytes]) -> int:
    """The exit code of a command that was told to end; a second Ctrl-C, or too long a time, ends it at once."""
    try:
        return process.wait(_GRACE)
    except (KeyboardInterrupt, subprocess.TimeoutExpired):
        with contextlib.suppress(OSError):
            process.send_signal(signal.SIGKILL)
        say("the command did not end, and was killed")
        return process.wait()
