"""Write the new types of a clause, with a LibCST transformer over its header."""

from __future__ import annotations

import ast
from collections.abc import Sequence

import libcst as cst

from ..engine.names import Names, is_stdlib
from ..engine.regions import Rewriter, rewrite_clause, rewrite_expression
from ..engine.source import Source
from ..engine.values import Edit, Import
from ..facts.exceptions.broad import Broad
from .verdict import Named

# what says nothing without the module that it is of
_VAGUE = {
    "error", "Error", "Empty", "Full", "timeout", "Timeout", "Abort", "Warning", "Incomplete", "ConnectionError",
}  # fmt: skip


class Unnamed(Exception):
    """A class that cannot be named in this place: the reason."""


class Header(Rewriter):
    """Give `except` clauses these types, or `suppress` these arguments."""

    def __init__(self, types: Sequence[str]) -> None:
        super().__init__()
        self.types = [cst.parse_expression(text) for text in types]

    def leave_ExceptHandler(
        self, original_node: cst.ExceptHandler, updated_node: cst.ExceptHandler
    ) -> cst.ExceptHandler:
        old = updated_node.type
        new: cst.BaseExpression = cst.Tuple([cst.Element(each) for each in self.types])
        if len(self.types) == 1:
            new = self.types[0]
            if isinstance(old, cst.Name | cst.Attribute):
                new = new.with_changes(lpar=old.lpar, rpar=old.rpar)
        space = updated_node.whitespace_after_except
        if old is None or not space.value:
            space = cst.SimpleWhitespace(" ")
        return updated_node.with_changes(type=new, whitespace_after_except=space)

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.Call:
        return updated_node.with_changes(args=[cst.Arg(each) for each in self.types])


def edits(file: Source, clause: Broad, texts: Sequence[str]) -> tuple[Edit, ...]:
    """The edits that give a clause these types."""
    if isinstance(clause.node, ast.ExceptHandler):
        return rewrite_clause(file, clause.node, Header(texts))
    return rewrite_expression(file, clause.node, Header(texts))


def texts(
    file: Source, clause: Broad, names: Sequence[Named], stays: Sequence[int]
) -> tuple[list[str], tuple[Import, ...]]:
    """How the types are written at a clause, builtins first, and the imports that this needs; `stays` are those of the types
    beside which stay. Raises Unnamed."""
    found = [text_of(file, clause.node, named, clause.statement.lineno) for named in names]
    own = [text for named, (text, _) in zip(names, found, strict=True) if named.dotted.startswith("builtins.")]
    others = [text for text, _ in found if text not in own]
    meaning = file.once(Names).meaning
    for each in (clause.beside[at] for at in stays):
        (own if meaning(each).startswith("builtins.") else others).append(file.segment(each))
    return list(dict.fromkeys([*sorted(own), *sorted(others, key=lambda text: ("." in text, text))])), tuple(
        dict.fromkeys(each for _, requires in found for each in requires)
    )


def text_of(file: Source, at: ast.AST, named: Named, before: int) -> tuple[str, tuple[Import, ...]]:
    """How one type is written in the place of a node, given what is imported above a line. Raises Unnamed."""
    names = file.once(Names)
    scope = names.scope(at)
    if named.written:
        root = named.written.partition(".")[0]
        home = scope.find(root)
        if home is not None and home[0] is names.module and all(b.guard != "typing" for b in home[1]):
            return named.written, ()
        raise Unnamed(f"the name {root} means something else here, or only type checkers see it")
    if named.barred:
        raise Unnamed(named.barred)
    if named.dotted.startswith("builtins."):
        return _builtin(names, at, named, before)
    for dotted in named.also:
        if (known := names.reference(dotted, at=at, before=before)) is not None:
            return known.text, known.requires
    top = named.module.partition(".")[0]
    last = named.dotted.rpartition(".")[2]
    one, whole = Import(named.module, last), Import(named.module)
    single = _from_any(names) if named.own else _from(names, named.module) and last not in _VAGUE
    ways = [one, whole] if single else [whole, one]
    if named.module.startswith("."):
        ways = [one]  # no statement imports a relative module whole
    if named.own and _guarded(names, named.module):
        raise Unnamed(f"{last} stands in {named.module}, which is not imported where that fails")
    installed = named.own or ((named.installed or is_stdlib(top)) and not _imports(names, top, sure=False))
    if not (installed or named.dotted.startswith(":") or _imports(names, top, sure=True)):
        ways = []
    reference = names.reference(named.dotted, *ways, at=at, before=before)
    if reference is None:
        taken = "cannot be named here: the name is taken"
        why = taken if ways else "is not imported here, and may not be installed"
        raise Unnamed(f"{named.dotted.removeprefix(':')} {why}")
    return reference.text, reference.requires


def _builtin(names: Names, at: ast.AST, named: Named, before: int) -> tuple[str, tuple[Import, ...]]:
    """A builtin by its name, or through `builtins` where that is taken."""
    dotted, name, scope = named.dotted, named.dotted.removeprefix("builtins."), names.scope(at)
    if not named.taken and (scope.find(name) is None or names.named(name, scope) == dotted):
        return name, ()
    reference = names.reference(dotted, Import("builtins"), at=at, before=before)
    if reference is None:
        raise Unnamed(f"the name {name} means something else here")
    return reference.text, reference.requires


def _from(names: Names, module: str) -> bool:
    """Whether the file takes names out of a module, and never the module itself."""
    sources = [source for source, name in names.imports.values() if name]
    whole = [source for source, name in names.imports.values() if not name]
    return module in sources and module not in whole


def _from_any(names: Names) -> bool:
    """Whether the file takes names out of modules at all, beside those of the standard library."""
    sources = {source: name for source, name in names.imports.values() if not is_stdlib(source)}
    return any(sources.values()) or not sources


def _guarded(names: Names, module: str) -> bool:
    """Whether the file imports a module, or out of it, only where another import may take its place."""
    found = [
        b.guard
        for bindings in names.module.names.values()
        for b in bindings
        if b.kind == "import"
        and b.guard != "typing"
        and (b.dotted == module or b.dotted.rpartition(".")[0] == module)
    ]
    return bool(found) and all(found)


def _imports(names: Names, top: str, sure: bool) -> bool:
    """Whether the module imports a library without any condition, or with one."""
    return any(
        b.kind == "import" and b.guard != "typing" and bool(b.guard) is not sure and b.dotted.partition(".")[0] == top
        for bindings in names.module.names.values()
        for b in bindings
    )
