"""The types of a library, from its stubs or its source, in the form of the knowledge base.

A library is read as a project is: `types/scan.py` reads each file, `Resolver` follows each path to the class that it ends at.
What is written is therefore absolute and needs no further climb: `requests.models.Response*`, and `[builtins.str*]builtins.list*`
for a list of texts.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from ...engine.known import Project
from ...engine.source import Function, Source, is_function, statements
from ..modules import Modules
from ..types.data import FunctionFacts, ModuleFacts
from ..types.entity import Entity
from ..types.paths import Types
from ..types.resolve import Resolver
from ..types.scan import read
from .annotations import SELF, Annotations, split_items
from .plainly import plainly

_PLAIN = {f"builtins.{name}*" for name in ("int", "str", "bool", "float", "bytes")}  # of constants: of no use
_WITHOUT = {
    "typing.Generic", "typing._Generic", "typing.Protocol", "builtins.object", "typing_extensions.Protocol", "typing.TypeVar",
    "typing.ParamSpec", "typing.TypeVarTuple", "typing._SpecialForm", "typing.NewType", "typing._Alias",
}  # fmt: skip
_ABSTRACT = ("typing.", "_typeshed.", "abc.", "builtins.object")  # bases that say too little of what a call gives
# methods that no expression of a user calls, or whose result tells nothing
_UNASKED = {
    f"__{name}__"
    for name in (
        "class_getitem", "new", "eq", "ne", "lt", "le", "gt", "ge", "hash", "replace", "reduce", "reduce_ex", "getnewargs",
        "getnewargs_ex", "getstate", "setstate", "copy", "deepcopy", "init_subclass", "dir", "sizeof", "repr", "str", "format",
        "bool", "index", "float", "int", "complex", "len", "contains", "length_hint", "getformat", "post_init", "buffer",
        "release_buffer", "subclasshook", "instancecheck", "subclasscheck", "prepare", "set_name", "del", "fspath", "sub",
    )
}  # fmt: skip


def skeleton(
    sources: Mapping[str, Source], known: Mapping[str, ModuleFacts], whole: bool = False
) -> dict[str, dict[str, Any]]:
    """The modules of a library: `sources` by dotted name, `known` what it may stand on. `whole` keeps the callables of which
    nothing is known too: somebody will say something of them."""
    modules = [_Module(name, plainly(source, name)) for name, source in sources.items()]
    library = _Library({module.file.path: module for module in modules}, known, whole)
    found = {module.name: library.written(module) for module in modules}
    return {
        name: {key: part for key, part in written.items() if part}
        for name, written in found.items()
        if any(written.values())
    }


@dataclass
class _Module:
    """One file of the library."""

    name: str
    file: Source

    @cached_property
    def facts(self) -> ModuleFacts:
        return read(self.file, calls=False)

    @cached_property
    def annotations(self) -> Annotations:
        return Annotations(Types(self.file), self.name, self.file.tree)

    @property
    def is_stub(self) -> bool:
        return self.file.path.endswith(".pyi")

    @property
    def is_private(self) -> bool:
        return any(part.startswith("_") for part in self.name.split("."))

    @cached_property
    def definitions(self) -> dict[str, list[Function]]:
        """The functions and methods by qualified name, overloads too."""
        found: dict[str, list[Function]] = {}
        for owner, node in _definitions(self.file.tree.body):
            found.setdefault(f"{owner}{node.name}", []).append(node)
        return found


def _definitions(body: list[ast.stmt], owner: str = "") -> Iterator[tuple[str, Function]]:
    for node in statements(body):
        if is_function(node):
            yield owner, node
        elif isinstance(node, ast.ClassDef):
            yield from _definitions(node.body, f"{owner}{node.name}.")


@dataclass
class _Library:
    """All files of a library, and what their type paths end at."""

    modules: Mapping[str, _Module]  # by path
    known: Mapping[str, ModuleFacts]
    whole: bool
    _open: set[tuple[str, str]] = field(default_factory=set)

    @cached_property
    def resolver(self) -> Resolver:
        places = Modules(Project(paths=tuple(self.modules), source_roots=(".",)))
        return Resolver({path: m.facts for path, m in self.modules.items()}, places, table=self.known)

    def written(self, module: _Module) -> dict[str, dict[str, Any]]:
        classes = {name: self.cls(module, name) for name in module.facts.classes if "@" not in name}
        asked = (name for name in module.definitions if name.rpartition(".")[2] not in _UNASKED)
        callables = {name: self.function(module, name) for name in asked}
        return {
            "aliases": {} if module.is_private else dict(self.aliases(module)),
            "classes": classes,
            "callables": {
                name: told for name, told in callables.items() if told or self.whole or self.overrides(module, name)
            },
        }

    # ---- paths -----------------------------------------------------------------------------

    def canonical(self, path: str, file: str) -> str:
        """A type path of a file, written so that it holds everywhere; "" where nothing is known of it."""
        item, path = split_items(path)
        if path.startswith("^"):
            inner = self.canonical(path[1:], file)
            return inner and f"^{inner}"
        if path in ("", SELF):
            return path
        entity = self.resolver.resolve(path, file)
        whole = self.entity(entity) if entity is not None else self.alias(path, file)
        item = self.canonical(item, file) if item and whole else ""
        return f"[{item}]{whole}" if item and not whole.startswith("[") else whole

    def entity(self, entity: Entity) -> str:
        match entity.kind:
            case "manager":
                inner = self.canonical(entity.name, entity.module)
                return inner and f"^{inner}"
            case "module":
                return self.dotted(entity.module)
            case "class" | "function":
                return f"{self.dotted(entity.module)}.{entity.name}" if "@" not in entity.name else ""
            case "instance":
                name = f"{self.dotted(entity.module)}.{entity.name}"
                return "" if "@" in name or name in _WITHOUT else f"{name}()" if entity.exact else f"{name}*"
        return ""

    def dotted(self, module: str) -> str:
        return self.modules[module].name if module in self.modules else module

    def alias(self, path: str, file: str) -> str:
        """What an annotation by the name of a type alias means: `StrPath` is `str | PathLike`."""
        root = path.removesuffix("*")
        if root == path or (path, file) in self._open:
            return ""
        found = self.resolver.exports.find(f":{root[2:]}" if root.startswith("~.") else root, file)
        if len(found) != 1 or found[0].kind != "variable" or found[0].path not in self.modules:
            return ""
        self._open.add((path, file))
        given = self.modules[found[0].path].annotations.alias(found[0].name)
        meaning = self.canonical(given, found[0].path)
        self._open.discard((path, file))
        return meaning

    # ---- names of a module -------------------------------------------------------------------

    def aliases(self, module: _Module) -> Iterator[tuple[str, str]]:
        """What a user of a public module finds there that is defined elsewhere, and the values that it holds."""
        path, facts = module.file.path, module.facts
        for name in sorted(self.resolver.exports.bound(path)):
            if name in facts.classes or name in facts.functions or name.startswith("_"):
                continue
            declared = module.annotations.declared.get(name)
            meaning = self.canonical(declared or f"~.{name}", path)
            foreign = meaning.lstrip("^[").partition(".")[0] != module.name.partition(".")[0]
            if not meaning or not self.passed_on(module, name, foreign):
                continue
            if meaning != f"{module.name}.{name}" and not (meaning in _PLAIN and name.isupper()):
                yield name, meaning

    def passed_on(self, module: _Module, name: str, foreign: bool) -> bool:
        """Whether a module means its users to have what it imports, from another library or from its own."""
        listed = name in (module.facts.table.exported or ())
        if name not in module.facts.table.imports or listed or module.annotations.exported(name):
            return True
        if module.is_stub:
            return False
        package = module.file.path.endswith("/__init__.py")
        return name.endswith(("Error", "Exception")) or (package and not foreign)

    # ---- classes -----------------------------------------------------------------------------

    def cls(self, module: _Module, name: str) -> dict[str, Any]:
        facts, path = module.facts.classes[name], module.file.path
        bases = [
            meaning for base in facts.bases if (meaning := self.canonical(base, path)) and meaning not in _WITHOUT
        ]
        declared = module.annotations.attributes.get(name, {})
        attributes = {}
        for attribute, paths in facts.attributes.items():
            given = declared.get(attribute) or (paths[0] if len(paths) == 1 else "")
            if given and not attribute.startswith("__") and (meaning := self.canonical(given, path)):
                attributes[attribute] = meaning
        if any(base.endswith(("Enum", "Flag")) for base in bases):
            attributes = {}
        return {key: part for key, part in (("bases", bases), ("attributes", attributes)) if part}

    def overrides(self, module: _Module, name: str) -> bool:
        """Whether a method of which nothing is known stands before one of a base class."""
        owner, _, last = name.rpartition(".")
        if not owner or owner not in module.facts.classes:
            return False
        above = self.resolver.mro((module.file.path, owner))[1:]
        return any(last in self.resolver.class_facts(cls).methods for cls in above)

    # ---- functions ---------------------------------------------------------------------------

    def function(self, module: _Module, name: str) -> dict[str, str]:
        nodes = [node for node in module.definitions[name] if not _accessor(node)]
        overloads = [node for node in nodes if any(_last(d) == "overload" for d in node.decorator_list)]
        variants = {facts.line: facts for facts in self.variants(module, name)}
        told = {self.said(module, name, node, variants.get(node.lineno)) for node in overloads or nodes}
        kinds, returns = {kind for kind, _ in told}, {path for _, path in told}
        kind = kinds.pop() if len(kinds) == 1 else "sync"
        result = returns.pop() if len(returns) == 1 else self.common(returns)
        return {key: word for key, word in (("kind", kind), ("returns", result)) if word not in ("", "sync")}

    def common(self, paths: Iterable[str]) -> str:
        """The nearest class that the results of all overloads are: `open` gives an IO."""
        lines: list[list[tuple[str, str]]] = []
        for path in paths:
            entity = self.resolver.resolve(path, next(iter(self.modules))) if path[:1] not in ("", "[", "^") else None
            if entity is None or entity.kind != "instance":
                return ""
            lines.append(self.resolver.mro((entity.module, entity.name)))
        for cls in lines[0] if lines else ():
            name = f"{self.dotted(cls[0])}.{cls[1]}"
            if all(cls in line for line in lines) and (name == "typing.IO" or not name.startswith(_ABSTRACT)):
                return f"{name}*"
        return ""

    @staticmethod
    def variants(module: _Module, name: str) -> tuple[FunctionFacts, ...]:
        owner, _, last = name.rpartition(".")
        if not owner:
            return module.facts.functions.get(name, ())
        return module.facts.classes[owner].methods.get(last, ()) if owner in module.facts.classes else ()

    def said(self, module: _Module, name: str, node: Function, facts: FunctionFacts | None) -> tuple[str, str]:
        """The kind of one definition and what it returns."""
        owner, path = name.rpartition(".")[0], module.file.path
        annotation = module.annotations.result(node, owner)
        kind: str = facts.kind if facts else "async" if isinstance(node, ast.AsyncFunctionDef) else "sync"
        words = {_last(decorator) for decorator in node.decorator_list}
        manager = "asyncmanager" if "asynccontextmanager" in words else "manager" if "contextmanager" in words else ""
        if manager or kind in ("gen", "asyncgen"):
            given = annotation.item or (facts.returns if facts and not node.returns else "")
            return manager or kind, self.canonical(given, path)
        given = annotation.path or (facts.returns if facts and node.returns is None else "")
        if any(word.endswith(("property", "reify", "memoized_attribute")) for word in words):
            kind = "property"
        elif annotation.awaited:
            kind = "async"
        if given == f"~.{owner}()":
            return kind, SELF
        returns = self.canonical(given, path)
        if "[" in returns and owner:  # what an item is, nobody asks of the instance
            returns = returns.replace(SELF, f"{module.name}.{owner}*")
        return self.entered(kind, returns)

    def entered(self, kind: str, returns: str) -> tuple[str, str]:
        """A result that is awaited or entered, and gives the same then, is what it gives: a request of aiohttp."""
        if kind != "sync" or not returns.endswith("*") or returns.startswith(("[", "^")):
            return kind, returns
        entity = self.resolver.resolve(returns, next(iter(self.modules)))
        awaits, enters = (entity and self.resolver.member(entity, name) for name in ("__await__", "__aenter__"))
        if awaits is None or enters is None or awaits.kind != "function" or enters.kind != "function":
            return kind, returns
        file = enters.module
        given = (
            self.canonical(enters.variants[0].returns, file) if file in self.modules else enters.variants[0].returns
        )
        return kind, f"^{given}" if given and given != SELF else returns


def _accessor(node: Function) -> bool:
    """Whether a definition is the setter, or the like, of a property."""
    return any(
        isinstance(d, ast.Attribute) and d.attr in ("setter", "deleter", "getter") for d in node.decorator_list
    )


def _last(node: ast.expr) -> str:
    """The last name of a decorator."""
    match node:
        case ast.Call(func=func):
            return _last(func)
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""
