"""Keep a formatted project formatted: run its own formatter over the composed files of a step.

Only where the project uses black or ruff's formatter, and only files whose input already is what that
formatter makes of it; nothing else is reflowed. One call for all files, on copies. A formatter that
refuses, crashes or hangs loses its own answer: those files stay as composed, and one line says so.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from codemods.engine.source import PYTHON

from . import programs
from .cache import Cache, stable_digest
from .errors import os_reason
from .formatters import Formatter, Refused, Tool, formatter_of, settings_of
from .progress import Progress
from .services import ruff_binary
from .terminal import quoted
from .trees import to_bytes

CALL = 2000  # files named on one command line
SECONDS, PER_MEGABYTE = 60, 60  # before a formatter counts as stuck: black takes about five for a megabyte
CRASHES = 40  # calls that may die while the file to blame is looked for


@dataclass(frozen=True)
class Formatted:
    """New contents of files that the formatter altered, and a line for each refusal."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    refused: tuple[str, ...] = ()


def format_files(
    texts: Mapping[str, str],
    read: Callable[[str], str | None],
    before: Mapping[str, bytes],
    after: Mapping[str, bytes],
    cache: Cache,
    progress: Progress | None = None,
) -> Formatted:
    """What the project's formatter makes of those files in `after` that were formatted before.

    `texts` are the project's configuration files and those that call a formatter, `read` gives others.
    """
    jobs: dict[Formatter, list[str]] = {}
    by_folder: dict[str, Formatter | None] = {}
    for path in before:
        if path in after and path.endswith(PYTHON):
            folder = path.rpartition("/")[0]
            if folder not in by_folder:
                by_folder[folder] = formatter_of(texts, path)
            if formatter := by_folder[folder]:
                jobs.setdefault(formatter, []).append(path)
    refused: list[str] = []
    keys: dict[str, bytes] = {}
    calls: list[_Call] = []
    for formatter, paths in jobs.items():
        try:
            call = _Call(formatter=formatter, settings=settings_of(formatter, texts, read), refused=refused)
        except Refused as reason:
            refused.append(_line(formatter.tool, str(reason)))
            continue
        base = stable_digest((formatter.tool, version(formatter.tool), formatter.folder, call.settings))
        mine = {p: stable_digest((base, p, before[p], after[p])) for p in paths}
        known = cache.lookup(list(mine.values()))
        keys |= mine
        calls.append(call)
        call.known.update((p, known[key]) for p, key in mine.items() if key in known)
        call.fresh.extend(p for p in paths if p not in call.known)
    progress = progress or Progress()
    if total := sum(len(call.fresh) for call in calls):
        progress.phase("formatting", total)
    made = []
    with ThreadPoolExecutor() as pool:  # one project's formatter starts while that of another works
        for call, answers in zip(calls, pool.map(lambda call: call.answer(before, after), calls), strict=True):
            made.append(answers)
            progress.advance(len(call.fresh))
    cache.store({keys[p]: data for answers in made for p, data in answers.items()})
    result = {
        p: data for call, answers in zip(calls, made, strict=True) for p, data in (call.known | answers).items()
    }
    return Formatted({p: d for p, d in result.items() if d != after[p]}, tuple(dict.fromkeys(refused)))


def _line(tool: Tool, reason: str, path: str = "") -> str:
    where = f" {quoted(path)}" if path else ""
    left = "it is" if path else "files are"
    return f"{tool} refused{where}: {reason}; {left} left as composed"


@dataclass(frozen=True)
class _Call:
    """One formatter with its settings, and the files that it is asked about."""

    formatter: Formatter
    settings: str
    refused: list[str]  # grows
    known: dict[str, bytes] = field(default_factory=dict)
    fresh: list[str] = field(default_factory=list)

    def answer(self, before: Mapping[str, bytes], after: Mapping[str, bytes]) -> dict[str, bytes]:
        """What the formatter makes of files that it leaves as they were before; others as composed.

        A file that it refuses has no answer.
        """
        made = self._run({p: after[p] for p in self.fresh})
        was = self._run({p: before[p] for p, data in made.items() if data != after[p]})
        return {
            p: data if was.get(p) == before[p] else after[p]
            for p, data in made.items()
            if data == after[p] or p in was
        }

    def _run(self, files: Mapping[str, bytes]) -> dict[str, bytes]:
        """The formatter over copies in a folder that holds the settings and nothing else of the project."""
        made: dict[str, bytes] = {}
        todo = [list(files)[start : start + CALL] for start in range(0, len(files), CALL)]
        deaths = 0
        while todo:
            paths = todo.pop()
            if deaths > CRASHES:
                self.refused.append(_line(self.formatter.tool, "it crashed too often"))
                break
            try:
                made |= self._start({p: files[p] for p in paths})
            except Refused as reason:
                self.refused.append(_line(self.formatter.tool, str(reason)))
                break
            except _Died as death:
                deaths += 1
                if len(paths) == 1:
                    self.refused.append(_line(self.formatter.tool, str(death), paths[0]))
                else:  # one file costs itself only: halves, until it stands alone
                    middle = len(paths) // 2
                    todo += [paths[:middle], paths[middle:]]
        return made

    def _start(self, files: Mapping[str, bytes]) -> dict[str, bytes]:
        """One process. Raises Refused where it does nothing for any file, _Died where it crashed."""
        folder = self.formatter.folder
        with tempfile.TemporaryDirectory(prefix="codemod-format-") as top:
            place = os.path.join(os.fsencode(top), to_bytes(folder))
            os.makedirs(os.path.join(place, b".git"))  # the folder that patterns in the settings are relative to
            _write(os.path.join(place, b"pyproject.toml"), self.settings.encode("utf-8", "replace"))
            names = {p: to_bytes(p.removeprefix(folder).lstrip("/")) for p in files}
            try:
                for path, name in names.items():
                    _write(os.path.join(place, name), files[path])
            except OSError as error:  # a full disk, say
                raise Refused(
                    f"its copies cannot be written in {tempfile.gettempdir()} ({os_reason(error)})"
                ) from None
            ruff = (ruff_binary(), "format", "--no-cache")
            black = (sys.executable, "-I", "-m", "black", "--quiet", "--fast")
            tool = ruff if self.formatter.tool is Tool.RUFF else black
            try:
                done = programs.run(
                    [*map(os.fsencode, tool), b"--config", b"pyproject.toml", b"--", *names.values()],
                    cwd=place,
                    family=True,
                    timeout=SECONDS + PER_MEGABYTE * sum(map(len, files.values())) / 1e6,
                    env=os.environ | {"BLACK_CACHE_DIR": os.path.join(top, ".black")},
                )
            except subprocess.TimeoutExpired as late:
                raise Refused(f"it took longer than {late.timeout:.0f} seconds") from None
            except OSError as error:
                raise Refused(f"it cannot be started ({os_reason(error)})") from None
            lost = self._lost(done, {name.decode("utf-8", "replace"): p for p, name in names.items()})
            return {
                p: Path(os.fsdecode(os.path.join(place, name))).read_bytes()
                for p, name in names.items()
                if p not in lost
            }

    def _lost(self, done: subprocess.CompletedProcess[bytes], paths: Mapping[str, str]) -> set[str]:
        """The files that it could not format, by its own words for each."""
        if done.returncode == 0:
            return set()
        text = _COLOR.sub("", done.stderr.decode("utf-8", "replace"))
        if done.returncode < 0:
            raise _Died(f"it ended with signal {-done.returncode}")
        if "terminated abruptly" in text:  # one of black's own workers took all that waited along
            raise _Died("one of its workers ended")
        lost = {paths[m["name"]]: m for m in _CANNOT.finditer(text) if m["name"] in paths}
        if not lost:
            raise Refused(_cause(text) or f"exit code {done.returncode}")
        for path, match in lost.items():
            reason = match["why"] or f"it cannot parse line {match['line']}"
            self.refused.append(_line(self.formatter.tool, reason, path))
        return set(lost)


class _Died(Exception):
    """The process ended by a signal or a panic: one of its files may be to blame."""


_COLOR = re.compile(r"\x1b\[[0-9;]*m")
_CANNOT = re.compile(
    r"(?m)^error: (?:cannot format|cannot parse:|Failed to (?:format|parse)) "
    r"(?P<name>.+?)(?::(?P<line>\d+):\d+)?(?:: (?P<why>.*))?$"
)


def _cause(text: str) -> str:
    """The last line of an error that has words: both tools say the context first, and the cause last."""
    lines = [re.sub(r"^\s*(?:Cause:|Error:|error:|Oh no!\W*)\s*", "", line).strip() for line in text.splitlines()]
    return next((line for line in reversed(lines) if re.search(r"\w{2}", line)), "")


def _write(target: bytes, data: bytes) -> None:
    os.makedirs(os.path.dirname(target), exist_ok=True)
    with open(target, "xb") as file:  # a disk may take two names of the project for one
        file.write(data)
