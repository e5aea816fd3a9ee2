"""What annotations of a library say, down to the items of containers.

A type path here may have the path of its items in front: `[E]C` is a C whose items (`c[i]`, and for anything but a mapping
what iteration gives) are E.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from ...engine.source import Function, is_function, statements
from ..types.paths import Types

SELF = "typing.Self*"
_HOMES = ("typing.", "typing_extensions.", "collections.abc.", "_collections_abc.", "collections.", "builtins.", "contextlib.", "asyncio.", "types.", "_typeshed.", "_asyncio.", "asyncio.futures.", "asyncio.tasks.")  # fmt: skip
_COMPATIBLE = {"typing", "_typing", "compat", "_compat"}  # a library's own module that hands on what typing has
_PLAIN = {"List": "list", "Dict": "dict", "Set": "set", "FrozenSet": "frozenset", "Tuple": "tuple", "Type": "type"}
_BUILTIN = {"list", "dict", "set", "frozenset", "tuple"}
_MAPPINGS = {"Mapping", "MutableMapping", "dict", "OrderedDict", "defaultdict", "ChainMap", "ItemsView"}
_ITERATED = {
    "Sequence", "MutableSequence", "Iterable", "Iterator", "Generator", "AsyncIterable", "AsyncIterator", "AsyncGenerator",
    "Collection", "AbstractSet", "Set", "MutableSet", "KeysView", "deque", "list", "set", "frozenset", "Reversible",
}  # fmt: skip
_WRAPPERS = {"Annotated", "ClassVar", "Final", "Required", "NotRequired", "ReadOnly", "Optional", "TypeGuard"}
_AWAITED = {"Awaitable", "Coroutine", "Future", "Task", "CoroutineType"}
_MANAGERS = {"AsyncContextManager", "ContextManager", "AbstractAsyncContextManager", "AbstractContextManager"}
_NOTHING = {"Any", "object", "None", "NoReturn", "Never", "Callable", "Unpack", "Incomplete", "type"}


class Result(NamedTuple):
    """What a return annotation says: a type path, whether the call is awaited for it, what iteration of it gives."""

    path: str = ""
    awaited: bool = False
    item: str = ""


def split_items(path: str) -> tuple[str, str]:
    """The path of the items and that of the container; of any other path "" and itself."""
    if not path.startswith("["):
        return "", path
    depth = 0
    for at, letter in enumerate(path):
        depth += (letter == "[") - (letter == "]")
        if not depth:
            return path[1:at], path[at + 1 :]
    return "", ""


class Annotations:
    """The annotations of one module; its paths are those of `types/paths.py`, with items."""

    def __init__(self, types: Types, module: str, tree: ast.Module) -> None:
        self.types = types
        self.module = module
        self.tree = tree

    # ---- one annotation ------------------------------------------------------------------------

    def path(self, node: ast.expr | None, owner: str = "") -> str:
        """The type path of a value declared with an annotation, "" where it says no one class."""
        match node:
            case ast.BinOp(op=ast.BitOr(), left=left, right=right):
                return self._one([left, right], owner)
            case ast.Subscript(value=value, slice=index):
                return self._subscript(value, [*index.elts] if isinstance(index, ast.Tuple) else [index], owner)
            case ast.Name() | ast.Attribute():
                dotted, home = self._name(node, owner)
                if not dotted or home in _NOTHING:
                    return ""
                if home == "Self":
                    return SELF
                if home in ("LiteralString", "AnyStr", "Text"):
                    return "builtins.str*" if home != "AnyStr" else ""
                plain = _PLAIN.get(home, "")
                return f"builtins.{plain}*" if plain else f"{dotted}*"
        return ""

    def _name(self, node: ast.expr, owner: str) -> tuple[str, str]:
        """(type path, name in typing or builtins or "") of what an annotation names."""
        local = {name: f"~.{full}" for name, full in self._inner.get(owner, {}).items()}
        dotted = self.types.expression(node, local)
        absolute = f"{self.module}.{dotted[2:]}" if dotted.startswith("~.") else dotted
        module, _, name = absolute.rpartition(".")
        known = f"{module}." in _HOMES or module.rpartition(".")[2] in _COMPATIBLE
        return dotted, name if known else ""

    def _one(self, members: list[ast.expr], owner: str) -> str:
        """What all members of a union are, None aside, and Any, which stubs write for what is None at times."""
        nothing = {"None", "Any", "MaybeNone"}
        found = {self.path(m, owner) for m in members if ast.unparse(m).rpartition(".")[2] not in nothing}
        if len(found) > 1 and len({split_items(path)[1] for path in found}) == 1:
            return split_items(found.pop())[1]
        return found.pop() if len(found) == 1 else ""

    def _subscript(self, value: ast.expr, arguments: list[ast.expr], owner: str) -> str:
        dotted, home = self._name(value, owner)
        if not arguments:  # tuple[()]
            return f"{dotted}*" if dotted else ""
        first, last = arguments[0], arguments[-1]
        if home == "Union":
            return self._one(arguments, owner)
        if home in _WRAPPERS:
            return self.path(first, owner)
        if home == "Literal":
            return _literal(arguments)
        if home in ("type", "Type"):
            return self.path(first, owner).removesuffix("*")
        if home in _MANAGERS:
            inner = self.path(first, owner)
            return inner and f"^{inner}"
        if home in _AWAITED:
            return self.path(first if home != "Coroutine" else last, owner)
        if not dotted or home in _NOTHING:
            return ""
        plain = _PLAIN.get(home, home if home in _BUILTIN else "")
        whole = f"builtins.{plain}*" if plain else f"{dotted}*"
        item = self._item(plain or home, arguments, owner)
        return f"[{item}]{whole}" if item else whole

    def _item(self, home: str, arguments: list[ast.expr], owner: str) -> str:
        if home in _MAPPINGS:
            return self.path(arguments[-1], owner) if len(arguments) == 2 else ""
        if home == "tuple":
            return self._one([a for a in arguments if not (isinstance(a, ast.Constant) and a.value is ...)], owner)
        return self.path(arguments[0], owner) if home in _ITERATED else ""

    def result(self, node: Function, owner: str = "") -> Result:
        """What the return annotation of a definition says."""
        given = node.returns
        first = next(iter([*node.args.posonlyargs, *node.args.args]), None)
        if owner and first is not None and first.annotation is not None and given is not None:
            own = ast.unparse(first.annotation)
            if ast.unparse(given) == own and self._is_variable(own):
                return Result(SELF)
        if given is None:
            return Result()
        inner = given.value if isinstance(given, ast.Subscript) else given
        home = self._name(inner, owner)[1] if isinstance(inner, ast.Name | ast.Attribute) else ""
        path = self.path(given, owner)
        return Result("" if home in _AWAITED and inner is given else path, home in _AWAITED, split_items(path)[0])

    # ---- what the module declares ----------------------------------------------------------------

    @cached_property
    def _inner(self) -> dict[str, dict[str, str]]:
        """The classes that stand in a class, by its name."""
        found: dict[str, dict[str, str]] = {}
        for owner, node in _classes(self.tree.body):
            inner = {
                c.name: f"{owner}{node.name}.{c.name}" for c in statements(node.body) if isinstance(c, ast.ClassDef)
            }
            found[f"{owner}{node.name}"] = inner
        return found

    @cached_property
    def _values(self) -> dict[str, ast.expr]:
        """What the names of the module are set to, type aliases among them."""
        found: dict[str, ast.expr] = {}
        for node in statements(self.tree.body):
            match node:
                case ast.Assign(targets=[ast.Name(id=name)], value=value):
                    found[name] = value
                case ast.AnnAssign(target=ast.Name(id=name), annotation=annotation, value=ast.expr() as value):
                    if ast.unparse(annotation).endswith("TypeAlias"):
                        found[name] = value
        return found

    def _is_variable(self, name: str) -> bool:
        """Whether a name is a type variable."""
        if name in ("Self", "_Self"):
            return True
        value = self._values.get(name)
        return isinstance(value, ast.Call) and ast.unparse(value.func).endswith("TypeVar")

    def alias(self, name: str) -> str:
        """What an alias for a type means."""
        value = self._values.get(name)
        return self.path(value) if isinstance(value, ast.Subscript | ast.BinOp | ast.Name | ast.Attribute) else ""

    @cached_property
    def declared(self) -> dict[str, str]:
        """The module's values that are declared with a type."""
        return {
            node.target.id: path
            for node in statements(self.tree.body)
            if isinstance(node, ast.AnnAssign)
            and isinstance(node.target, ast.Name)
            and (path := self.path(node.annotation))
        }

    @cached_property
    def _exported(self) -> frozenset[str]:
        return frozenset(
            alias.name
            for node in statements(self.tree.body)
            if isinstance(node, ast.Import | ast.ImportFrom)
            for alias in node.names
            if alias.asname == alias.name
        )

    def exported(self, name: str) -> bool:
        """Whether a module means to hand on what it imports: `import x as x`."""
        return name in self._exported

    @cached_property
    def attributes(self) -> dict[str, dict[str, str]]:
        """The attributes that classes declare with a type, in their body or in a method."""
        found: dict[str, dict[str, str]] = {}
        for owner, node in _classes(self.tree.body):
            name = f"{owner}{node.name}"
            mine = found.setdefault(name, {})
            for inner in node.body:
                first = next(iter(inner.args.args), None) if is_function(inner) else None
                for each in statements(inner.body) if is_function(inner) else statements([inner]):
                    match each:
                        case ast.AnnAssign(target=ast.Name(id=attribute), annotation=annotation) if inner is each:
                            mine[attribute] = self.path(annotation, name)
                        case ast.AnnAssign(
                            target=ast.Attribute(value=ast.Name(id=base), attr=attribute), annotation=annotation
                        ):
                            if first is not None and base == first.arg:
                                mine[attribute] = self.path(annotation, name)
        return found


def _classes(body: list[ast.stmt], owner: str = "") -> Iterator[tuple[str, ast.ClassDef]]:
    for node in statements(body):
        if isinstance(node, ast.ClassDef):
            yield owner, node
            yield from _classes(node.body, f"{owner}{node.name}.")


def _literal(arguments: list[ast.expr]) -> str:
    """The class of all values that a Literal lists."""
    found = {type(a.value) for a in arguments if isinstance(a, ast.Constant) and a.value is not None}
    return f"builtins.{found.pop().__name__}*" if len(found) == 1 else ""
