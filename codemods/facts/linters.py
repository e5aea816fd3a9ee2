"""Which linter points at a clause that takes everything, by the configuration in force for each file, and how long its
lines may be: ruff and flake8 with the rules of blind-except, pylint."""

from __future__ import annotations

import configparser
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache
from posixpath import basename, dirname, join, normpath
from typing import Any, Literal

from ..engine.documents import read_toml
from ..engine.known import Project, upward

Pylint = Literal["", "broad-exception-caught", "broad-except"]

DEFAULT_LENGTH = 100  # where nobody says
_LENGTHS = {"ruff": 88, "black": 88, "flake8": 79, "pylint": 100}
_RUFF_FILES = (".ruff.toml", "ruff.toml", "pyproject.toml")
_DEFAULT_RULES = ("E4", "E7", "E9", "F")
_BLIND = re.compile(r"flake8[-_]blind[-_]except", re.I)
_BROAD = {"broad-except", "broad-exception-caught", "W0703", "W0718"}
_BARE = {"bare-except", "W0702"}
_ALL = {"all", "W", "warning"}
_OLD_NAME = re.compile(r"\b(broad-except|W0703)\b")
_NEW_NAME = re.compile(r"\b(broad-exception-caught|W0718)\b")
_PIN = re.compile(
    r"""(?x)\bpylint["']?\s*(?:[=~<>]=?=?|\n\s*version\s*=\s*)\s*["']?v?(\d+)\.(\d+)   # a requirement, a lock
    |   pylint(?:\.git)?["']?\s*\n\s*(?:-\s*)?rev:\s*["']?v?(\d+)\.(\d+)"""  # a hook
)
_HOOK_SELECT = re.compile(r"--(?:extend-)?select(?:=|\s+|[\"'],\s*[\"'])([A-Z][A-Z0-9,]*)")


@dataclass(frozen=True)
class Linters:
    """What is said of one file. `blind` and `bare` are the codes that a `noqa` must name, by the linter that reads it; `pylint`
    is what it calls a broad clause, "" where it says nothing of one."""

    blind: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()
    reads_noqa: Literal["", "ruff", "flake8"] = ""
    pylint: Pylint = ""
    pylint_bare: bool = False
    length: int = DEFAULT_LENGTH


class Linting:
    """The linters of a project: `once(Linting)` of it."""

    def __init__(self, project: Project) -> None:
        self.texts = project.texts
        self._known: dict[str, Linters] = {}

    def of(self, path: str) -> Linters:
        """What holds for a file."""
        ruff = self._ruff(path)
        flake8 = self._flake8(path)
        pylint = self._pylint(path)
        blind: tuple[str, ...] = ()
        bare: tuple[str, ...] = ()
        reads: Literal["", "ruff", "flake8"] = ""
        if ruff is not None and (ruff.selects("BLE001", path) or (flake8 is None and ruff.selects("E722", path))):
            reads = "ruff"
            blind = ("BLE001",) if ruff.selects("BLE001", path) else ()
            bare = ("E722",) if ruff.selects("E722", path) else ()
        elif flake8 is not None:
            reads = "flake8"
            blind = ("B902",) if flake8.selects("B902", path) else ()
            bare = tuple(code for code in ("B901", "E722") if flake8.selects(code, path))
        return Linters(
            blind=blind,
            bare=bare,
            reads_noqa=reads if blind or bare else "",
            pylint=pylint.word if pylint is not None else "",
            pylint_bare=pylint is not None and pylint.bare,
            length=self._length(path, [ruff, flake8, pylint]),
        )

    # ---- where each is configured ------------------------------------------------------------------

    def _ruff(self, path: str) -> _Rules | None:
        for folder in upward(dirname(path)):
            for name in _RUFF_FILES:
                at = join(folder, name)
                table = _ruff_table(at, self.texts[at]) if at in self.texts else None
                if table is not None:
                    return self._rules(at, table)
        return None

    def _rules(self, at: str, table: Mapping[str, Any], depth: int = 0) -> _Rules:
        base = None
        extended = table.get("extend")
        if isinstance(extended, str) and depth < 5:
            other = normpath(join(dirname(at), extended))
            inner = _ruff_table(other, self.texts[other]) if other in self.texts else None
            base = self._rules(other, inner, depth + 1) if inner is not None else None
        lint = table.get("lint") if isinstance(table.get("lint"), dict) else {}
        both = [t for t in (table, lint) if isinstance(t, dict)]

        def words(key: str) -> tuple[str, ...] | None:
            found = [t[key] for t in both if isinstance(t.get(key), list)]
            return tuple(w for w in found[-1] if isinstance(w, str)) if found else None

        selected = words("select")
        hooks = "\n".join(t for p, t in self.texts.items() if basename(p) == ".pre-commit-config.yaml")
        asked = tuple(w for m in _HOOK_SELECT.finditer(hooks) for w in m[1].split(",") if w)
        per_file: list[tuple[str, tuple[str, ...]]] = list(base.per_file) if base else []
        for table_ in both:
            for key in ("per-file-ignores", "extend-per-file-ignores"):
                found = table_.get(key)
                per_file += [(p, tuple(c)) for p, c in (found or {}).items() if isinstance(c, list)]
        style: dict[str, Any] = next((t["pycodestyle"] for t in both if isinstance(t.get("pycodestyle"), dict)), {})
        length = style.get("max-line-length", table.get("line-length"))
        return _Rules(
            folder=dirname(at),
            select=(selected if selected is not None else base.select if base else _DEFAULT_RULES)
            + (words("extend-select") or ())
            + asked,
            ignore=(words("ignore") or (base.ignore if base and selected is None else ()))
            + (words("extend-ignore") or ()),
            per_file=tuple(per_file),
            length=length if isinstance(length, int) else base.length if base else None,
            name="ruff",
        )

    def _flake8(self, path: str) -> _Rules | None:
        blind = any(_BLIND.search(text) for text in self.texts.values())
        for folder in upward(dirname(path)):
            for name in (".flake8", "setup.cfg", "tox.ini"):
                found = _sections(self.texts.get(join(folder, name), "")).get("flake8")
                if found is not None:
                    return _flake8_rules(found, folder, blind)
        return _flake8_rules({}, "", blind) if blind else None

    def _pylint(self, path: str) -> _Pylint | None:
        for folder in upward(dirname(path)):
            for name in ("pylintrc", ".pylintrc", "pyproject.toml", "setup.cfg", "tox.ini"):
                at = join(folder, name)
                if text := self.texts.get(at, ""):
                    values = _pylint_values(name, text)
                    if values is not None:
                        return self._pylint_rules(values)
        hooks = (t for p, t in self.texts.items() if basename(p) == ".pre-commit-config.yaml")
        return self._pylint_rules({}) if any(re.search(r"\bid:\s*pylint\b", t) for t in hooks) else None

    def _pylint_rules(self, values: Mapping[str, str]) -> _Pylint:
        off, on = _listed(values.get("disable")), _listed(values.get("enable"))

        def reports(names: set[str]) -> bool:
            return bool(on & names) or not off & (names | _ALL)

        told = f"{values.get('disable', '')} {values.get('enable', '')}"
        pins = [(int(m[1] or m[3]), int(m[2] or m[4])) for t in self.texts.values() for m in _PIN.finditer(t)]
        old = max(pins) < (2, 16) if pins else bool(_OLD_NAME.search(told)) and not _NEW_NAME.search(told)
        length = values.get("max-line-length", "")
        word: Pylint = "broad-except" if old else "broad-exception-caught"
        return _Pylint(
            word=word if reports(_BROAD) else "",
            bare=reports(_BARE),
            length=int(length) if length.strip().isdigit() else None,
        )

    def _length(self, path: str, rules: Iterable[_Rules | _Pylint | None]) -> int:
        """The least that is written down for a file; where nothing is, the least of the defaults."""
        known = [r for r in rules if r is not None]
        tables = (_black(self.texts.get(join(folder, "pyproject.toml"), "")) for folder in upward(dirname(path)))
        black = next((table for table in tables if table is not None), None)
        said = [length for r in known if (length := r.length) is not None]
        if black is not None and isinstance(black.get("line-length"), int):
            said.append(black["line-length"])
        if said:
            return min(said)
        names = [r.name for r in known] + (["black"] if black is not None else [])
        return min((_LENGTHS[name] for name in names), default=DEFAULT_LENGTH)


@dataclass(frozen=True)
class _Rules:
    """What ruff or flake8 selects."""

    folder: str
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    per_file: tuple[tuple[str, tuple[str, ...]], ...]
    length: int | None
    name: Literal["ruff", "flake8"]

    def selects(self, code: str, path: str) -> bool:
        """Whether a rule is on for a file: the longest prefix of its code that is named decides."""
        on, off = _closest(self.select, code), _closest(self.ignore, code)
        if on < 0 or on <= off:
            return False
        here = path.removeprefix(f"{self.folder}/") if self.folder else path
        return not any(_closest(codes, code) >= 0 and _matches(here, pattern) for pattern, codes in self.per_file)


@dataclass(frozen=True)
class _Pylint:
    word: Pylint
    bare: bool
    length: int | None
    name: Literal["pylint"] = "pylint"


def _closest(selectors: Iterable[str], code: str) -> int:
    """The length of the longest selector that a code falls under, -1 for none."""
    sizes = (0 if s == "ALL" else len(s) for s in selectors if s == "ALL" or (s and code.startswith(s)))
    return max(sizes, default=-1)


def _matches(path: str, pattern: str) -> bool:
    if pattern.startswith("!"):
        return not _matches(path, pattern[1:])
    pattern = pattern.removeprefix("./").rstrip("/")
    wide = pattern.replace("**/", "*").replace("**", "*")
    return any(fnmatchcase(p, w) for p in (path, basename(path)) for w in (wide, f"{wide}/*", f"*/{wide}"))


def _ruff_table(at: str, text: str) -> dict[str, Any] | None:
    if basename(at) != "pyproject.toml":
        return _toml(text)
    found = _tool(text).get("ruff")
    return found if isinstance(found, dict) else None


def _black(text: str) -> dict[str, Any] | None:
    found = _tool(text).get("black") if "black" in text else None
    return found if isinstance(found, dict) else None


def _tool(text: str) -> dict[str, Any]:
    found = _toml(text).get("tool") if text else None
    return found if isinstance(found, dict) else {}


@lru_cache(maxsize=256)
def _toml(text: str) -> dict[str, Any]:
    with suppress(ValueError):
        return read_toml(text)
    return {}


@lru_cache(maxsize=256)
def _sections(text: str) -> dict[str, dict[str, str]]:
    """The sections of an INI file."""
    parser = configparser.RawConfigParser(strict=False, allow_no_value=True)
    if text:
        with suppress(configparser.Error):
            parser.read_string(text)
    return {section.lower(): {k: v or "" for k, v in parser[section].items()} for section in parser.sections()}


def _flake8_rules(values: Mapping[str, str], folder: str, blind: bool) -> _Rules:
    values = {key.replace("_", "-"): value for key, value in values.items()}
    selected = _listed(values.get("select"))
    on = (*selected, *_listed(values.get("extend-select"))) or ("E", "F", "W", "C90", *(("B9",) if blind else ()))
    if not blind:  # nobody there would give these codes
        on = tuple(code for code in on if not code.startswith("B9"))
        on = tuple("B1" if code == "B" else code for code in on)
    elif not selected:
        on = (*on, "E", "B9")
    length = values.get("max-line-length", "").strip()
    return _Rules(
        folder=folder,
        select=on,
        ignore=(*_listed(values.get("ignore")), *_listed(values.get("extend-ignore"))),
        per_file=tuple(_per_file(values.get("per-file-ignores", ""))),
        length=int(length) if length.isdigit() else None,
        name="flake8",
    )


def _per_file(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """`tests/*: E501, F401` and more of it, on lines or not."""
    for match in re.finditer(
        r"([^\s:,][^:\n]*?)\s*:\s*((?:[A-Z][0-9]*[A-Z0-9]*[\s,]*)+)", re.sub(r"#[^\n]*", "", text)
    ):
        for pattern in match[1].split(","):
            yield pattern.strip(), tuple(_listed(match[2]))


def _pylint_values(name: str, text: str) -> dict[str, str] | None:
    """The settings of pylint in a file, whatever sections they are in; None where there are none."""
    if name == "pyproject.toml":
        table = _tool(text).get("pylint")
        return dict(_flat(table)) if isinstance(table, dict) else None
    sections = _sections(text)
    if name in ("setup.cfg", "tox.ini"):
        sections = {k: v for k, v in sections.items() if k.startswith("pylint")}
        if not sections:
            return None
    return {key.replace("_", "-"): value for values in sections.values() for key, value in values.items()}


def _flat(table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value)
        elif isinstance(value, list):
            yield key.replace("_", "-"), ",".join(v for v in value if isinstance(v, str))
        elif isinstance(value, str | int):
            yield key.replace("_", "-"), str(value)


def _listed(text: str | None) -> set[str]:
    """The words of a list as linters write one: commas or lines, with comments."""
    return {w for w in re.split(r"[\s,]+", re.sub(r"#[^\n]*", "", text or "")) if w}
