"""Read what one file says about some words: where they stand, and what each place means by the text of this file alone."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ...engine.names import Names, chain
from ...engine.parsing import whole_words
from ...engine.scopes import Scope
from ...engine.source import Definition, Source
from ...engine.tables import BUILTINS, table
from ...engine.tokens import Token, Tokens, in_order
from ..suite.scan import scan as scan_tests
from ..types.scan import read as read_types
from .clashes import clashes
from .data import Clash, FileSites, Form, Site
from .homes import home_of
from .others import read_other
from .receivers import FIXTURE, Receivers
from .spoken import is_read, telling
from .texts import texts

_READ = "its __name__ is read here"
_FROM = re.compile(r"from(?:\s|\\)*[.\s]*([^\W\d][\w.]*)")
_PARTIAL = {"functools.partial", "functools.partialmethod"}
_COPY = {"dataclasses.replace", "copy.replace", "attr.evolve", "attrs.evolve", "attr.assoc"}
_BOUND: Mapping[str, Form] = {"def": "definition", "write": "definition", "param": "parameter", "import": "alias"}


def read(file: Source, words: Mapping[str, Sequence[str]]) -> FileSites:
    """The sites of some words. With each word come the names that it may get: whether they are free is said, too."""
    if not file.is_python:
        return FileSites(sites=tuple(read_other(file, words)))
    words = _held(file, words)
    if not words or whole_words(words).search(file.text) is None:
        if file.path.rpartition("/")[2] == "conftest.py":
            given = Receivers(file, file.once(Names), ()).read()
            return FileSites(table=file.once(table), types=given, tests=file.once(scan_tests))
        return FileSites(
            table=file.once(table),
            types=read_types(file, calls=False),
            clashes=_behind_stars(file, words),
            telling=tuple(telling(file, file.once(Names))),
        )
    return _Reader(file, words).read()


def _held(file: Source, words: Mapping[str, Sequence[str]]) -> Mapping[str, Sequence[str]]:
    """Those of many words of which the file holds the old or a new name: the others are of no matter in it."""
    held = file.held({*words, *(new for several in words.values() for new in several)})
    return {old: several for old, several in words.items() if old in held or not held.isdisjoint(several)}


def _behind_stars(
    file: Source, words: Mapping[str, Sequence[str]]
) -> Mapping[tuple[str, str, str], tuple[Clash, ...]]:
    """Why a star import may not bring the new names to a file that says none of the old ones."""
    new = {each for several in words.values() for each in several}
    if not new or "*" not in file.text or whole_words(new).search(file.text) is None:
        return {}
    names = file.once(Names)
    if not names.stars:
        return {}
    homes = {("", old): names.module for old in words}
    return clashes(names, Tokens(names, new, early=True), words, homes)


class _Reader:
    def __init__(self, file: Source, words: Mapping[str, Sequence[str]]) -> None:
        self.file = file
        self.words = words
        self.names = file.once(Names)
        self.tokens = Tokens(
            self.names, {*words, *(new for several in words.values() for new in several)}, early=True
        )
        self.sites: list[Site] = []
        self.homes: dict[tuple[str, str], Scope] = {}
        self.others: dict[tuple[str, str], Scope] = {}  # functions with a parameter that has a new name already

    def read(self) -> FileSites:
        owners: dict[ast.expr, None] = {}  # what types are asked of
        for attribute in self._attributes():
            if not self._asks(attribute):
                owners[attribute.value] = None
        callees: dict[ast.keyword, tuple[ast.expr, str]] = {}
        for keyword in (k for k in self.tokens.keywords if k.arg in self.words):
            parent = next(self.file.ancestors(keyword), None)
            if isinstance(parent, ast.Call):
                callees[keyword] = self._taker(parent)
                owners[callees[keyword][0]] = None
        found = list(texts(self.file, self.names, self.tokens, self.words))
        owners |= dict.fromkeys(owner for _, owner in found if owner is not None)
        receivers = Receivers(self.file, self.names, owners) if owners or self._is_conftest() else None
        types = receivers.read() if receivers is not None else read_types(self.file, calls=False)

        def of(node: ast.expr | None) -> tuple[str, ...]:
            return receivers.of(node) if receivers is not None and node is not None else ()

        for token in self.tokens.tokens:
            if token.name in self.words:
                self._token(token)
            elif token.kind == "param" and token.target is not None:
                self.others[home_of(self.file, token.target), token.name] = token.target
        if self.names.stars:  # whatever they may bring
            self.homes |= {("", word): self.names.module for word in self.words}
        for statement, alias in self.tokens.aliases:
            self.sites += self._alias(statement, alias)
        for node in self.tokens.imports:
            self.sites += self._module(node)
        for attribute in self._attributes():
            self._attribute(attribute, of(attribute.value))
        for keyword, (callee, context) in callees.items():
            self._keyword(keyword, callee, context, of(callee))
        for pattern in self.tokens.patterns:
            self._pattern(pattern)
        for site, owner in found:
            self.sites.append(_received(site, of(owner)))
        asks = any(receiver.startswith(FIXTURE) for site in self.sites for receiver in site.receivers)
        return FileSites(
            table=self.file.once(table),
            types=types,
            sites=tuple(sorted(dict.fromkeys(self.sites))),
            tests=self.file.once(scan_tests) if asks or self._is_conftest() else None,
            bindings={k: tuple(self._bindings(scope, k[1])) for k, scope in (self.homes | self.others).items()},
            functions={home: qualname for home, qualname, _ in self._owners()},
            decorated={
                qualname: tuple(self._decorator(d) for d in node.decorator_list)
                for _, qualname, node in (*self._owners(), *self._defined())
                if node.decorator_list
            },
            clashes=clashes(self.names, self.tokens, self.words, self.homes),
            telling=tuple(telling(self.file, self.names)),
        )

    def _owners(self) -> Iterator[tuple[str, str, Definition]]:
        """The functions and classes that bind a word: scope, qualified name, node."""
        for (home, _), scope in (self.homes | self.others).items():
            if isinstance(scope.node, Definition):
                yield home, self._qualname(scope.node), scope.node

    def _defined(self) -> Iterator[tuple[str, str, Definition]]:
        for token in self.tokens.tokens:
            if token.name in self.words and isinstance(token.node, Definition):
                yield "", self._qualname(token.node), token.node

    def _qualname(self, node: Definition) -> str:
        outer = home_of(self.file, self.names.scope(node))
        return f"{outer}.{node.name}" if outer else node.name

    def _decorator(self, node: ast.expr) -> str:
        callee = node.func if isinstance(node, ast.Call) else node
        return self.names.meaning(callee) or ast.unparse(callee)

    def _is_conftest(self) -> bool:
        return self.file.path.rpartition("/")[2] == "conftest.py"

    # ---- names -----------------------------------------------------------------------------

    def _token(self, token: Token) -> None:
        target = token.target
        home = home_of(self.file, target) if target is not None else ""
        if target is None and not self.names.stars:
            return  # a builtin, or nothing
        self.homes[home, token.name] = target or self.names.module
        if isinstance(token.node, ast.alias) and token.node.asname is None:
            return  # see `_alias`
        form = _BOUND.get(token.kind, "name")
        if form == "definition" and isinstance(getattr(token.node, "ctx", None), ast.Del):
            form = "name"
        self._add(
            token.name, token.line, token.start, form, asks=f":{token.name}" if not home else "", home=home,
            shows=self._shown(token), context=self._given(token.node) if form == "parameter" else "",
        )  # fmt: skip

    def _shown(self, token: Token) -> str:
        if token.debug:
            return "the f-string prints the name"
        return _READ if is_read(self.file, token.node) else ""

    def _given(self, node: ast.AST) -> str:
        """How an argument of a function is given: "unnamed" is what no keyword gives, "rest" one beside `**keywords`."""
        arguments = next(self.file.ancestors(node))
        if not isinstance(arguments, ast.arguments):
            return ""
        if node not in arguments.args and node not in arguments.kwonlyargs:
            return "unnamed"
        return "rest" if arguments.kwarg is not None else ""

    def _alias(self, statement: ast.Import | ast.ImportFrom, alias: ast.alias) -> Iterator[Site]:
        """The parts of what is imported that are words: `m.old` of `from m import old`, `a.old` of `import a.old`."""
        start = self.file.start(alias)
        module = "." * statement.level + (statement.module or "") if isinstance(statement, ast.ImportFrom) else ""
        before = module + ("" if not module or module.endswith(".") else ".")
        parts = alias.name.split(".")
        for index, part in enumerate(parts):
            dotted = before + ".".join(parts[: index + 1])
            if part in self.words:
                local = alias.asname or parts[0]
                home = self._home_of(statement)
                binds = local if isinstance(statement, ast.ImportFrom) or alias.asname or not index else ""
                at = start + sum(len(p) + 1 for p in parts[:index])
                yield self._site(
                    part,
                    alias.lineno,
                    at,
                    "import",
                    asks=dotted,
                    home=home,
                    binds=binds,
                    aliased=alias.asname is not None,
                    context="dotted" if isinstance(statement, ast.Import) and len(parts) > 1 else "",
                )

    def _module(self, node: ast.ImportFrom) -> Iterator[Site]:
        """The parts of the module that names are imported from: `a.old` of `from a.old import b`."""
        if node.module is None or self.words.keys().isdisjoint(node.module.split(".")):
            return
        start, end = self.file.span(node)
        found = _FROM.match(self.file.text, start, end)
        at = found.start(1) if found is not None and found[1] == node.module else -1
        parts = node.module.split(".")
        for index, part in enumerate(parts):
            if part in self.words:
                dotted = "." * node.level + ".".join(parts[: index + 1])
                here = at + sum(len(p) + 1 for p in parts[:index]) if at >= 0 else -1
                yield self._site(part, node.lineno, here, "import", asks=dotted, context="from")

    def _home_of(self, statement: ast.stmt) -> str:
        return home_of(self.file, self.names.scope(statement))

    def _attributes(self) -> list[ast.Attribute]:
        return [a for a in self.tokens.attributes if a.attr in self.words]

    def _asks(self, node: ast.Attribute) -> str:
        """What `a.b.old` means by the imports of the file; "" where it begins with a value."""
        found = self.names.meaning(node.value)
        return f"{found}.{node.attr}" if found and found[0] != ":" and not found.startswith("builtins.") else ""

    def _attribute(self, node: ast.Attribute, receivers: tuple[str, ...]) -> None:
        own = self.names.meaning(node.value)
        asks = self._asks(node) or (f"{own}.{node.attr}" if own[:1] == ":" else "")
        start = attribute_start(self.file, node)
        self._add(
            node.attr, node.end_lineno or node.lineno, start, "attribute", asks=asks, receivers=receivers,
            unsure=_many(self.names, node.value), shows=_READ if is_read(self.file, node) else "",
            loads=isinstance(node.ctx, ast.Load),
        )  # fmt: skip

    def _taker(self, call: ast.Call) -> tuple[ast.expr, str]:
        """What the keywords of a call are given to in the end: of `partial(f, …)` to f, of `replace(x, …)` to a copy of x."""
        name = self.names.meaning(call.func)
        if name in _PARTIAL and call.args:
            return call.args[0], "partial"
        if name in _COPY and call.args:
            return call.args[0], "copy"
        if name.endswith("patch.multiple") and call.args:
            return call.args[0], "patched"
        if isinstance(call.func, ast.Attribute) and call.func.attr == "_replace":
            return call.func.value, "copy"
        return call.func, ""

    def _keyword(self, node: ast.keyword, callee: ast.expr, context: str, receivers: tuple[str, ...]) -> None:
        meaning = self.names.meaning(callee)
        if meaning.startswith("builtins.") and meaning.removeprefix("builtins.") not in BUILTINS:
            meaning = ""
        assert node.arg
        if context == "patched":  # `patch.multiple("pkg.mod", old=…)` sets attributes
            named = callee.value if isinstance(callee, ast.Constant) else None
            owner = named if isinstance(named, str) else meaning
            asks = f"{owner}.{node.arg}" if owner else ""
            self._add(
                node.arg,
                node.lineno,
                self.file.start(node),
                "lookup",
                asks=asks,
                receivers=receivers,
                context=context,
            )
            return
        self._add(
            node.arg, node.lineno, self.file.start(node), "keyword", asks=meaning, receivers=receivers,
            context=context, unsure=_many(self.names, callee),
        )  # fmt: skip

    def _pattern(self, node: ast.MatchClass) -> None:
        start = self.file.start(node)
        for word, value in zip(node.kwd_attrs, node.kwd_patterns, strict=True):
            end = self.file.start(value)
            if word in self.words:
                found = re.search(rf"(?<!\w){word}\s*=\s*$", self.file.text[start:end])
                at = start + found.start() if found else -1
                self._add(word, node.lineno, at, "pattern", asks=self.names.meaning(node.cls))
            start = end

    # ---- what is found ---------------------------------------------------------------------

    def _add(self, word: str, line: int, start: int, form: Form, **more: object) -> None:
        self.sites.append(self._site(word, line, start, form, **more))

    def _site(self, word: str, line: int, start: int, form: Form, **more: object) -> Site:
        if start >= 0 and self.file.text[start : start + len(word)] != word:
            start = -1
        line = self.file.line_of(start) if start >= 0 else line
        return Site(word=word, line=line, start=start, form=form, **more)  # type: ignore[arg-type]

    def _bindings(self, scope: Scope, word: str) -> Iterator[str]:
        for binding in scope.names.get(word, ()):
            if binding.kind == "import":
                yield binding.dotted
            else:
                deleted = isinstance(getattr(binding.node, "ctx", None), ast.Del)
                yield "None" if binding.is_none else "del" if deleted else binding.kind


def attribute_start(file: Source, node: ast.Attribute) -> int:
    """Where the name of an attribute stands; in an f-string of Python 3.11 positions may be wrong."""
    start = file.end(node) - len(node.attr)
    text = file.text
    above = [n for n in file.ancestors(node) if isinstance(n, ast.JoinedStr)]
    around = above[-1] if above else None
    if around is None:
        return start if text[start : start + len(node.attr)] == node.attr else -1
    first, last = file.span(around)
    found = [m.end() - len(node.attr) for m in re.finditer(rf"\.\s*{node.attr}(?!\w)", text[first:last])]
    mine = [n for n in in_order(around) if isinstance(n, ast.Attribute) and n.attr == node.attr]
    return first + found[mine.index(node)] if len(found) == len(mine) else -1


def _received(site: Site, receivers: tuple[str, ...]) -> Site:
    return replace(site, receivers=receivers) if receivers else site


def _many(names: Names, node: ast.expr) -> bool:
    """Whether the name that an expression begins with is bound several times, by imports of different things."""
    root, _ = chain(node)
    if not isinstance(root, ast.Name) or names.meaning(root):
        return False
    found = names.scope(root).find(root.id)
    return found is not None and any(b.kind == "import" for b in found[1])
