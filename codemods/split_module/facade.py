"""The package itself: the module without what moves, which hands out what its parts define and lets what is set in it arrive
there."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence

from ..engine.tables import BUILTINS
from ..engine.values import Import
from ..facts.moving.effects import acts
from ..facts.moving.needs import Finder
from ..facts.moving.texts import taken_out
from ..facts.moving.units import Unit, is_definition
from ..facts.moving.values import Text
from .package import Package
from .texts import import_of


class Facade:
    """Prepares the texts of the package itself."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.outline, self.file, self.job = package.outline, package.file, package.job
        self._taken = {*package.names.module.names, *package.called.values(), *self.job.beside, *BUILTINS}
        self.sys, self.types = (self._module(name) for name in ("sys", "types"))
        self.warnings = self._module("warnings") if self.job.deprecated else ""
        self.again = self.job.facade != "lazy" and any(use.kind == "again" for use in self.job.watched)
        self.importlib = self._module("importlib") if self.job.facade == "lazy" or self.again else ""
        self.parts, self.lives, self.cls, self.thing, self.old, self.part = map(
            self._free, ("_PARTS", "_LIVE", "_Facade", "_thing", "_DEPRECATED", "_part")
        )

    def _free(self, name: str) -> str:
        while name in self._taken:
            name += "_"
        self._taken.add(name)
        return name

    def _module(self, dotted: str) -> str:
        """What a module of the standard library is called here: as the imports that are there call it, else a private name."""
        for name, bound in self.package.names.module.names.items():
            if all(
                b.kind == "import" and b.item in (Import(dotted), Import(dotted, "", name)) and not b.guard
                for b in bound
            ):
                return name
        return self._free(f"_{dotted}")

    def texts(self) -> Iterator[Text]:
        """What becomes of the module's text."""
        package = self.package
        gone = [*package.moved, *([package.main] if package.main is not None else [])]
        out = taken_out(self.outline, sorted(gone, key=lambda u: u.start))
        yield from out
        for start, (end, new) in self.shifts(package.kept).items():
            yield Text(start, end, new)
        at, above = self._place()
        ends = self.file.text[:at].endswith(("\n", "\r")) or not at
        relative = isinstance(above, ast.ImportFrom) and above.level
        lead = ("" if ends else "\n") + ("" if relative or not at else "\n")
        yield Text(at, at, lead + self._imports() + self._gap(at, out))
        size = len(self.file.text)
        ends = self.file.text.endswith(("\n", "\r")) or any(u.end == size for u in gone)
        if below := "".join(f"\n\n{block}" for block in self._tail()):
            yield Text(size, size, ("" if ends else "\n") + below)

    def _gap(self, at: int, out: Sequence[Text]) -> str:
        """The blank lines between the imports of the parts and what stays below them, where none are left."""
        while behind := next((t for t in out if t.start <= at < t.end), None):
            at = behind.end
        below = next((u for u in self.package.kept if u.start >= at), None)
        if below is None or self.file.text[at : at + 1] in ("\n", "\r"):
            return ""
        return "\n\n" if is_definition(below) else "\n"

    def shifts(self, units: Sequence[Unit]) -> dict[int, tuple[int, str]]:
        """The relative imports of statements that stay: the package is one level below the old module."""
        return Finder(self.outline, None, self.package.target(), units, copies=False).find().edits

    def _place(self) -> tuple[int, ast.stmt | None]:
        """The offset behind the imports that stand above all definitions, and what does something there, and the last of these: here
        the parts are imported."""
        package = self.package
        first = package.first
        early = [u for u in package.graph.imports if u.end <= first]
        early += [u for u in package.kept if u.end <= first and acts(u.node)]
        if early:
            last = max(early, key=lambda u: u.end)
            return last.end, last.node
        head = [u for u in package.kept if u.end <= first and isinstance(u.node, ast.Expr)]
        return (head[0].end, None) if head else (self._above(first), None)

    def _above(self, first: int) -> int:
        """Above the first statement, below the comments that belong to nobody."""
        starts = [u.start for u in self.package.kept]
        return min([first, *starts])

    # ---- imports of the parts ------------------------------------------------------------------

    def _imports(self) -> str:
        if self.job.facade == "lazy":
            return "".join(self._checked()).lstrip("\n")
        lines = [*self._anew(), import_of(self._near or ".", [p.name for p in self.package.pieces], self.job.length)]
        perhaps: list[str] = []
        for piece in self.package.pieces:
            names = [n for n in self.package.defined(piece) if n not in self.package.graph.checked]
            some = [n for n in names if n in self.package.graph.perhaps]
            if sure := [n for n in names if n not in some]:
                lines.append(self._statement(piece.name, sure))
            for alike in self._alike(some):
                inner = self._statement(piece.name, alike, "    ")
                perhaps.append(f"\ntry:\n{inner}except ImportError:  # under a condition\n    pass\n")
        return "".join([*lines, *perhaps, *self._checked()])

    def _anew(self) -> Iterator[str]:
        """The parts run again when the package does, where that is asked for: with `importlib.reload`, or as new modules."""
        if not self.again or not self.package.is_whole:
            return
        part = self.part
        names = ", ".join(f'"{p.name}"' for p in self.package.pieces)
        yield (
            f"for {part} in ({names}):  # imported again, the package imports its parts again\n"
            f"    if {part} in globals():\n"
            f"        {self.importlib}.reload(globals()[{part}])\n"
            f"    else:\n"
            f'        {self.sys}.modules.pop(f"{{__name__}}.{{{part}}}", None)\n'
            f"del {part}\n\n"
        )

    @property
    def _near(self) -> str:
        """The package as its own file says it: by its name where that file is run as a script, by its path."""
        return self.job.name if self.package.was_package and self.outline.main is not None else ""

    def requires(self) -> Iterator[Import]:
        """The imports of the standard library that the package itself needs."""
        there = self.package.names.module.names
        forwards = self.job.facade == "forwarding"
        needed = [("sys", self.sys)] if forwards or self.again else []
        needed += [("types", self.types)] if forwards else []
        needed += [("importlib", self.importlib)] if self.importlib else []
        needed += [("warnings", self.warnings)] if self.job.deprecated else []
        yield from (Import(dotted, "", name) for dotted, name in needed if name not in there)

    def _alike(self, names: Sequence[str]) -> Iterable[list[str]]:
        """Names that are there or not together: the same statements bind them, block by block."""
        found: dict[tuple[int, ...], list[str]] = {}
        for name in names:
            bound = self.package.names.module.names[name]
            blocks = (self.file.suite(b.statement) for b in bound if isinstance(b.statement, ast.stmt))
            found.setdefault(tuple(id(block) for block in blocks), []).append(name)
        return found.values()

    def _statement(self, piece: str, names: Sequence[str], indent: str = "") -> str:
        """An import that says that it hands the names on."""
        listed = self.package.listed or ()
        items = [n if n in listed else f"{n} as {n}" for n in names]
        return import_of(f"{self._near}.{piece}", items, self.job.length, indent)

    # ---- for type checkers ---------------------------------------------------------------------

    def _checked_names(self) -> dict[str, list[str]]:
        """The names that only type checkers take from the parts, by part."""
        package = self.package
        found: dict[str, list[str]] = {}
        for piece in package.pieces:
            if self.job.facade == "lazy":
                found[piece.name] = [*package.defined(piece), *(n for n in package.live if n in package.piece_of)]
                continue
            live = [n for n, home in package.live.items() if home == piece.name and n in package.piece_of]
            names = [*live, *(n for n in package.defined(piece) if n in package.graph.checked)]
            if names:
                found[piece.name] = names
        return found

    def _known_checking(self) -> str:
        """How the module says TYPE_CHECKING already."""
        if "TYPE_CHECKING" in self.package.piece_of:  # it comes from a part
            return "TYPE_CHECKING"
        names = self.package.names.module.names
        for name, dotted, text in (
            ("TYPE_CHECKING", "typing.TYPE_CHECKING", "TYPE_CHECKING"),
            ("typing", "typing", "typing.TYPE_CHECKING"),
        ):
            bound = names.get(name, ())
            if bound and all(b.kind == "import" and b.dotted == dotted and not b.guard for b in bound):
                return text
        return ""

    def _checked(self) -> Iterator[str]:
        names = self._checked_names()
        if not names or not self.package.is_whole:
            return
        known = self._known_checking()
        rows = "".join(self._statement(piece, some, "    ") for piece, some in names.items())
        if known:
            yield f"\nif {known}:\n{rows}"
        else:  # as type checkers take it, without the import of typing
            yield f"\nTYPE_CHECKING = False\nif TYPE_CHECKING:\n{rows}del TYPE_CHECKING\n"

    # ---- below all -----------------------------------------------------------------------------

    def _tail(self) -> Iterator[str]:
        package = self.package
        if not package.is_whole:
            return
        pieces = [piece.name for piece in package.pieces]
        if self.job.facade == "lazy":
            yield from self._lazy()
            return
        more = [f"__all__ += {piece.name}.__all__\n" for piece in package.pieces if package.extends_all(piece)]
        if more:
            yield "".join(more)
        if annotated := [p.name for p in package.pieces if any(isinstance(u.node, ast.AnnAssign) for u in p.units)]:
            yield f"__annotations__ = {{{', '.join(f'**{name}.__annotations__' for name in annotated)}}}\n"
        if self.job.module_name == "assign":
            yield self._assigned()
        tables = self._tables()
        if self.job.facade == "forwarding":
            yield self._tuple(pieces) + tables
            yield self._class(bool(tables))
            yield f"{self.sys}.modules[__name__].__class__ = {self.cls}\n"
        elif tables:
            yield tables
            yield self._getter("", "", "__name__")

    def _lazy(self) -> Iterator[str]:
        """Parts that are imported when somebody asks for what they define."""
        package = self.package
        homes = {n: piece.name for piece in package.pieces for n in package.defined(piece)} | package.live
        homes = {n: home for n, home in homes.items() if n not in package.graph.checked}
        rows = "".join(f'    "{name}": "{home}",\n' for name, home in homes.items())
        yield f"{self.lives} = {{  # these parts are imported when somebody asks for a name of theirs\n{rows}}}\n"
        yield (
            "def __getattr__(name: str) -> object:\n"
            f"    if name in {self.lives}:\n"
            f'        part = {self.importlib}.import_module(f"{{__name__}}.{{{self.lives}[name]}}")\n'
            "        return getattr(part, name)\n"
            '    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")\n'
        )
        yield f"def __dir__() -> list[str]:\n    return sorted({{*globals(), *{self.lives}}})\n"

    def _tables(self) -> str:
        """What the package asks its parts for."""
        live = "".join(f'    "{name}": {home},\n' for name, home in self.package.live.items())
        old = "".join(f'    "{name}": "{version}",\n' for name, version in self.job.deprecated)
        note = "  # set by functions of these parts, and read there" if not old else "  # asked of these parts"
        tables = f"{self.lives} = {{{note}\n{live}}}\n" if live else ""
        return tables + (f"{self.old} = {{  # gone in these versions\n{old}}}\n" if old else "")

    def _getter(self, indent: str, first: str, name: str) -> str:
        """The function that is asked for names which the package does not hold."""
        rows = [f"def __getattr__({first}name: str) -> object:\n"]
        if self.job.deprecated:
            rows += [
                f"    if name in {self.old}:\n",
                f'        told = f"{{{name}}}.{{name}} is gone in {{{self.old}[name]}}"\n',
                f"        {self.warnings}.warn(told, DeprecationWarning, stacklevel=2)\n",
            ]
        rows += [
            f"    if name in {self.lives}:\n        return getattr({self.lives}[name], name)\n",
            f'    raise AttributeError(f"module {{{name}!r}} has no attribute {{name!r}}")\n',
        ]
        return "".join(f"{indent}{line}\n" for row in rows for line in row.splitlines())

    def _tuple(self, pieces: Sequence[str]) -> str:
        line = f"{self.parts} = ({', '.join(pieces)})\n"
        rows = "".join(f"    {name},\n" for name in pieces)
        return line if len(line) <= self.job.length + 1 else f"{self.parts} = (\n{rows})\n"

    def _assigned(self) -> str:
        package, names = self.package, []
        for piece in package.pieces:
            own = {n for u in piece.units if is_definition(u) for n in u.names}
            names += [n for n in package.defined(piece) if n in own and n not in package.graph.perhaps]
        rows = "".join(f"    {name},\n" for name in names)
        return f"for {self.thing} in (\n{rows}):\n    {self.thing}.__module__ = __name__\ndel {self.thing}\n"

    def _class(self, live: bool) -> str:
        """The class of the module. What has two underscores is of the module itself."""
        parts, lives = self.parts, self.lives
        public = (
            any(n[:1] != "_" for n in self.package.live if n in self.package.graph.rebound)
            and self.package.listed is None
        )
        private = [f'"{name}"' for name in sorted(self.package.piece_of) if name[:2] == "__"]
        mine = " or ".join(['name[:2] != "__"', *(f"name == {each}" for each in private)])
        set_own = (
            "            super().__setattr__(name, value)\n" if live else "        super().__setattr__(name, value)\n"
        )
        del_own = "            super().__delattr__(name)\n" if live else "        super().__delattr__(name)\n"
        own = f"        if name not in {lives}:\n" if live else ""
        rows = [
            f"class {self.cls}({self.types}.ModuleType):\n",
            '    """The module as a whole: what is set in it is set in the parts that have it."""\n\n',
        ]
        if live:
            rows.append(self._getter("    ", "self, ", "self.__name__") + "\n")
        rows += [
            "    def __setattr__(self, name: str, value: object) -> None:\n",
            f"        known = any(name in vars(module) for module in (self, *{parts}))\n",
            f"        for part in {parts} if {mine} else ():\n",
            "            if name in vars(part) or not known:  # a new name is new for all of them\n",
            "                setattr(part, name, value)\n",
            f"{own}{set_own}\n",
            "    def __delattr__(self, name: str) -> None:\n",
            f"        for part in {parts} if {mine} else ():\n",
            "            vars(part).pop(name, None)\n",
            f"{own}{del_own}",
        ]
        if live:
            rows += [
                "\n    def __dir__(self) -> list[str]:\n",
                f"        return [*super().__dir__(), *{lives}]\n",
            ]
        if public:
            rows += [
                "\n    @property\n    def __dict__(self) -> dict[str, object]:  # `import *` looks here\n",
                "        there = {name: vars(part)[name] for name, part in ",
                f"{lives}.items() if name in vars(part)}}\n        return {{**super().__dict__, **there}}\n",
            ]
        return "".join(rows)
