"""Find the texts that hooks, plugins and fixtures compare with names of fixtures, and what cannot be followed.

`asked_names.py` says which expressions hold such names. Here each meeting of one with something else is looked
at: `"db" in item.fixturenames`, `n == "db"`, `STORES & set(names)`, `ORDER.get(n)`, `case "db":`. A text OLD that
only ever meets names is renamed; one that also goes elsewhere, meets a part of a name or comes from where it
cannot be seen stops the change. A test that OLD and NEW pass alike (`n.startswith("db")`) says nothing.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from ..engine.names import Names
from ..engine.source import Source, is_function
from .asked_names import NAME, NAMES, WORTH, AskedNames, units
from .hook_texts import COPIES, NO_NAME, Texts, Variable

_EXACT = frozenset(
    [
        "__contains__",
        "__eq__",
        "__ne__",
        "count",
        "index",
        "get",
        "pop",
        "remove",
        "append",
        "insert",
        "extend",
        "update",
        "add",
        "discard",
        "intersection",
        "isdisjoint",
        "issubset",
        "issuperset",
        "union",
        "difference",
        "symmetric_difference",
        "setdefault",
        "intersection_update",
        "difference_update",
    ]
)
_HARMLESS = frozenset(
    [
        "len",
        "bool",
        "any",
        "all",
        "isinstance",
        "sum",
        "print",
        "id",
        "hash",
        "hasattr",
        "type",
        "zip",
        "enumerate",
        "filter",
        "map",
        "getattr",
    ]
)

Differs = Callable[[str], bool]  # whether a text makes another thing of OLD than of NEW


@dataclass
class Asks:
    """What one file asks. Lines and reasons of `blocks` stop the change where they reach it."""

    texts: dict[ast.Constant, ast.AST] = field(
        default_factory=dict
    )  # text that is renamed → its function or statement
    blocks: list[tuple[int, str, str]] = field(default_factory=list)
    computed: list[int] = field(default_factory=list)  # lines where names meet texts that are not seen
    told: frozenset[str] = frozenset()  # words under which other files may get names from this one
    asking: list[tuple[int, tuple[str, ...]]] = field(
        default_factory=list
    )  # lines where OLD meets such words, perhaps
    foreign: list[tuple[int, str]] = field(
        default_factory=list
    )  # lines where names meet a constant of another module
    held: list[tuple[int, str]] = field(default_factory=list)  # module constants whose text is renamed
    wraps: list[tuple[int, str]] = field(default_factory=list)  # decorators that look OLD up among a test's arguments


def find_asks(file: Source, names: Names, old: str, new: str) -> Asks:
    """What the file asks of the names of fixtures."""
    worth = WORTH.search(file.text) is not None
    said = re.search(rf"(['\"]){re.escape(old)}\1", file.text) is not None
    if not (worth or said):
        return Asks()
    finder = _Finder(names, AskedNames(names, list(units(file.tree.body)), worth), old, new)
    if worth:
        finder.meetings()
    if said:
        finder.unknown_meetings()
        finder.wrappers()
    return finder.asks


class _Finder:
    def __init__(self, names: Names, asked: AskedNames, old: str, new: str) -> None:
        self.names, self.asked, self.old, self.new = names, asked, old, new
        self.asks = Asks()
        self.met: set[ast.AST] = set()  # comparisons with names
        self.claims: dict[Variable, list[tuple[ast.Constant, int]]] = {}
        self.word = re.compile(rf"(?<!\w){re.escape(old)}(?!\w)")
        self.texts = Texts(names, asked)

    def meetings(self) -> None:
        for unit, nodes in self.asked.nodes.items():
            self.asked.unit = unit
            for node in nodes:
                self._meeting(node)
        self._check_variables()
        self.asks.told = self.asked.told | self.texts.parameters

    # ---- where names meet something ----------------------------------------------------------

    def _meeting(self, node: ast.AST) -> None:
        kind = self.asked.kind
        match node:
            case ast.Compare(left=left, ops=ops, comparators=others):
                for a, op, b in zip([left, *others], ops, others, strict=False):
                    if bool(kind(a)) != bool(kind(b)):
                        self.met.add(node)
                        self._compared(a, op, b)
            case ast.BinOp(left=left, right=right) if bool(kind(left)) != bool(kind(right)):
                self._judge(left if not kind(left) else right, self._by(kind(left) or kind(right)))
            case ast.Subscript(value=value, slice=index) if bool(kind(value)) != bool(kind(index)):
                if kind(index):
                    self._judge(value, self._by(kind(index)))
                elif kind(value) == NAMES and not isinstance(index, ast.Slice):
                    self._judge(index, None)
            case ast.Call():
                self._call(node)
            case ast.List(elts=parts) | ast.Tuple(elts=parts) | ast.Set(elts=parts) | ast.BoolOp(values=parts) if (
                found := kind(node)
            ):  # a text beside names is one of them from here on
                for part in parts:
                    if not kind(part):
                        self._judge(part, self._by(found))
            case ast.IfExp(body=body, orelse=orelse) if bool(kind(body)) != bool(kind(orelse)):
                self._judge(orelse if kind(body) else body, self._by(kind(node)))
            case ast.Match(subject=subject, cases=cases) if kind(subject):
                for pattern in (p for case in cases for p in ast.walk(case.pattern)):
                    if isinstance(pattern, ast.MatchValue):
                        self._judge(pattern.value, self._by(kind(subject)))
            case (
                ast.Assign(
                    targets=[ast.Attribute(attr="fixturenames" | "names_closure" | "initialnames")], value=value
                )
                | ast.AugAssign(
                    target=ast.Attribute(attr="fixturenames" | "names_closure" | "initialnames"), value=value
                )
            ):
                parts = value.elts if isinstance(value, ast.List | ast.Tuple | ast.Set) else [value]
                for part in parts:
                    if not kind(part):
                        self._judge(part, None)

    def _by(self, kind: str) -> Differs | None:
        """None where a text is equal to a name or not; what meets a part of one may mean anything."""
        return None if kind in (NAME, NAMES) else self._related

    def _related(self, text: str) -> bool:
        return bool(text) and (text in self.old or text in self.new or self.old in text)

    def _between(self, test: Callable[[str, str], bool]) -> Differs:
        return lambda text: test(text, self.old) != test(text, self.new)

    def _compared(self, left: ast.expr, op: ast.cmpop, right: ast.expr) -> None:
        text, asked = (right, left) if self.asked.kind(left) else (left, right)
        kind = self.asked.kind(asked)
        differs = self._by(kind)
        if kind == NAME and isinstance(op, ast.In | ast.NotIn):
            if asked is right:  # "db" in name
                differs = self._between(lambda text, name: text in name)
            elif self.texts.reach(text).pattern:  # name in "db cache"
                differs = self._between(lambda text, name: name in text)
        self._judge(text, differs)

    def _call(self, node: ast.Call) -> None:
        kind = self.asked.kind
        word = getattr(node.func, "attr", "") or getattr(node.func, "id", "")
        given = [*node.args, *(k.value for k in node.keywords)]
        asked = [a for a in given if kind(a)]
        others = [a for a in given if not kind(a) and not isinstance(a, ast.Lambda)]
        receiver = node.func.value if isinstance(node.func, ast.Attribute) else None
        if receiver is not None and kind(receiver):
            self._method(word, kind(receiver), others)
        elif not asked or word in NO_NAME:
            return
        elif word in _HARMLESS | COPIES or word == "chain":
            for other in others:
                if isinstance(other, ast.Attribute) and other.attr in _EXACT:  # filter(STORES.__contains__, names)
                    self._judge(other.value, None)
                elif word == "chain" or (word in COPIES and receiver is None):
                    self._judge(other, self._by(kind(asked[0])))
        elif receiver is not None and word in ("match", "search", "fullmatch", "fnmatch", "fnmatchcase"):
            module = ast.unparse(receiver) in ("re", "regex", "fnmatch") or self.names.dotted(receiver) in (
                "re",
                "fnmatch",
            )
            for part in others if module else [*others, receiver]:
                self._judge(part, self._between(_matches(word)))
        elif receiver is not None and word in _EXACT:
            self._judge(receiver, self._by(kind(asked[0])))
            for other in others if word not in ("get", "setdefault", "pop") else ():
                self._judge(other, self._by(kind(asked[0])))
        elif receiver is not None and word in ("startswith", "endswith"):  # "db_x".startswith(name)
            self._judge(receiver, self._between(lambda text, name: getattr(text, word)(name) is True))
        elif word not in self.asked.functions:
            for other in others:
                self._judge(other, lambda text: text == self.old)

    def _method(self, word: str, kind: str, others: list[ast.expr]) -> None:
        for other in others:
            if isinstance(other, ast.Attribute) and other.attr in _EXACT:  # names.sort(key=ORDER.index)
                self._judge(other.value, None)
        differs: Differs | None = None
        if kind == NAME and word in ("startswith", "endswith"):
            differs = self._between(lambda text, name: getattr(name, word)(text) is True)
        elif kind == NAME and word in ("__contains__", "count", "index", "find", "rfind", "rindex"):
            differs = self._between(lambda text, name: text in name)
        elif kind not in (NAME, NAMES) and word in _EXACT | {"startswith", "endswith"}:
            differs = self._related
        elif not (word in _EXACT and kind in (NAME, NAMES)):
            return  # what comes of it is looked at where it is compared
        for other in others[:1] if word in ("get", "pop", "setdefault") else others:
            self._judge(other, differs)

    # ---- judge one text ----------------------------------------------------------------------

    def _judge(self, node: ast.expr, differs: Differs | None) -> None:
        """What a text that meets names means: without `differs`, it is equal to a name or not."""
        reach = self.texts.reach(node)
        line = node.lineno
        self.asks.foreign += [(line, dotted) for dotted in reach.foreign]
        if reach.unknown:
            self.asks.computed.append(line)
        for text in reach.texts:
            value = str(text.value)
            if differs is not None:
                if differs(value):
                    self._block(line, f"what it makes of a fixture's name may be different for {self.new!r}")
            elif value == self.new:
                self.asks.blocks.append((line, "F21-introspect", f"it asks for a fixture {self.new!r} already"))
            elif value == self.old and reach.exact:
                self.asks.texts[text] = self.asked.unit
                for variable in reach.through:
                    self.claims.setdefault(variable, []).append((text, line))
            elif self.word.search(value) and not reach.exact:
                self._block(line, f"a text {value!r} meets the names of fixtures in a way that is not followed")

    def _block(self, line: int, reason: str) -> None:
        self.asks.blocks.append((line, "F14-dynamic", reason))

    def _check_variables(self) -> None:
        """A text that a variable holds may be renamed only where the variable is used for nothing else."""
        for (unit, name), found in self.claims.items():
            nodes = [unit] if unit is not None else list(self.asked.nodes)
            loads = (n for each in nodes for n in self.asked.nodes[each] if isinstance(n, ast.Name) and n.id == name)
            loads = (n for n in loads if isinstance(n.ctx, ast.Load) and n not in self.texts.consumed)
            if other := next(loads, None):
                for text, line in found:
                    self.asks.texts.pop(text, None)
                    self._block(
                        line, f"{name!r} meets the names of fixtures, and line {other.lineno} uses it otherwise"
                    )
            elif unit is None:
                self.asks.held.append((found[0][1], name))

    # ---- where OLD meets what may hold names of another file -----------------------------------

    def unknown_meetings(self) -> None:
        for unit, nodes in self.asked.nodes.items():
            function = unit.name if is_function(unit) else ""
            for node in nodes:
                words: set[str] = set()
                if isinstance(node, ast.Compare) and node not in self.met:
                    sides = [node.left, *node.comparators]
                    texts = [s for s in sides if self._says_old(s)]
                    words = {w for s in sides if texts and s not in texts for w in self._words(s, function)}
                elif isinstance(node, ast.Call):
                    given = [*node.args, *(k.value for k in node.keywords)]
                    word = self.names.dotted(node.func).rpartition(".")[2].lstrip(":")
                    functions = [a for a in given if isinstance(a, ast.Name | ast.Attribute)]  # partial(has, "db")
                    handed = {self.names.dotted(a).rpartition(".")[2].lstrip(":") for a in functions}
                    words = (
                        {f"{w}(" for w in {word, *handed} if w} if any(self._says_old(a) for a in given) else set()
                    )
                if words and isinstance(node, ast.expr):
                    self.asks.asking.append((node.lineno, tuple(sorted(words))))

    def wrappers(self) -> None:
        """`kwargs["db"]` in a function that a function of the module gives back: a decorator, perhaps of tests."""
        for unit, nodes in self.asked.nodes.items():
            inner = [n for n in nodes if is_function(n) and n is not unit and n.args.kwarg is not None]
            for name in {n.args.kwarg.arg for n in inner if n.args.kwarg} if is_function(unit) else ():
                for node in nodes:
                    parts = (
                        list(ast.iter_child_nodes(node))
                        if isinstance(node, ast.Subscript | ast.Compare | ast.Call)
                        else []
                    )
                    texts = any(isinstance(p, ast.expr) and self._says_old(p) for p in parts)
                    if texts and any(isinstance(n, ast.Name) and n.id == name for p in parts for n in ast.walk(p)):
                        self.asks.wraps.append((node.lineno, unit.name))  # type: ignore[attr-defined]

    def _says_old(self, node: ast.expr) -> bool:
        node = self.names.followed(node.value if isinstance(node, ast.Starred) else node)
        return any(isinstance(n, ast.Constant) and n.value == self.old for n in ast.walk(node))

    def _words(self, node: ast.expr, function: str) -> Iterator[str]:
        for each in ast.walk(node):
            if isinstance(each, ast.Attribute):
                yield each.attr
            elif isinstance(each, ast.Name):
                yield self.names.dotted(each).rpartition(".")[2].lstrip(":")
        if function:
            yield f"{function}("


def _matches(word: str) -> Callable[[str, str], bool]:
    def test(text: str, name: str) -> bool:
        if word.startswith("fnmatch"):
            return fnmatchcase(name, text)
        try:
            return bool(getattr(re, word)(text, name))
        except re.error:
            return text in name

    return test
