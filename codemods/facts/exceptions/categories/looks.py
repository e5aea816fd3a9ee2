"""What a category asks of one clause: what it guards, what its handler does, what stands around both."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from ....engine.names import Names, last_name
from ....engine.source import Definition, Function, Source, is_function
from ..broad import Broad

Loop = ast.For | ast.AsyncFor | ast.While

_LOGS = {"debug", "info", "warning", "warn", "error", "exception", "critical", "fatal", "log", "trace", "success"}
_LOGGER = re.compile(r"log(s|ger|gers|ging)?$|_log(ger)?_|^console$", re.I)
_TELLS = {
    "builtins.print", "pprint.pprint", "traceback.print_exc", "traceback.print_exception", "traceback.print_stack",
    "warnings.warn", "click.echo", "click.secho", "typer.echo", "typer.secho", "rich.print", "sys.stderr.write",
    "sys.stdout.write", "sentry_sdk.capture_exception", "sys.stderr.flush",
}  # fmt: skip


Code = Literal[
    "N10-reraises", "N11-callback", "N12-plugin", "N13-isolates", "N14-worker", "N15-thread-or-task", "N16-cleanup", "N17-main",
    "N18-web-boundary", "N19-import-probe", "N20-yields", "N21-signed", "N22-generic-use", "N23-side-effect", "N24-retries",
]  # fmt: skip
_OF_IT = {"traceback.format_exc", "sys.exc_info"}
_TEXTS = {*_OF_IT, "builtins.str", "builtins.repr", "builtins.type"}


@dataclass(frozen=True)
class Category:
    """Why a clause may stay as it is: `words` say it of the code at hand.

    `hard` where it holds whatever the body can raise; another holds only where that is not known.
    """

    code: Code
    words: str
    hard: bool = True

    @property
    def short(self) -> str:
        """The same of any such code, for a line with little room."""
        return SHORT[self.code]


SHORT: Mapping[Code, str] = {
    "N10-reraises": "raised again",
    "N11-callback": "calls a callback",
    "N12-plugin": "runs a plugin",
    "N13-isolates": "one must not stop the rest",
    "N14-worker": "the loop must go on",
    "N15-thread-or-task": "nothing above it",
    "N16-cleanup": "cleanup",
    "N17-main": "ends the program",
    "N18-web-boundary": "error response",
    "N19-import-probe": "import probe",
    "N20-yields": "raised by the caller",
    "N21-signed": "signed",
    "N22-generic-use": "passed on",
    "N23-side-effect": "side effect",
    "N24-retries": "tried again",
}


def inside(nodes: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """Some nodes and all that runs with them: what a function or class defined in there holds runs elsewhere."""
    stack = [*nodes][::-1]
    while stack:
        node = stack.pop()
        yield node
        if not isinstance(node, Definition | ast.Lambda):
            stack += [*ast.iter_child_nodes(node)][::-1]


@dataclass(frozen=True, eq=False)
class Look:
    """One clause with what is around it."""

    file: Source
    clause: Broad

    @cached_property
    def names(self) -> Names:
        return self.file.once(Names)

    @cached_property
    def body(self) -> list[ast.stmt]:
        """What it guards."""
        return self.clause.statement.body

    @cached_property
    def handler(self) -> list[ast.stmt]:
        """What it does with an exception; nothing for `suppress`."""
        node = self.clause.node
        return node.body if isinstance(node, ast.ExceptHandler) else []

    @cached_property
    def name(self) -> str:
        """What the handler calls the exception."""
        node = self.clause.node
        return (node.name if isinstance(node, ast.ExceptHandler) else "") or ""

    @cached_property
    def runs(self) -> list[ast.AST]:
        """Every node of the body that runs there."""
        return [*inside(self.body)]

    @cached_property
    def calls(self) -> list[ast.Call]:
        return [n for n in self.runs if isinstance(n, ast.Call)]

    @cached_property
    def handling(self) -> list[ast.AST]:
        """Every node of the handler that runs there."""
        return [*inside(self.handler)]

    @cached_property
    def above(self) -> list[ast.AST]:
        """What holds the statement, the innermost first."""
        return [*self.file.ancestors(self.clause.statement)]

    @cached_property
    def function(self) -> Function | None:
        """The function that it stands in."""
        return next((n for n in self.above if is_function(n)), None)

    @cached_property
    def owner(self) -> ast.ClassDef | None:
        """The class whose method that is, or that a function within the method is in."""
        return next((n for n in self.above if isinstance(n, ast.ClassDef)), None)

    @cached_property
    def loop(self) -> Loop | None:
        """The loop whose pass is guarded: the statement stands right in it, or in a `with` or an `if` that does."""
        for node in self.above:
            if isinstance(node, Loop):
                return node if self.clause.statement not in node.orelse else None
            if not isinstance(node, ast.With | ast.AsyncWith | ast.If):
                return None
        return None

    @property
    def is_last(self) -> bool:
        """Whether nothing of the loop's pass, or of the function, comes after the statement."""
        node: ast.AST = self.clause.statement
        for holder in self.above:
            if isinstance(holder, ast.If) and node in holder.orelse:
                node = holder
                continue
            block = getattr(holder, "body", [])
            if node is not block[-1]:
                return False
            if isinstance(holder, Loop) or is_function(holder):
                return True
            node = holder
        return True

    def share(self, holder: ast.AST) -> float:
        """Which share of a function's or loop's lines the statement is."""
        body: list[ast.stmt] = holder.body  # type: ignore[attr-defined]
        if len(body) > 1 and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
            body = body[1:]
        size = (body[-1].end_lineno or 0) - self.file.first_line(body[0]) + 1
        statement = self.clause.statement
        return ((statement.end_lineno or 0) - statement.lineno + 1) / size

    # ---- what handlers do ------------------------------------------------------------------------

    def tells(self, node: ast.AST) -> bool:
        """Whether an expression logs or prints."""
        match node:
            case ast.Await(value=value):
                return self.tells(value)
            case ast.Call(func=ast.Attribute(value=logger, attr=word)) if word in _LOGS:
                inner = logger.func if isinstance(logger, ast.Call) else logger  # logger.bind(…).info
                while isinstance(inner, ast.Attribute) and inner.attr in {"bind", "opt"}:
                    inner = inner.value.func if isinstance(inner.value, ast.Call) else inner.value
                return bool(_LOGGER.search(last_name(inner)))
            case ast.Call(func=func):
                return self.names.meaning(func) in _TELLS or last_name(func) in {"print_verbose", "capture_exception"}
        return False

    def is_quiet(self, body: Sequence[ast.stmt] | None = None, counts: bool = False, returns: bool = False) -> bool:
        """Whether a handler only passes, logs or goes on; with `counts` it may count or collect, with `returns` leave."""
        for node in self.handler if body is None else body:
            match node:
                case ast.Pass() | ast.Continue() | ast.Import() | ast.ImportFrom() | ast.Expr(value=ast.Constant()):
                    pass
                case ast.Expr(value=value) if self.tells(value):
                    pass
                case ast.Expr(value=ast.Call(func=ast.Attribute(attr="append" | "add" | "extend"))) if counts:
                    pass
                case ast.AugAssign() if counts:
                    pass
                case ast.Assign(targets=[ast.Subscript()], value=value) if counts and self.mentions(
                    value, {self.name}
                ):
                    pass
                case ast.If(body=inner, orelse=other):
                    if not self.is_quiet(inner, counts, returns) or not self.is_quiet(other, counts, returns):
                        return False
                case ast.Return(value=None | ast.Constant(value=None)) if returns:
                    pass
                case ast.Assign(targets=[ast.Name()], value=value) if self._is_text(value):
                    pass
                case ast.Assign(targets=[ast.Name()], value=ast.Constant(value=bool())) if counts:
                    pass
                case _:
                    return False
        return True

    def _is_text(self, node: ast.expr) -> bool:
        """Whether an expression makes a text of the exception, and does nothing else."""
        calls = [n for n in ast.walk(node) if isinstance(n, ast.Call)]
        of_it = self.mentions(node, {self.name}) or any(self.names.meaning(c.func) in _OF_IT for c in calls)
        return of_it and all(self.names.meaning(c.func) in _TEXTS or last_name(c.func) == "format" for c in calls)

    # ---- names -----------------------------------------------------------------------------------

    def is_builtin(self, node: ast.AST) -> bool:
        module, _, name = self.names.meaning(node).rpartition(".")
        return module == "builtins" and hasattr(builtins, name)

    def mentions(self, node: ast.AST, names: set[str]) -> bool:
        return any(isinstance(n, ast.Name) and n.id in names for n in ast.walk(node))

    def written(self, node: ast.AST) -> str:
        """An expression as it stands in the file, if that is short."""
        text = self.file.segment(node)
        return text if len(text) <= 30 and "\n" not in text else last_name(node) or "it"


def ends(body: Sequence[ast.stmt], *kinds: type[ast.stmt]) -> bool:
    """Whether each way through a block ends with a statement of some kinds."""
    if not body:
        return False
    match body[-1]:
        case ast.If(body=inner, orelse=other):
            return ends(inner, *kinds) and ends(other, *kinds)
        case ast.With(body=inner) | ast.AsyncWith(body=inner):
            return ends(inner, *kinds)
        case last:
            return isinstance(last, kinds)
