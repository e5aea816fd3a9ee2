"""Files that are no Python and name the module: configuration follows, for else the new files lose their owner or their exception;
what nobody can rewrite is told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..engine.source import Source
from ..engine.values import Edit, Part, Skip

# what takes patterns of files
_PATTERNS = ("per-file-ignores", "extend-per-file-ignores", "omit", "include", "ignore", "exclude", "extend-exclude")
_CONFIGURATION = re.compile(
    r"(?:.*/)?(?:[^/]*\.(?:toml|cfg|ini)|\.coveragerc|\.flake8|\.importlinter|\.?codecov\.ya?ml)"
)
_KEY = re.compile(r"^[ \t]*([\w-]+)[ \t]*[=:]")
_HEADER = re.compile(r"^\[+([^\]]*)\]")
_MODULES = re.compile(r"py[-_]modules[ \t]*=[ \t]*([\[(][^\])]*[\])]|[^\n]*(?:\n[ \t]+[^\n]*)*)")


@dataclass(frozen=True, kw_only=True)
class Naming:
    """What `find` is told of a file that may name the module."""

    module: str  # its file
    name: str  # dotted
    reason: str


@dataclass(frozen=True, order=True)
class Single:
    """A place where a build lists the module as a file of its own, and what makes it a package; "" where nobody knows."""

    path: str
    line: int
    start: int = 0
    end: int = 0
    new: str = ""


def parts(file: Source, naming: Naming) -> Iterator[Part | Skip]:
    """The edits of one file, and the places that are left."""
    edits = []
    for start, end, new in _found(file, naming):
        if new:
            edits.append(Edit(file.path, start, end, new))
        else:
            told = f"it names {naming.module}, which is a folder now"
            yield Skip(file.path, file.line_of(start), "L13-named", told)
    for line in _exempt(file, naming.name):
        told = f"parts of {naming.name} may import this from now on: they need a line for {naming.name}.*, too"
        yield Skip(file.path, line, "L13-named", told)
    if edits:
        yield Part(file.path, file.line_of(edits[0].start), naming.reason, tuple(edits), group=naming.module)


def _found(file: Source, naming: Naming) -> Iterator[tuple[int, int, str]]:
    folder = naming.module.removesuffix(".py")
    for match in re.finditer(rf"(?<![\w.-])(?<![\w.-]/){re.escape(naming.module)}(?![\w/])", file.text):
        yield match.start(), match.end(), _instead(file, match.start(), folder)
    if _CONFIGURATION.fullmatch(file.path):
        name = re.escape(naming.name)
        for match in re.finditer(rf"(?m)^\[mypy-({name})\]|(?<=[\"']){name}(?=[\"'])", file.text):
            if match[1]:
                yield match.start(1), match.end(1), f"{naming.name}.*"
            elif _context(file, match.start()) == ("tool.mypy.overrides", "module"):
                yield match.start(), match.end(), f"{naming.name}.*"


def _exempt(file: Source, name: str) -> Iterator[int]:
    """The lines where import-linter is told to leave imports of the module alone: contracts are about packages with all that is in
    them, but these lines are about single modules."""
    if _CONFIGURATION.fullmatch(file.path):
        for match in re.finditer(rf"(?<![\w.*]){re.escape(name)}[ \t]*->", file.text):
            if _context(file, match.start())[1] == "ignore_imports":
                yield file.line_of(match.start())


def _instead(file: Source, start: int, folder: str) -> str:
    """What names the parts where the module was named; "" where nobody knows."""
    name = file.path.rpartition("/")[2]
    line = file.line(file.line_of(start))
    if name == "CODEOWNERS" and not line.lstrip().startswith("#"):
        return f"{folder}/"
    header, key = _context(file, start)
    if _CONFIGURATION.fullmatch(file.path):
        if key == "only-include":
            return folder
        if key in _PATTERNS or any(pattern in header for pattern in _PATTERNS):
            return f"{folder}/*.py"
    return ""


def _context(file: Source, start: int) -> tuple[str, str]:
    """The table and the key that a place of a configuration stands under."""
    header = key = ""
    for number in range(1, file.line_of(start) + 1):
        line = file.line(number)
        if match := _HEADER.match(line):
            header, key = match[1], ""
        elif match := _KEY.match(line):
            key = match[1]
    return header, key


def single_files(texts: Iterable[tuple[str, str]], name: str) -> Iterator[Single]:
    """Where builds list a module as a file of its own."""
    for path, text in texts:
        if path.rpartition("/")[2] not in ("setup.py", "setup.cfg", "pyproject.toml"):
            continue
        for match in _MODULES.finditer(text):
            listed = re.findall(r"[\w.]+", match[1])
            if name in listed:
                line = text.count("\n", 0, match.start()) + 1
                alone = listed == [name] and not re.search(
                    r"(?m)^[ \t]*packages[ \t]*=|[(,][ \t]*packages[ \t]*=", text
                )
                end = match.start() + len("py_modules")
                yield Single(path, line, match.start(), end, "packages" if alone else "")
