"""Words inside of texts and comments: dotted paths, names that a call looks up, annotations in quotes, `__all__`, prose."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ...engine.names import Names
from ...engine.parsing import parse, whole_words
from ...engine.source import TYPE_COMMENT, Definition, Source, is_docstring
from ...engine.tokens import Tokens
from ...engine.values import Unreadable
from .data import Site
from .homes import home_of

_LITERAL = re.compile(r"([rRuUbB]{0,2})(\"\"\"|'''|\"|')(.*)\2", re.S)
_PATH = re.compile(r"\.{0,3}[^\W\d]\w*(?:[.:][^\W\d]\w*)*")
# calls that look a name up on an object: (last names of the callee, where the object and the name stand)
_LOOKUPS = {
    "getattr": (0, 1), "setattr": (0, 1), "hasattr": (0, 1), "delattr": (0, 1), "object": (0, 1), "attrgetter": (-1, 0),
    "methodcaller": (-1, 0), "getattr_static": (0, 1),
}  # fmt: skip
_QUOTED = {
    "cast": (0,),
    "TypeVar": (1, 2, 3, 4, 5),
    "ForwardRef": (0,),
    "NewType": (1,),
}  # texts that are annotations
_NAMING = {
    "namedtuple", "NamedTuple", "NewType", "TypeVar", "ParamSpec", "TypeVarTuple", "Enum", "IntEnum", "StrEnum", "Flag",
    "IntFlag", "type", "TypedDict", "new_class", "make_dataclass", "TypeAliasType",
}  # fmt: skip
Found = tuple[Site, ast.expr | None]  # with the object that a name is looked up on


def texts(file: Source, names: Names, tokens: Tokens, words: Mapping[str, Sequence[str]]) -> Iterator[Found]:
    """The sites of words in the texts and comments of a file."""
    pattern = whole_words(words)
    reader = _Texts(file, names, pattern)
    for node in tokens.texts:
        if pattern.search(str(node.value)):
            yield from reader.of(node)
    lines = [line for line in tokens.words if "#" in file.line(line)]
    if lines:
        for line in (line for line in lines if line in file.comments):
            comment = file.comments[line]
            start = file.line_starts[line - 1] + file.line(line).rindex(comment)
            for match in pattern.finditer(comment):
                yield from reader.comment(line, start, match, comment)


def _full_path(text: str, at: int, word: str) -> str:
    """The dotted name that ends with a word in prose; "" for a word that stands alone."""
    before = re.search(r"(?<![\w.])(?:[^\W\d]\w*\.)+$", text[max(0, at - 200) : at])
    return before[0] + word if before else ""


@dataclass
class _Texts:
    file: Source
    names: Names
    pattern: re.Pattern[str]

    def of(self, node: ast.Constant) -> Iterator[Found]:
        """The words of one text."""
        above = list(self.file.ancestors(node))
        start = self._content(node)
        if above and isinstance(above[0], ast.JoinedStr):  # a part of a text, as in `patch(f"{module}.old")`
            inside, place = self._argument(above[0], above[1:])
            yield from self._plain(node, start, f"{self._called(inside)}#{place}" if inside is not None else "")
            return
        call, place = self._argument(node, above)
        callee = self._called(call)
        context = f"{callee}#{place}" if call is not None else ""
        statement = next((n for n in above if isinstance(n, ast.stmt)), None)
        text = str(node.value)
        if is_docstring(above[1] if len(above) > 1 else None, above[0] if above else None):
            yield from self._docstring(node, above)
        elif text in (m[0] for m in self.pattern.finditer(text)) and self._is_export(statement):
            yield self._site(node, text, start, "all", asks=f":{text}"), None
        elif self._is_of_class(statement) and self.pattern.fullmatch(text):
            yield self._site(node, text, start, "lookup", home=home_of(self.file, self.names.scope(node))), None
        elif self._is_annotation(node, above, call, callee, place):
            yield from self._annotation(node, start)
        elif self._of_globals(above) and self.pattern.fullmatch(text):
            yield self._site(node, text, start, "lookup", asks=f":{text}", context="globals"), None
        elif (taker := self._keywords(node, above)) is not None:
            asks = self.names.meaning(taker)
            yield self._site(node, text, start, "lookup", asks=asks, context="keywords"), taker
        elif call is not None and (found := self._lookup(call, callee, place, text)):
            owner, asks = found
            yield self._site(node, text, start, "lookup", asks=asks, context=context), owner
        elif call is not None and self._repeats(call, callee, place, statement, text):
            home = home_of(self.file, self.names.scope(call))
            yield (
                self._site(
                    node, text, start, "lookup", asks=f":{text}" if not home else "", home=home, context=context
                ),
                None,
            )
        elif self.pattern.fullmatch(text) and (holder := self._item(node, above)) is not None:
            asks = f"{self.names.meaning(holder)}.{text}"
            yield self._site(node, text, start, "lookup", asks=asks, context="item"), holder
        elif _PATH.fullmatch(text):
            yield from self._path(node, text, start, context)
        else:
            yield from self._plain(node, start, context)

    def comment(self, line: int, start: int, match: re.Match[str], comment: str) -> Iterator[Found]:
        at = start + match.start()
        if TYPE_COMMENT.match(comment):
            home = self.file.above(line)[-1]
            found = self.names.scope(home).find(match[0])
            if comment[match.start() - 1] != "." and found is not None:
                home_name = home_of(self.file, found[0])
                asks = "" if home_name else f":{match[0]}"
                yield Site(match[0], line, at, "annotation", asks=asks, home=home_name, context="comment"), None
                return
        yield Site(match[0], line, at, "comment", asks=_full_path(self.file.text, at, match[0])), None

    # ---- what a text is --------------------------------------------------------------------

    def _content(self, node: ast.Constant) -> int:
        """Where the text of a literal begins in the file; -1 where it is written in pieces or with escapes."""
        start, end = self.file.span(node)
        literal = _LITERAL.fullmatch(self.file.text, start, end)
        return literal.start(3) if literal and literal[3] == node.value else -1

    def _argument(self, node: ast.AST, above: list[ast.AST]) -> tuple[ast.Call | None, str]:
        """The call that takes a text, and the position or name of the argument."""
        parent: ast.AST | None = above[0] if above else None
        child: ast.AST = node
        if isinstance(parent, ast.keyword):
            call = above[1] if len(above) > 1 else None
            return (call, parent.arg or "*") if isinstance(call, ast.Call) else (None, "")
        if isinstance(parent, ast.Call) and child in parent.args:
            return parent, str(parent.args.index(child))
        return None, ""

    def _called(self, call: ast.Call | None) -> str:
        if call is None:
            return ""
        return self.names.meaning(call.func) or f"?.{ast.unparse(call.func)}"

    @staticmethod
    def _is_export(statement: ast.stmt | None) -> bool:
        """Whether a statement says what `__all__` holds."""
        match statement:
            case ast.Assign(targets=[ast.Name(id="__all__")]) | ast.AnnAssign(target=ast.Name(id="__all__")):
                return True
            case ast.AugAssign(target=ast.Name(id="__all__")):
                return True
            case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id="__all__")))):
                return True
        return False

    def _is_of_class(self, statement: ast.stmt | None) -> bool:
        """Whether a statement says what a class's instances have, or what its patterns take."""
        match statement:
            case ast.Assign(targets=[ast.Name(id="__slots__" | "__match_args__")]):
                return self.names.scope(statement).is_class
        return False

    def _is_annotation(
        self, node: ast.Constant, above: list[ast.AST], call: ast.Call | None, callee: str, place: str
    ) -> bool:
        last = callee.rpartition(".")[2]
        if call is not None:
            return last in _QUOTED and (place == "bound" or (place.isdigit() and int(place) in _QUOTED[last]))
        child: ast.AST = node
        for parent in above:
            match parent:
                case ast.arg(annotation=found) | ast.AnnAssign(annotation=found) if found is child:
                    return True
                case ast.FunctionDef(returns=found) | ast.AsyncFunctionDef(returns=found) if found is child:
                    return True
                case ast.Subscript(value=value, slice=index) if index is child:
                    if self.names.meaning(value).rpartition(".")[2] == "Literal":
                        return False
                case ast.Tuple() | ast.BinOp(op=ast.BitOr()) | ast.List():
                    pass
                case ast.Call(func=func, args=[first, *_]) if first is child:
                    return self.names.meaning(func).rpartition(".")[2] in _QUOTED
                case _:
                    return False
            child = parent
        return False

    def _annotation(self, node: ast.Constant, start: int) -> Iterator[Found]:
        """The names of an annotation in quotes, looked up where it stands."""
        text = str(node.value)
        try:
            tree = parse(f"({text})")
        except Unreadable:
            yield from self._plain(node, start, "")
            return
        inner = Source("annotation.py", f"({text})".encode())
        scope = self.names.scope(node)
        for each in ast.walk(tree):
            match each:
                case ast.Name(id=word) if self.pattern.fullmatch(word):
                    found = scope.find(word)
                    home = home_of(self.file, found[0]) if found else ""
                    asks = f":{word}" if not home and (found or self.names.stars) else ""
                    at = start + inner.start(each) - 1 if start >= 0 else -1
                    yield self._site(node, word, at, "annotation", asks=asks, home=home), None
                case ast.Attribute(attr=word, value=value) if self.pattern.fullmatch(word):
                    meaning = self.names.meaning(value, scope=scope)
                    at = start + inner.end(each) - 1 - len(word) if start >= 0 else -1
                    asks = f"{meaning}.{word}" if meaning else ""
                    yield self._site(node, word, at, "annotation", asks=asks), None

    def _lookup(self, call: ast.Call, callee: str, place: str, text: str) -> tuple[ast.expr, str] | None:
        """The object that a text is looked up on, and what the place asks for by the imports of the file."""
        last = callee.rpartition(".")[2]
        if last not in _LOOKUPS or not self.pattern.fullmatch(text):
            return None
        where, which = _LOOKUPS[last]
        if place != str(which) or where < 0 or len(call.args) <= where:
            return None
        owner = call.args[where]
        if isinstance(owner, ast.Constant):
            return None
        meaning = self.names.meaning(owner)
        return owner, f"{meaning}.{text}" if meaning else ""

    def _repeats(self, call: ast.Call, callee: str, place: str, statement: ast.stmt | None, text: str) -> bool:
        """Whether a text repeats the name that the call's value gets: `Old = namedtuple("Old", …)`."""
        if place != "0" or callee.rpartition(".")[2] not in _NAMING:
            return False
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if value is call:
                return name == text
            case ast.AnnAssign(target=ast.Name(id=name), value=value) if value is call:
                return name == text
        return False

    def _keywords(self, node: ast.Constant, above: list[ast.AST]) -> ast.expr | None:
        """What `f(**{"old": 1})` calls."""
        match above[:3]:
            case [ast.Dict(keys=keys), ast.keyword(arg=None), ast.Call(func=func)] if node in keys:
                return func if self.pattern.fullmatch(str(node.value)) else None
        return None

    def _item(self, node: ast.Constant, above: list[ast.AST]) -> ast.expr | None:
        """What `Color["red"]` takes a text from, where that has a name."""
        match above[:1]:
            case [ast.Subscript(value=ast.Name() | ast.Attribute() as value, slice=key)] if key is node:
                return value if self.names.meaning(value) else None
        return None

    def _of_globals(self, above: list[ast.AST]) -> bool:
        """Whether `globals()["old"]` or the like looks a text up."""
        match above[:1]:
            case [ast.Subscript(value=ast.Call(func=ast.Name(id="globals" | "vars" | "locals"), args=[]))]:
                return True
            case [ast.Call(func=ast.Attribute(value=ast.Call(func=ast.Name(id="globals" | "vars"), args=[])))]:
                return True
        return False

    def _docstring(self, node: ast.Constant, above: list[ast.AST]) -> Iterator[Found]:
        """The words of a docstring; those that name a parameter of its function, in any of the three styles."""
        home = ""
        owner = above[1]
        if isinstance(owner, Definition):
            home = home_of(self.file, self.names.of(owner))
        for site, _ in self._plain(node, -1, "docstring"):
            first = self.file.line_starts[self.file.line_of(site.start) - 1] if site.start >= 0 else 0
            before = self.file.text[first : site.start].lstrip("\"' \t") if site.start >= 0 else "?"
            behind = self.file.text[site.start + len(site.word) : self.file.line_end(site.line)]
            named = re.fullmatch(r":(?:param|parameter|arg|argument|key|keyword|type)\s+(?:[\w.\[\], |]+\s)?", before)
            listed = not before.strip("* ") and re.match(r"\s*(?:\([^)\n]*\))?\s*:|\s*,\s*\w+\s*:|\s*$", behind)
            spelled = re.search(r"(?:``|`|\*)$", before) and re.match(r"(?:``|`|\*)", behind)
            if self._is_run(before, behind) and site.word in self.names.module.names:
                yield replace(site, context="docstring:code"), None
                continue
            context = "docstring:parameter" if (named and behind[:1] == ":") or listed or spelled else "docstring"
            yield replace(site, context=context, home=home), None

    @staticmethod
    def _is_run(before: str, behind: str) -> bool:
        """Whether a word of a docstring is a name in an example that doctest runs."""
        code = re.match(r"(?:>>>|\.\.\.) ", before)
        plain = not before.endswith(".") and before.count("'") % 2 == before.count('"') % 2 == 0
        return code is not None and plain and "#" not in before and not re.match(r"\s*=(?!=)", behind)

    def _path(self, node: ast.Constant, text: str, start: int, context: str) -> Iterator[Found]:
        for match in self.pattern.finditer(text):
            asks = text[: match.end()].replace(":", ".")
            at = start + match.start() if start >= 0 else -1
            ends = match.end() == len(text)
            yield self._site(node, match[0], at, "path", asks=asks, context=context, ends=ends), None

    def _plain(self, node: ast.Constant, start: int, context: str) -> Iterator[Found]:
        first, last = self.file.span(node)
        seen = False
        around = next(self.file.ancestors(node), None)
        if isinstance(around, ast.JoinedStr):  # its parts have no places of their own
            rest = (
                re.sub(r"[\w.]+\s*=\s*$", "", str(node.value)) if around.values[-1] is not node else str(node.value)
            )
            for word in dict.fromkeys(self.pattern.findall(rest)):
                ends = around.values[-1] is node and str(node.value).endswith(word)
                yield self._site(node, word, -1, "text", context=context, ends=ends), None
            return
        for match in self.pattern.finditer(self.file.text, first, last):
            seen = True
            asks = _full_path(self.file.text, match.start(), match[0])
            yield self._site(node, match[0], match.start(), "text", asks=asks, context=context), None
        if not seen:
            found = self.pattern.search(str(node.value))
            assert found
            yield self._site(node, found[0], -1, "text", context=context), None

    def _site(self, node: ast.Constant, word: str, start: int, form: str, **more: object) -> Site:
        if start >= 0 and self.file.text[start : start + len(word)] != word:
            start = -1
        line = self.file.line_of(start) if start >= 0 else node.lineno
        return Site(word=word, line=line, start=start, form=form, **more)  # type: ignore[arg-type]
