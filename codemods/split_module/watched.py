"""What files ask of a module, or do to it, that a package answers otherwise: its table of names, its place, its source. And who
imports it again, which must reach its parts."""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from ..engine.bindings import ImportStatement, imported, joined
from ..engine.names import Names, last_name
from ..engine.source import Source, is_docstring
from ..facts.moving.paths import absolute

# its table of names is changed or listed, its names are listed, its place is asked for, its source, it is imported again,
# one of its names is set, its file is named
Kind = Literal["table", "names", "place", "source", "again", "set", "file"]

OWN = ":"  # how a module says itself

_WORDS = re.compile(
    r"__dict__|__file__|__path__|__spec__|__package__|__loader__|__cached__|\bvars\(|\bdir\(|getmembers|getsource|findsource"
    r"|getfile|getabsfile|getcomments|reload|import_fresh_module|\bsys\b.*\bmodules\b"
)
_SETS = re.compile(r"patch|attr\b|\.\w+[ \t]*=")
_PLACES = ("__file__", "__path__", "__spec__", "__package__", "__loader__", "__cached__")
_SOURCES = {
    f"inspect.{word}"
    for word in ("getsource", "getsourcelines", "findsource", "getfile", "getsourcefile", "getabsfile", "getcomments")
}
_LISTING = {"builtins.dir", "inspect.getmembers", "inspect.getmembers_static"}
_SETTING = {"setattr", "delattr", "patch", "object", "multiple"}
_KNOWN = {
    *_SETTING,
    "vars",
    "dir",
    "reload",
    "getattr",
    "hasattr",
    "getmembers",
    "isinstance",
    "print",
    "repr",
    "id",
    "delitem",
    "setitem",
}
_DOTTED = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*")


@dataclass(frozen=True, order=True)
class Use:
    """One such place. `module` is the module, or what is taken from it, as the file writes it; of a file its path."""

    line: int
    kind: Kind
    module: str


@dataclass(frozen=True, order=True)
class Watched:
    """The same as the split is told of it: where it stands ("" for the module itself), and the name that is taken."""

    path: str
    line: int
    kind: Kind
    name: str = ""


@functools.cache
def _mentions(word: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The file of a module in a text; the module itself in an import, or in a text."""
    return re.compile(rf"\b{word}\.py[\"']"), re.compile(
        rf"(?m)^[ \t]*(?:from|import)\b.*\b{word}\b|\bimport[ \t]*\([^)]*\b{word}\b|[\"'.]{word}\b"
    )


def uses(file: Source, word: str, own: bool = False, sets: bool = True) -> tuple[Use, ...]:
    """The places of a file, where the module's name ends with a word; the module's `own` file says itself in other ways, too.
    Where names are set is looked for on request."""
    text = file.text
    named, imported_ = _mentions(word)
    asks = _WORDS.search(text) or (sets and _SETS.search(text))
    if not named.search(text) and not (asks and (own or imported_.search(text))):
        return ()
    return tuple(sorted(set(_Uses(file, word, own).all())))


def of_module(found: Iterable[Use], path: str, near: str, module: str, name: str) -> Iterator[Watched]:
    """Those that are about one module, a file with a dotted name. `near` is the package of the file at a path."""
    for use in found:
        if use.module.startswith(OWN):
            yield Watched(path, use.line, use.kind, use.module[2:])
            continue
        if use.kind == "file":
            tail = re.sub(r"^(?:\.{0,2}/)+", "", use.module)
            if module == tail or module.endswith(f"/{tail}"):
                yield Watched(path, use.line, use.kind)
            continue
        whole = absolute(use.module, near)
        if whole == name:
            yield Watched(path, use.line, use.kind)
        elif whole.startswith(f"{name}."):
            yield Watched(path, use.line, use.kind, whole.removeprefix(f"{name}."))


def said_by(names: Names, key: ast.expr) -> str:
    """The module that something is a key of in `sys.modules`; "" where nobody can say."""
    match key:
        case ast.Constant(value=str(text)):
            return text
        case ast.Name(id="__name__") if names.meaning(key) == ":__name__":
            return OWN
    return ""


class _Uses:
    """Looks through one file."""

    def __init__(self, file: Source, word: str, own: bool) -> None:
        self.file, self.word, self.own = file, word, own
        self.names = file.once(Names)

    def all(self) -> Iterator[Use]:
        for node in ast.walk(self.file.tree):
            for kind, module in self._found(node):
                for each in [module] if module else self._handed_on:
                    if self._may_be(each):
                        yield Use(getattr(node, "lineno", 1), kind, each)

    def _may_be(self, module: str) -> bool:
        return self.own if module.startswith(OWN) else self.word in re.split(r"\W+", module)

    @functools.cached_property
    def _handed_on(self) -> set[str]:
        """Modules that stand for themselves, as an argument, say: what is asked of something unknown may be asked of them."""
        found = set()
        for node in ast.walk(self.file.tree):
            if isinstance(node, ast.Attribute | ast.Name | ast.Call | ast.Subscript):
                module = self.meant(node)
                if module.rpartition(".")[2] == self.word or module == OWN:
                    match self.file.parents.get(node):
                        case ast.Attribute():
                            pass
                        case ast.Call(func=func, args=[first, *_]) if first is node and last_name(func) in _KNOWN:
                            pass
                        case _:
                            found.add(module)
        return found

    def _found(self, node: ast.AST) -> Iterator[tuple[Kind, str]]:
        match node:
            case ast.Attribute(value=ast.Name(id="self" | "cls")):
                pass  # of an object
            case ast.Attribute(value=value, attr="__dict__") if not self._only_asks(node):
                yield "table", self.meant(value)
            case ast.Attribute(value=value, attr=attr) if attr in _PLACES:
                yield "place", self.meant(value)
            case ast.Attribute(value=value, attr=attr, ctx=ast.Store() | ast.Del()):
                yield "set", f"{self.meant(value) or '?'}.{attr}"
            case ast.Attribute() | ast.Name() if last_name(node) == "modules" and self._are_changed(node):
                yield from (("again", each) for each in self._mentioned())
            case ast.Call(func=func, args=[first, *_]):
                yield from self._called(node, self.names.meaning(func), last_name(func), first)
            case ast.Constant(value=str(text)) if text.endswith(f"{self.word}.py") and "\n" not in text:
                above = [*self.file.ancestors(node), None, None]
                if not is_docstring(above[1], above[0]):
                    yield "file", text

    def _called(self, call: ast.Call, meaning: str, last: str, first: ast.expr) -> Iterator[tuple[Kind, str]]:
        text = first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else ""
        if meaning == "builtins.vars" and not self._only_asks(call):
            yield "table", self.meant(first)
        elif meaning in _LISTING:
            yield "names", self.meant(first)
        elif meaning in _SOURCES:
            yield "source", self.meant(first) or (f"{OWN}.?" if self.own else "")
        elif last == "reload":
            known = self.meant(first)
            yield from (("again", each) for each in ([known] if known else self._mentioned()))
        elif last == "import_fresh_module":
            yield "again", text
        elif text.endswith(".__dict__") and _DOTTED.fullmatch(text):
            yield "table", text.removesuffix(".__dict__")
        elif last in _SETTING:
            yield "set", text if _DOTTED.fullmatch(text) and "." in text else f"{self.meant(first) or '?'}.*"

    def _only_asks(self, node: ast.AST) -> bool:
        """Whether one name that is written is read from a table, or asked for."""
        match self.file.parents.get(node):
            case ast.Subscript(slice=ast.Constant(), ctx=ast.Load()):
                return True
            case ast.Compare(left=ast.Constant(), ops=[ast.In() | ast.NotIn()]):
                return True
            case ast.Attribute(attr="get") as above:
                call = self.file.parents.get(above)
                return isinstance(call, ast.Call) and isinstance(next(iter(call.args), None), ast.Constant)
        return False

    def _are_changed(self, node: ast.AST) -> bool:
        """Whether modules are taken from sys.modules, or put there."""
        if self.names.meaning(node) != "sys.modules":
            return False
        match self.file.parents.get(node):
            case (
                ast.Subscript(ctx=ast.Load())
                | ast.Compare()
                | ast.Attribute(attr="get" | "keys" | "items" | "values")
            ):
                return False
        return True

    def _mentioned(self) -> set[str]:
        """All that the file imports, or names by its path, and that may be the module."""
        nodes = (n for n in ast.walk(self.file.tree) if isinstance(n, ImportStatement))
        found = {joined(i.module, i.name) if i.name else i.module for n in nodes for _, _, i in imported(n)}
        texts = (
            n.value for n in ast.walk(self.file.tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)
        )
        found |= {text for text in texts if _DOTTED.fullmatch(text)}
        parts = (each.split(".") for each in found)
        return {".".join(p[: p.index(self.word) + 1]) for p in parts if self.word in p}

    def meant(self, node: ast.expr, depth: int = 3) -> str:
        """The module that an expression is, or what of it, as far as that is written: "" where nobody can say."""
        match node:
            case ast.Subscript(value=value, slice=key) if self.names.meaning(value) == "sys.modules":
                return said_by(self.names, key)
            case ast.Call(func=ast.Attribute(value=value, attr="get" | "pop"), args=[key, *_]) if (
                self.names.meaning(value) == "sys.modules"
            ):
                return said_by(self.names, key)
            case ast.Call(func=func, args=[first, *_]):
                called = self.names.meaning(func)
                if called == "importlib.reload":
                    return self.meant(first, depth)
                imports = called in ("importlib.import_module", "builtins.__import__")
                return said_by(self.names, first) if imports else ""
            case ast.Attribute(value=value, attr=attr):
                meaning = self.names.meaning(node, rebound="first")
                if meaning and not meaning.startswith(":"):
                    return meaning
                inner = self.meant(value, depth)
                return f"{inner}.{attr}" if inner else ""
            case ast.Name(id=name):
                meaning = self.names.meaning(node, rebound="first")
                if meaning and not meaning.startswith((":", "builtins.")):
                    return meaning
                home, bindings = self.names.scope(node).find(name) or (None, [])
                values = [b.value for b in bindings if b.value is not None] if depth else []
                known = next((m for m in (self.meant(v, depth - 1) for v in values) if m), "")
                own = home is self.names.module and not values
                return known or (f"{OWN}.{name}" if own else "")
        return ""
