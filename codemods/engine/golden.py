"""Load golden cases and check one. A case is one file, or a folder for a project; its name is a sentence.

One file: header comments (`# args:`, `# path:`, `# skips: LINE CODE`, `# unsafe: LINE`, `# suggest: LINE`),
the input, a line `# output`, the expected text; without that line nothing may change. A folder:
`case.toml`, `before/` and `after/`, which holds only the files that change. Bytes are compared,
nothing is stripped or dedented. What editors, file managers, git and Python (on installation: pip
compiles every module) leave in a folder is no part of a case.
"""

from __future__ import annotations

import difflib
import functools
import json
import re
import shlex
import shutil
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from .check import Composed, compose_checked
from .codemod import ALL, COMMON_CODES, OptionError
from .known import OBSERVED, Project
from .options import parse_arguments
from .propose import Step, propose
from .python import lowest_python
from .registry import Spec, load
from .source import PYTHON
from .values import Safety
from .work import work
from .world import CONFIG_FILES, Outcome, Services, Task, matches_glob, word_pattern

_HEADER = re.compile(rb"# (args|path|skips|unsafe|suggest): ?([^\r\n]*)(?:\r\n|\r|\n)")
_OUTPUT = re.compile(rb"^# output(?:\r\n|\n)", re.M)
# A project may hold files of any name (.coveragerc, .github/): what is no part of it is listed.
_LITTER = (
    *("__pycache__", "*.py[cod]", "*$py.class", ".*_cache", ".hypothesis", ".git", ".hg", ".svn", "CVS"),
    *(".DS_Store", "._*", "__MACOSX", "Thumbs.db", "desktop.ini", "Icon\r"),
    *("*~", "*.sw[a-p]", "#*#", ".#*", "*.orig", "*.rej", "*.bak", "*.tmp", "4913", ".idea", ".vscode", ".fleet"),
)


_SAID = ("skips", "unsafe", "suggest")


@dataclass(frozen=True)
class Case:
    """One golden case in memory."""

    where: Path
    arguments: tuple[str, ...]
    before: Mapping[str, bytes]
    after: Mapping[str, bytes | None]  # only what must differ; None where a file goes
    said: Mapping[str, tuple[str, ...]]  # skips as "path:line CODE", what is unsafe or a suggestion as "path:line"

    @property
    def name(self) -> str:
        return (self.where.stem if self.where.suffix in PYTHON else self.where.name).replace("_", " ")


def cases(folder: Path) -> list[Path]:
    """The cases in one codemod's folder."""
    found = (p for p in (folder.iterdir() if folder.is_dir() else ()) if not _is_litter(p.name))
    return sorted(p for p in found if (p if p.suffix in PYTHON else p / "case.toml").is_file())


def _is_litter(name: str) -> bool:
    return matches_glob(name, _LITTER)


def load_case(where: Path) -> Case:
    """Read a case. Raises ValueError for one that is malformed."""
    return _folder(where) if where.is_dir() else _single(where)


def _single(where: Path) -> Case:
    data = where.read_bytes()
    header: dict[str, list[str]] = {}
    while match := _HEADER.match(data):
        header.setdefault(match[1].decode(), []).append(match[2].decode().strip())
        data = data[match.end() :]
    before, *rest = _OUTPUT.split(data, maxsplit=1)
    path = header.get("path", [f"test_case{where.suffix}"])[0]
    return Case(
        where=where,
        arguments=tuple(shlex.split(" ".join(header.get("args", [])))),
        before={path: before},
        after={path: rest[0]} if rest else {},
        said={what: tuple(f"{path}:{each}" for each in header.get(what, ())) for what in _SAID},
    )


def _folder(where: Path) -> Case:
    settings = tomllib.loads((where / "case.toml").read_text())
    if unknown := settings.keys() - {"args", "deleted", *_SAID}:
        raise ValueError(f"{where}/case.toml: unknown keys {sorted(unknown)}")

    def tree(top: Path) -> dict[str, bytes]:
        files = {p.relative_to(top): p for p in sorted(top.rglob("*")) if p.is_file()}
        return {name.as_posix(): p.read_bytes() for name, p in files.items() if not any(map(_is_litter, name.parts))}

    after: dict[str, bytes | None] = dict(tree(where / "after"))
    after |= dict.fromkeys(settings.get("deleted", []))
    return Case(
        where=where,
        arguments=tuple(settings.get("args", ())),
        before=tree(where / "before"),
        after=after,
        said={what: tuple(settings.get(what, ())) for what in _SAID},
    )


# ---- run ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Reports:
    """The services of a run over a case: reports are read from its own files."""

    files: Mapping[str, bytes]

    def read_report(self, path: str) -> str:
        if path == OBSERVED:
            return ""
        if path not in self.files:
            raise OptionError("report", path, "a file of the case is needed")
        return self.files[path].decode()


@dataclass(frozen=True)
class Result:
    """What came out of one run: the plan and the files that differ."""

    step: Step
    composed: Composed
    changed: Mapping[str, bytes | None]


def run(where: str, arguments: Sequence[str], files: Mapping[str, bytes], needles: bool = True) -> Result:
    """Plan, compose and check over files in memory, as `codemod run` does over a repository."""
    unsafe = "--unsafe" in arguments
    options = parse_arguments(load(where), [a for a in arguments if a != "--unsafe"])
    world = MemoryWorld(files, _Reports(files), needles=needles)
    step = propose(Spec(where, options), world)
    accepted = [c for c in step.changes if c.safety is Safety.SAFE or (unsafe and c.safety is Safety.UNSAFE)]
    composed = compose_checked(step, accepted, world)
    return Result(step, composed, {p: d for p, d in composed.files.items() if files.get(p) != d})


def check(where: str, case: Case) -> list[str]:
    """Everything that is wrong with one case, in words; empty when all holds."""
    result = run(where, case.arguments, case.before)
    wrong = _differences(case.after, result.changed)
    wrong += [f"a check failed: {s.path}:{s.line} {s.reason}" for s in result.composed.skips]
    for what, found in _said(result).items():
        want, have = sorted(case.said[what]), sorted(found)
        wrong += [] if want == have else [f"{what}: expected {want}, got {have}"]
    known = load(where).codes.keys() | COMMON_CODES.keys()
    undeclared = {s.code for s in result.step.skips} - known
    wrong += [f"{code} is not declared in `codes`" for code in sorted(undeclared)]
    if wrong:
        return wrong
    result_files = {p: d for p, d in {**case.before, **result.composed.files}.items() if d is not None}
    if again := run(where, case.arguments, result_files).changed:
        wrong.append(f"a second run changes {sorted(again)} again: {again}")
    if run(where, case.arguments, case.before, needles=False).changed != result.changed:
        wrong.append("the needles hid something: without them the result differs")
    wrong += _crlf(where, case)
    wrong += _alone(case, result)
    return wrong


def _said(result: Result) -> dict[str, list[str]]:
    """What a run leaves alone or to people."""
    left = [c for c in result.step.changes if c not in result.composed.applied]
    said = {what: [f"{c.parts[0].path}:{c.parts[0].line}" for c in left if c.safety == what] for what in _SAID}
    return said | {"skips": [f"{s.path}:{s.line} {s.code}" for s in result.step.skips]}


def _differences(expected: Mapping[str, bytes | None], got: Mapping[str, bytes | None]) -> list[str]:
    wrong = []
    for path in sorted(expected.keys() | got.keys()):
        if path not in got:
            wrong.append(f"{path}: expected to change, but it came out the same")
        elif path not in expected or expected[path] != got[path]:
            want = (expected.get(path) or b"").decode("utf-8", "replace").splitlines(keepends=True)
            have = (got[path] or b"").decode("utf-8", "replace").splitlines(keepends=True)
            title = "differs" if path in expected else "must not change"
            wrong.append(f"{path}: {title}\n" + "".join(difflib.unified_diff(want, have, "expected", "got")))
    return wrong


def _crlf(where: str, case: Case) -> list[str]:
    """The same case with Windows line endings must come out the same, with Windows line endings."""
    texts = [*case.before.values(), *(d for d in case.after.values() if d is not None)]
    if any(b"\r" in d for d in texts):
        return []

    def convert(data: bytes | None) -> bytes | None:
        return None if data is None else data.replace(b"\n", b"\r\n")

    before = {p: convert(d) or b"" for p, d in case.before.items()}
    got = run(where, case.arguments, before).changed
    wrong = _differences({p: convert(d) for p, d in case.after.items()}, got)
    return [f"with CRLF: {w}" for w in wrong]


def _alone(case: Case, result: Result) -> list[str]:
    """Every change applied alone still parses and leaves no undefined name."""
    wrong = []
    for change in result.step.changes:
        world = MemoryWorld(case.before, _Reports(case.before))
        needed = [c for c in result.step.changes if c.anchor in change.needs]
        composed = compose_checked(result.step, [*needed, change], world, converge=False)
        wrong += [f"applied alone: {s.reason}" for s in composed.skips]
    return wrong


# ---- update ------------------------------------------------------------------------------------


def update(where: str, case: Case) -> None:
    """Write what came out as what is expected. Someone must read the difference afterwards."""
    result = run(where, case.arguments, case.before)
    if case.where.is_dir():
        _update_folder(case, _said(result), result.changed)
    else:
        _update_file(case, _said(result), result.changed)


def _update_file(case: Case, lists: Mapping[str, Sequence[str]], changed: Mapping[str, bytes | None]) -> None:
    ((path, before),) = case.before.items()
    header = [f"# args: {shlex.join(case.arguments)}"] if case.arguments else []
    header += [f"# path: {path}"] if path != f"test_case{case.where.suffix}" else []
    header += [f"# {k}: {v.removeprefix(f'{path}:')}" for k, found in lists.items() for v in found]
    text = "".join(line + "\n" for line in header).encode() + before
    if path in changed:
        text += b"# output\n" + (changed[path] or b"")
    case.where.write_bytes(text)


def _update_folder(case: Case, lists: Mapping[str, Sequence[str]], changed: Mapping[str, bytes | None]) -> None:
    after = case.where / "after"
    shutil.rmtree(after, ignore_errors=True)
    for path, data in changed.items():
        if data is not None:
            (after / path).parent.mkdir(parents=True, exist_ok=True)
            (after / path).write_bytes(data)
    deleted = sorted(p for p, data in changed.items() if data is None)
    settings = {"args": case.arguments, **lists, "deleted": deleted}
    toml = case.where / "case.toml"
    if {k: list(v) for k, v in settings.items() if v} != tomllib.loads(toml.read_text()):
        comments = re.match(r"(?:#.*\n|\n)*", toml.read_text())
        lines = [f"{k} = {json.dumps(list(v), ensure_ascii=False)}\n" for k, v in settings.items() if v]
        toml.write_text((comments[0] if comments else "") + "".join(lines))


class MemoryWorld:
    """Files in a dictionary, tasks in this process, no formatter."""

    def __init__(self, files: Mapping[str, bytes], services: Services, needles: bool = True) -> None:
        self.files = dict(files)
        self.services = services
        self.needles = needles

    @functools.cached_property
    def _project(self) -> Project:
        texts = {p: d.decode("utf-8", "replace") for p, d in self.files.items() if matches_glob(p, CONFIG_FILES)}
        paths, others = (tuple(sorted(p for p in self.files if p.endswith(PYTHON) is kind)) for kind in (True, False))
        return Project(paths=paths, others=others, texts=texts)

    def project(self) -> Project:
        return self._project

    def search(self, words: Sequence[str], globs: Sequence[str]) -> set[str]:
        named = {p for p in self.files if matches_glob(p, globs)}
        if tuple(words) == ALL or not self.needles:
            return named
        pattern = word_pattern(tuple(words))
        return {p for p in named if pattern.search(self.files[p])}

    def read(self, paths: Iterable[str]) -> dict[str, bytes]:
        return {p: self.files[p] for p in paths if p in self.files}

    def run(self, tasks: Sequence[Task]) -> Iterator[tuple[Task, Outcome]]:
        for task in tasks:
            yield task, work(task)

    def editable(self, path: str) -> str:
        return ""

    def standing(self, paths: Iterable[str]) -> set[str]:
        return {*self.files}

    def format(self, before: Mapping[str, bytes], after: Mapping[str, bytes]) -> dict[str, bytes]:
        return {}

    def minimum_python(self, path: str) -> tuple[int, int] | None:
        return lowest_python(self.project(), path)

    def overlay(self, files: Mapping[str, bytes | None]) -> MemoryWorld:
        merged = {p: d for p, d in (self.files | dict(files)).items() if d is not None}
        return MemoryWorld(merged, self.services, self.needles)
