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
from fnmatch import fnmatchcase

from ..engine.names import Names, last_name
from ..engine.parsing import whole_words
from ..engine.source import Function, Source, is_function
from ..facts.suite.texts import COPIES, NO_NAME, Texts, Variable
from .asked_names import NAME, NAMES, PLAIN, SET_METHODS, VALUES, WORTH, AskedNames
from .values import File, quotes, says

# what says of two texts whether they are equal, and no more
_EXACT = (VALUES | SET_METHODS | {"pop", "setdefault", "intersection_update", "difference_update"}) - {"sort"} | {
    f"__{operator}__" for operator in ("contains", "eq", "ne")
}
_HARMLESS = PLAIN - {"callable"} | {"zip", "enumerate", "filter", "map", "getattr"}
_NAME_ATTRIBUTES = ("fixturenames", "names_closure", "initialnames")

Differs = Callable[[str], bool]  # whether a text makes another thing of OLD than of NEW


def find_asks(file: Source, names: Names, old: str, new: str, found: File) -> dict[ast.Constant, ast.AST]:
    """Add what the file asks of the names of fixtures. Gives the texts that are renamed, each with the function or
    statement that it stands in."""
    worth, said = WORTH.search(file.text) is not None, quotes(file, old)
    if not (worth or said):
        return {}
    finder = _Finder(names, AskedNames(names, worth), old, new, found)
    finder.run(worth, said)
    return finder.renamed


class _Finder:
    def __init__(self, names: Names, asked: AskedNames, old: str, new: str, found: File) -> None:
        self.names, self.asked, self.old, self.new, self.found = names, asked, old, new, found
        self.renamed: dict[ast.Constant, ast.AST] = {}
        self.met: set[ast.AST] = set()  # comparisons with names
        self.claims: dict[Variable, list[tuple[ast.Constant, int]]] = {}
        self.word = whole_words((old,))
        self.texts = Texts(names)

    def run(self, worth: bool, said: bool) -> None:
        """Go through the file: `worth` it may hold names of fixtures, `said` the text OLD."""
        for unit, nodes in self.asked.nodes.items():
            self.asked.unit = unit
            for node in nodes if worth else ():
                self._meeting(node)
            for node in nodes if said else ():
                self._unknown_meeting(node, {f"{unit.name}("} if is_function(unit) else set())
            if said and is_function(unit):
                self._wrapper(unit, nodes)
        if worth:
            self._check_variables()
            self.found.told = self.asked.told | self.texts.parameters

    # ---- where names meet something ----------------------------------------------------------

    def _meeting(self, node: ast.AST) -> None:
        kind = self.asked.kind
        match node:
            case ast.Compare(left=left, ops=ops, comparators=others):
                for a, op, b in zip([left, *others], ops, others, strict=False):
                    if bool(kind(a)) != bool(kind(b)):
                        self.met.add(node)
                        self._compared(a, op, b)
            case ast.BinOp(left=left, right=right):
                self._beside([left, right], kind(left) or kind(right))
            case ast.Subscript(value=value, slice=index) if bool(kind(value)) != bool(kind(index)):
                if kind(index):
                    self._judge(value, self._by(kind(index)))
                elif kind(value) == NAMES and not isinstance(index, ast.Slice):
                    self._judge(index, None)
            case ast.Call():
                self._call(node)
            case ast.List(elts=parts) | ast.Tuple(elts=parts) | ast.Set(elts=parts) | ast.BoolOp(values=parts):
                self._beside(parts, kind(node))
            case ast.IfExp(body=body, orelse=orelse):
                self._beside([body, orelse], kind(node))
            case ast.Match(subject=subject, cases=cases) if kind(subject):
                for pattern in (p for case in cases for p in ast.walk(case.pattern)):
                    if isinstance(pattern, ast.MatchValue):
                        self._judge(pattern.value, self._by(kind(subject)))
            case (
                ast.Assign(targets=[ast.Attribute(attr=attr)], value=value)
                | ast.AugAssign(target=ast.Attribute(attr=attr), value=value)
            ) if attr in _NAME_ATTRIBUTES:
                self._beside(value.elts if isinstance(value, ast.List | ast.Tuple | ast.Set) else [value], NAMES)

    def _beside(self, parts: list[ast.expr], kind: str) -> None:
        """A text beside names is one of them from here on."""
        for part in parts if kind else ():
            if not self.asked.kind(part):
                self._judge(part, self._by(kind))

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
        word = last_name(node.func)
        given = [*node.args, *(k.value for k in node.keywords)]
        asked = [a for a in given if kind(a)]
        others = [a for a in given if not kind(a) and not isinstance(a, ast.Lambda)]
        receiver = node.func.value if isinstance(node.func, ast.Attribute) else None
        if receiver is not None and kind(receiver):
            self._method(word, kind(receiver), others)
        elif not asked or NO_NAME.fullmatch(word):
            return
        elif word in _HARMLESS | COPIES or word == "chain":
            for other in others:
                if isinstance(other, ast.Attribute) and other.attr in _EXACT:  # filter(STORES.__contains__, names)
                    self._judge(other.value, None)
                elif word == "chain" or (word in COPIES and receiver is None):
                    self._judge(other, self._by(kind(asked[0])))
        elif receiver is not None and word in ("match", "search", "fullmatch", "fnmatch", "fnmatchcase"):
            module = self.names.dotted(receiver).lstrip(":") in ("re", "regex", "fnmatch")
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
        self.found.elsewhere += [("constant", line, dotted) for dotted in reach.foreign]
        self.found.computed += [(line, "")] if reach.unknown else []
        for text in reach.texts:
            value = str(text.value)
            if differs is not None:
                if differs(value):
                    self._block(line, f"what it makes of a fixture's name may be different for {self.new!r}")
            elif value == self.new:
                self.found.blocks.append((line, "F21-introspect", f"it asks for a fixture {self.new!r} already"))
            elif value == self.old and reach.exact:
                self.renamed[text] = self.asked.unit
                for variable in reach.through:
                    self.claims.setdefault(variable, []).append((text, line))
            elif self.word.search(value) and not reach.exact:
                self._block(line, f"a text {value!r} meets the names of fixtures in a way that is not followed")

    def _block(self, line: int, reason: str) -> None:
        self.found.blocks.append((line, "F14-dynamic", reason))

    def _check_variables(self) -> None:
        """A text that a variable holds may be renamed only where the variable is used for nothing else."""
        for (home, name), found in self.claims.items():
            loads = (n for n in ast.walk(home.node) if isinstance(n, ast.Name) and n.id == name)
            loads = (n for n in loads if isinstance(n.ctx, ast.Load) and n not in self.texts.consumed)
            if other := next(loads, None):
                for text, line in found:
                    self.renamed.pop(text, None)
                    self._block(
                        line, f"{name!r} meets the names of fixtures, and line {other.lineno} uses it otherwise"
                    )
            elif home is self.names.module:
                self.found.elsewhere.append(("held", found[0][1], name))

    # ---- where OLD meets what may hold names of another file -----------------------------------

    def _unknown_meeting(self, node: ast.AST, own: set[str]) -> None:
        words: set[str] = set()
        if isinstance(node, ast.Compare) and node not in self.met:
            sides = [node.left, *node.comparators]
            texts = [s for s in sides if self._says_old(s)]
            words = {w for s in sides if texts and s not in texts for w in own.union(self._words(s))}
        elif isinstance(node, ast.Call):
            given = [*node.args, *(k.value for k in node.keywords)]
            called = [node.func, *(a for a in given if isinstance(a, ast.Name | ast.Attribute))]  # partial(has, "db")
            words = {f"{self._last(c)}(" for c in called} if any(map(self._says_old, given)) else set()
        if words - {"("} and isinstance(node, ast.expr):
            self.found.asking.append((node.lineno, tuple(sorted(words))))

    def _wrapper(self, function: Function, nodes: list[ast.AST]) -> None:
        """`kwargs["db"]` in a function that a function of the module gives back: a decorator, perhaps of tests."""
        inner = [n for n in nodes if is_function(n) and n is not function]
        taken = {n.args.kwarg.arg for n in inner if n.args.kwarg}
        for node in nodes if taken else ():
            if isinstance(node, ast.Subscript | ast.Compare | ast.Call):
                parts = [p for p in ast.iter_child_nodes(node) if isinstance(p, ast.expr)]
                read = {n.id for p in parts for n in ast.walk(p) if isinstance(n, ast.Name)}
                if taken & read and any(map(self._says_old, parts)):
                    self.found.elsewhere.append(("decorator", node.lineno, function.name))

    def _says_old(self, node: ast.expr) -> bool:
        return says(self.names.followed(node.value if isinstance(node, ast.Starred) else node), self.old)

    def _last(self, node: ast.AST) -> str:
        return self.names.dotted(node).rpartition(".")[2].lstrip(":")

    def _words(self, node: ast.expr) -> Iterator[str]:
        for each in ast.walk(node):
            if isinstance(each, ast.Attribute):
                yield each.attr
            elif isinstance(each, ast.Name):
                yield self._last(each)


def _matches(word: str) -> Callable[[str, str], bool]:
    def test(text: str, name: str) -> bool:
        if word.startswith("fnmatch"):
            return fnmatchcase(name, text)
        try:
            return bool(getattr(re, word)(text, name))
        except re.error:
            return text in name

    return test
