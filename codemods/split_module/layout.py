"""Which definitions of a module go to which part of the package that it becomes: read from TOML, written as TOML."""

from __future__ import annotations

import keyword
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..engine.codemod import OptionError
from ..engine.documents import read_toml
from ..engine.nearest import did_you_mean

_KEYS = ("module", "part")
_PART_KEYS = ("name", "doc", "defs")
_WIDTH = 100


@dataclass(frozen=True, kw_only=True)
class Part:
    """One module of the package: its name without folder and ending, its docstring, and what it defines."""

    name: str
    doc: str = ""
    defs: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Layout:
    """The parts of one module, in the order in which they are written. No definition is in two of them."""

    module: str = ""  # path of the file that is split; "" where nobody says it
    parts: tuple[Part, ...]

    @property
    def home(self) -> dict[str, str]:
        """The part of each definition."""
        return {name: part.name for part in self.parts for name in part.defs}


def read(text: str) -> Layout:
    """The layout that a TOML text describes. Raises OptionError, with what is wrong, where, and what would be right."""
    try:
        data = read_toml(text)
    except ValueError as error:
        raise LayoutError("the file", f"no TOML: {error}") from None
    _check_keys(data, _KEYS, "the file")
    module = data.get("module", "")
    if not isinstance(module, str):
        raise LayoutError("module", "the path of the module is needed, as a text")
    tables = data.get("part")
    if not isinstance(tables, list) or not tables or not all(isinstance(t, dict) for t in tables):
        raise LayoutError("part", "write [[part]] for each part, with name, doc and defs")
    return _without_doubles(Layout(module=module, parts=tuple(_part(n, t) for n, t in enumerate(tables, 1))))


def check(layout: Layout, known: Iterable[str]) -> None:
    """Look whether a layout has each definition of a module, and nothing else. Raises OptionError."""
    names = frozenset(known)
    for part in layout.parts:
        for name in part.defs:
            if name not in names:
                near = did_you_mean(name, names, what="")
                raise LayoutError(f"defs of part {part.name!r}", f"the module does not define {name}{near}")
    if missing := sorted(names - layout.home.keys()):
        shown = ", ".join(missing[:5]) + (f" and {len(missing) - 5} more" if len(missing) > 5 else "")
        raise LayoutError("part", f"no part has {shown}; put each definition into the defs of one part")


def _part(number: int, table: Mapping[str, Any]) -> Part:
    name = table.get("name")
    where = f"part {name!r}" if isinstance(name, str) else f"part {number}"
    _check_keys(table, _PART_KEYS, where)
    if not isinstance(name, str) or not is_name(name):
        raise LayoutError(f"name of part {number}", "the name of a Python module is needed, as models or _core")
    doc = table.get("doc", "")
    if not isinstance(doc, str):
        raise LayoutError(f"doc of {where}", "the docstring of the part is needed, as a text")
    defs = table.get("defs")
    if not isinstance(defs, list) or not defs or not all(isinstance(d, str) for d in defs):
        raise LayoutError(f"defs of {where}", 'the names of definitions are needed, as ["Order", "total"]')
    return Part(name=name, doc=doc, defs=tuple(defs))


def is_name(name: str) -> bool:
    """Whether a part can be called so."""
    return name.isidentifier() and not keyword.iskeyword(name) and not (name.startswith("__"))


def _check_keys(table: Mapping[str, Any], known: Sequence[str], where: str) -> None:
    for key in table:
        if key not in known:
            raise LayoutError(where, f"there is no key {key!r}{did_you_mean(key, known)}")


def _without_doubles(layout: Layout) -> Layout:
    called = Counter(
        part.name.casefold() for part in layout.parts
    )  # files that differ by case only are one on some disks
    homes: dict[str, str] = {}
    for part in layout.parts:
        if called[part.name.casefold()] > 1:
            raise LayoutError(f"part {part.name!r}", "another part is called so; give each part a name of its own")
        for name in part.defs:
            if name in homes:
                where = f"defs of part {part.name!r}"
                raise LayoutError(where, f"{name} is in part {homes[name]!r} already; leave it in one of them")
            homes[name] = part.name
    return layout


class LayoutError(OptionError):
    """A layout that cannot be used."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__("layout", where, what)
        self.args = (f"--layout: {where}: {what}",)


# ---- writing -----------------------------------------------------------------------------------


def write(layout: Layout, notes: Mapping[str, str] | None = None, head: Iterable[str] = ()) -> str:
    """A layout as TOML that `read` takes. `notes` say of a part what a person may want to know; `head` of all of it."""
    rows = [f"# {line}".rstrip() for line in head]
    rows += [f"module = {_text(layout.module)}"] if layout.module else []
    for part in layout.parts:
        rows += ["", "[[part]]", f"name = {_text(part.name)}"]
        rows += [f"doc = {_text(part.doc)}"] if part.doc else []
        rows += [f"# {line}" for line in (notes or {}).get(part.name, "").splitlines()]
        rows += ["defs = ["]
        line = "   "
        for name in part.defs:
            word = f" {_text(name)},"
            if line.strip() and len(line) + len(word) > _WIDTH:
                rows.append(line)
                line = "   "
            line += word
        rows += [line, "]"]
    return "\n".join(rows) + "\n"


def _text(text: str) -> str:
    """A basic string of TOML."""
    short = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
    found = (short.get(c) or (f"\\u{ord(c):04x}" if ord(c) < 32 or ord(c) == 127 else c) for c in text)
    return f'"{"".join(found)}"'
