"""What expressions do that may raise, as terms of a flow: collected while the types of a file are read."""

from __future__ import annotations

import ast
import itertools
import pickle
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from ...engine.arguments import arguments
from ...engine.names import Names, root_name
from ...engine.source import Source
from ..types.calls import Scope
from ..types.data import AWAIT, HANDED, FunctionFacts, How
from ..types.paths import MAX_PATH
from ..types.scan import Reader
from .data import Call, Op, Operator, Term, Try, With, Yield
from .shapes import bare, is_builtin, is_pattern, plain_json, plain_power, text_of, true, written
from .valued import STARTING, TEXTS, Values, lambda_name

# what awaits the coroutines that it is given
AWAITERS = {
    "asyncio.gather", "asyncio.wait_for", "asyncio.shield", "asyncio.run", "anyio.run", "asgiref.sync.async_to_sync",
    "asyncio.run_coroutine_threadsafe",
}  # fmt: skip
_RUNNING = {"run_until_complete", "run_sync"}
_GATHER = "asyncio.gather"
_BY_NAME: dict[str, Operator] = {
    "builtins.getattr": "attribute", "builtins.hasattr": "attribute",
    "builtins.setattr": "setattribute", "builtins.delattr": "setattribute",
}  # fmt: skip
LAZY = ("types.GeneratorType()", "builtins.map()", "builtins.filter()")
_HOSTS = ("idna", "punycode")  # what fails with UnicodeError itself
_MANY = 4  # of a call's arguments so many are told


class Terms(Reader):
    """Visits the expressions of a file, and keeps what they do."""

    def __init__(self, file: Source) -> None:
        super().__init__(file, calls=True)
        self.types = self.values = self.computed.types = Values(file)
        self.flows: dict[str, list[bytes]] = {}
        self.sink: list[Term] = []
        self.numbers = itertools.count(1)
        self.number = 0  # of the flow that is collected
        self.lazy: dict[str, int] = {}  # names of iterators, and in which flow they were made
        self.seen: set[Term] = set()
        self.caught: list[str] = []  # the names of what is being handled, the innermost last
        self.awaits: list[bool] = []  # of the calls around: whether coroutines that they are given are awaited

    # ---- terms -----------------------------------------------------------------------------

    def add(self, term: Term) -> None:
        """One more term, unless the same is there: where it stands first is enough."""
        if isinstance(term, Try | With):
            self.sink.append(term)
            return
        same = term._replace(line=0)
        if same not in self.seen:
            self.seen.add(same)
            self.sink.append(term)

    def op(self, node: ast.AST, operator: Operator, path: str, right: str = "") -> None:
        self.add(Op(line=getattr(node, "lineno", 0), operator=operator, path=path, text=written(node), right=right))

    @contextmanager
    def collecting(self) -> Iterator[list[Term]]:
        """A flow of its own."""
        outer = self.sink, self.seen, self.number
        self.sink, self.seen, self.number = [], set(), next(self.numbers)
        try:
            yield self.sink
        finally:
            self.sink, self.seen, self.number = outer

    def keep(self, name: str, terms: Iterable[Term], more: bool = False) -> None:
        packed = pickle.dumps(tuple(terms), 5)
        if more:
            self.flows.setdefault(name, []).append(packed)
        else:
            self.flows[name] = [packed]

    def looped(self, node: ast.AST, target: ast.expr, items: ast.expr, is_async: bool, scope: Scope) -> None:
        """What a loop takes, and what its variable holds then."""
        if isinstance(node, ast.For | ast.AsyncFor | ast.comprehension):
            self.iterated(node, scope)
        path = self.path(items, scope)
        if not self.made_here(items):
            self.op(items, "aiter" if is_async else "iter", path)
        if isinstance(target, ast.Tuple | ast.List):
            self.pairs(items, path, target, scope)
        self.within(target, scope)
        self.assign(target, f"{path}[:]" if path and len(path) < MAX_PATH else "", None, scope)

    def within(self, target: ast.AST, scope: Scope) -> None:
        """Visit what a target is made of: `row[key()]`."""
        if isinstance(target, ast.Subscript | ast.Attribute):
            for child in ast.iter_child_nodes(target):
                self.expression(child, scope, HANDED)
        for each in target.elts if isinstance(target, ast.Tuple | ast.List) else ():
            self.within(each, scope)

    def pairs(self, items: ast.expr, path: str, target: ast.Tuple | ast.List, scope: Scope) -> None:
        """`for a, b in …`: some iterations surely give so many."""
        size, exact = len(target.elts), path.partition("(")[0]
        sure = {"builtins.enumerate": 2, "itertools.pairwise": 2, "itertools.groupby": 2}.get(exact) == size
        match items:
            case ast.Call(func=ast.Attribute(attr="items"), args=[]) if size == 2:
                sure = True
            case ast.Call(args=args) if exact in ("builtins.zip", "itertools.zip_longest", "itertools.product"):
                sure = len(args) == size
            case ast.Tuple(elts=rows) | ast.List(elts=rows) if rows:
                sure = all(isinstance(r, ast.Tuple | ast.List) and len(r.elts) == size for r in rows)
        if not sure:
            self.op(target, "unpack", f"{path}[:]" if path and len(path) < MAX_PATH else "")

    def index(self, node: ast.Subscript, scope: Scope) -> str:
        """The type path of a subscript's index."""
        if isinstance(node.slice, ast.Slice):
            for bound in filter(None, [node.slice.lower, node.slice.upper, node.slice.step]):
                self.each(bound, "index", scope)
            fixed = node.slice.step is None or (
                isinstance(node.slice.step, ast.Constant) and node.slice.step.value != 0
            )
            return "builtins.slice()" if fixed else "builtins.slice*"
        return self.path(node.slice, scope)

    def each(self, node: ast.expr, operator: Operator, scope: Scope) -> None:
        """What an operator does with a value, and with those that are written in its brackets; builtins run no code of the project."""
        if not is_builtin(path := self.path(node, scope)):
            self.op(node, operator, path)
        elif isinstance(node, ast.Tuple | ast.List | ast.Set):
            for item in node.elts:
                self.each(item, operator, scope)

    # ---- expressions -----------------------------------------------------------------------

    def path(self, node: ast.AST | None, scope: Scope) -> str:
        """The type path of a value; what `self` is may be of a subclass."""
        found = self.types.expression(node, scope.local)
        own = f"~.{scope.owner}()"
        root = root_name(bare(node)) if scope.owner and found.startswith(own) else None
        of_self = root is not None and root.id == "self" and scope.local.get("self") == own
        return f"~.{scope.owner}*{found.removeprefix(own)}" if of_self else found

    def expression(self, node: ast.AST, scope: Scope, mode: How) -> None:
        match node:
            case ast.Constant() | ast.Name():
                return
            case ast.Lambda():
                self.delayed(node, scope)
            case ast.ListComp() | ast.SetComp() | ast.GeneratorExp() | ast.DictComp():
                self.comprehended(node, scope, mode)
            case ast.Attribute(value=value, ctx=ast.Load()):
                self.expression(value, scope, HANDED)
                self.op(node, "attribute", f"{path}.{node.attr}" if (path := self.path(value, scope)) else "")
            case ast.Subscript(value=value, slice=index, ctx=ast.Load()):
                self.expression(value, scope, HANDED)
                self.expression(index, scope, HANDED)
                self.op(node, "getitem", self.path(value, scope), self.index(node, scope))
            case ast.BinOp(left=left, op=operator, right=right):
                self.expression(left, scope, HANDED)
                self.expression(right, scope, HANDED)
                self.operated(node, left, operator, right, scope)
            case ast.Compare(left=left, ops=operators, comparators=others):
                for each in (left, *others):
                    self.expression(each, scope, HANDED)
                for kind, other in zip(operators, others, strict=True):
                    self.compared(node, left, kind, other, scope)
                    left = other
            case ast.UnaryOp(op=ast.USub() | ast.UAdd() | ast.Invert(), operand=operand):
                self.expression(operand, scope, HANDED)
                if (path := self.path(operand, scope)) and not path.startswith("builtins."):
                    self.op(node, "negative", path)
            case ast.FormattedValue(value=value, format_spec=form):
                self.expression(value, scope, HANDED)
                if form is not None:
                    self.expression(form, scope, HANDED)
                if path := self.path(value, scope):
                    self.op(value, "format", path)
                elif form is not None:  # one that may not fit
                    self.op(value, "format", "", "builtins.str!")
            case ast.Await(value=value):
                self.expression(value, scope, AWAIT)
                if not isinstance(value, ast.Call):
                    self.op(value, "await", self.path(value, scope))
            case ast.Yield(value=value):
                super().expression(node, scope, mode)
                self.add(Yield(line=node.lineno))
            case ast.YieldFrom(value=value):
                super().expression(node, scope, mode)
                self.op(value, "iter", self.path(value, scope))
            case ast.Starred(value=value):
                super().expression(node, scope, mode)
                if isinstance(node.ctx, ast.Load):
                    self.op(value, "iter", self.path(value, scope))
            case ast.BoolOp(values=values):
                super().expression(node, scope, mode)
                self.asked(values[:-1], scope)
            case ast.Set(elts=keys) | ast.Dict(keys=keys):
                super().expression(node, scope, mode)
                for key in filter(None, keys):
                    self.each(key, "hash", scope)
            case ast.IfExp(test=test) | ast.UnaryOp(op=ast.Not(), operand=test):
                super().expression(node, scope, mode)
                self.asked([test], scope)
            case _:
                super().expression(node, scope, mode)

    def asked(self, nodes: Sequence[ast.expr], scope: Scope) -> None:
        """Values that are asked whether they are true."""
        for node in nodes:
            if (path := self.path(node, scope)) and not path.startswith("builtins."):
                self.op(node, "bool", path)

    def operated(self, node: ast.AST, left: ast.expr, operator: ast.operator, right: ast.expr, scope: Scope) -> None:
        first, second = self.path(left, scope), self.path(right, scope)
        match operator, right:
            case ast.Mod(), _ if first in TEXTS:
                self.op(node, "format", second)
                self.each(right, "format", scope)
                if not isinstance(left, ast.Constant):
                    self.op(node, "modulo", first, second)
                elif "%(" in str(left.value) and not isinstance(right, ast.Dict):
                    self.op(node, "modulo", first.rstrip("()*") + "!", second)
            case ast.Div() | ast.FloorDiv() | ast.Mod(), ast.Constant(value=int() | float() as number) if number:
                self.op(node, "binary", first, second)
            case ast.Mod(), _ if not first.startswith("builtins."):  # it may be a text
                self.op(node, "modulo", first, second)
                self.each(right, "format", scope)
            case ast.Div() | ast.FloorDiv() | ast.Mod(), _:
                self.op(node, "divide", first, second)
            case ast.LShift() | ast.RShift() | ast.Pow(), _ if not plain_power(left, operator, right):
                self.op(node, "power" if isinstance(operator, ast.Pow) else "shift", first, second)
            case _:
                self.op(node, "binary", first, second)

    def compared(self, node: ast.AST, left: ast.expr, kind: ast.cmpop, right: ast.expr, scope: Scope) -> None:
        match kind:
            case ast.Is() | ast.IsNot():
                return
            case ast.In() | ast.NotIn():
                self.op(node, "contains", self.path(right, scope), self.path(left, scope))
            case ast.Eq() | ast.NotEq():
                self.each(left, "equal", scope)
                self.each(right, "equal", scope)
            case _:
                self.op(node, "compare", self.path(left, scope), self.path(right, scope))
                self.each(left, "compare", scope)
                self.each(right, "compare", scope)

    def delayed(self, node: ast.Lambda, scope: Scope) -> None:
        """A lambda: its body runs when it is called."""
        for default in [*node.args.defaults, *filter(None, node.args.kw_defaults)]:
            self.expression(default, scope, HANDED)
        name = lambda_name(node)
        inner = replace(scope, local=scope.local | dict.fromkeys((a.arg for a in arguments(node.args)), ""))
        caught, self.caught = self.caught, []
        with self.collecting() as terms:
            self.expression(node.body, inner, HANDED)
        self.caught = caught
        self.keep(name, terms)
        params = tuple((a.arg, "") for a in arguments(node.args))
        self.functions[name] = (
            FunctionFacts(node.lineno, "sync", returns=self.path(node.body, inner), params=params),
        )

    def comprehended(
        self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp, scope: Scope, mode: How
    ) -> None:
        """A comprehension has names of its own. (A generator counts where it stands: mostly it is used up at once.)"""
        inner = replace(scope, local=dict(scope.local), function=True)
        for generator in node.generators:
            self.looped(generator, generator.target, generator.iter, bool(generator.is_async), inner)
            for test in generator.ifs:
                self.expression(test, inner, HANDED)
            self.asked(generator.ifs, inner)
        element = How("into", f"{mode.to.rpartition('#')[0]}#*") if mode.way == "into" else HANDED
        for each in [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]:
            self.expression(each, inner, element)
        for inside in ast.walk(node) if ":=" in self.file.text else ():
            if isinstance(inside, ast.NamedExpr):  # it binds a name of the scope around
                scope.local[inside.target.id] = inner.local.get(inside.target.id, "")
        if isinstance(node, ast.SetComp | ast.DictComp):
            self.each(node.elt if isinstance(node, ast.SetComp) else node.key, "hash", inner)
        else:
            self.values.elements[node] = self.path(node.elt, inner)

    def assigned_call(self, targets: Sequence[ast.expr], value: ast.expr, scope: Scope) -> None:
        """Visit an assigned value; a comprehension as one that stands anywhere else."""
        if not isinstance(value, ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp):
            super().assigned_call(targets, value, scope)
            return
        for target in targets:
            if not isinstance(target, ast.Name):
                self.expression(target, scope, HANDED)
        self.comprehended(value, scope, HANDED)
        with self.collecting():  # what the names hold; what is done has been told
            super().assigned_call(targets, value, scope)

    # ---- calls -----------------------------------------------------------------------------

    def parts(self, node: ast.Call, scope: Scope, mode: How) -> None:
        path = self.path(node.func, scope) or self.callee(node.func, scope)
        into = mode.to.rpartition("#")[0] if mode.way == "into" else ""
        inward = (
            bool(self.awaits)
            and self.awaits[-1]
            and (into in AWAITERS or into.rpartition(".")[2] in _RUNNING | STARTING)
        )
        awaited = mode == AWAIT or inward
        quiet = path == _GATHER and any(k.arg == "return_exceptions" and true(k.value) for k in node.keywords)
        runs = awaited or path in ("asyncio.run", "anyio.run") or path.rpartition(".")[2] in _RUNNING
        self.awaits.append(runs and not quiet)
        super().parts(node, scope, mode)
        self.awaits.pop()
        if isinstance(node.func, ast.Name) and node.func.id == "super":
            return
        if path in AWAITERS and not quiet:
            for each in node.args if path == _GATHER else node.args[:1]:
                self.started(each, scope)
        self.by_name(node, path, scope)
        given = [(str(i), a) for i, a in enumerate(node.args[:_MANY])]
        given += [(k.arg, k.value) for k in node.keywords if k.arg]
        if path.startswith("re."):  # a pattern may have a name
            given = [(which, self.once_bound(value) if which == "0" else value) for which, value in given]
        told = [(which, self.told(value, scope)) for which, value in given]
        if path.startswith("re.") and path.count(".") == 1 and given and not is_pattern(given[0][1]):
            told[0] = (given[0][0], told[0][1].replace("!", "()", 1).rstrip("!"))
        if path in ("json.dumps", "json.dump") and node.args and plain_json(node.args[0]):
            told[0] = ("0", f"{told[0][1].rstrip('()*')}!")
        starred = any(isinstance(a, ast.Starred) for a in node.args) or any(k.arg is None for k in node.keywords)
        self.add(
            Call(
                line=node.lineno,
                path=path,
                text=written(node.func),
                awaited=awaited,
                positional=len(node.args) + (99 if starred else 0),
                keywords=tuple(k.arg for k in node.keywords if k.arg),
                given=tuple(each for each in told if each[1]),
            )
        )

    def by_name(self, node: ast.Call, path: str, scope: Scope) -> None:
        """`getattr(shop, "apple")` reads the attribute like `shop.apple`."""
        match node.args:
            case [value, ast.Constant(value=str(name)), *_] if path in _BY_NAME and (base := self.path(value, scope)):
                self.op(node, _BY_NAME[path], f"{base}.{name}")

    def told(self, node: ast.expr, scope: Scope) -> str:
        """The type path of an argument; of a text that is written there `builtins.str!`, of an encoding of host names
        `builtins.str!!`."""
        if isinstance(node, ast.Constant) and isinstance(node.value, str | bytes):
            of_hosts = isinstance(node.value, str) and node.value.lower() in _HOSTS
            return f"builtins.{type(node.value).__name__}!{'!' if of_hosts else ''}"
        path = self.path(node, scope)
        if not path and (of_text := text_of(node)):
            return of_text
        if isinstance(node, ast.Name) and path.endswith(LAZY) and not self.made_here(node):
            return f"{path[:-2]}*"  # it was made elsewhere
        return path or self.param(node, scope)

    def once_bound(self, node: ast.expr) -> ast.expr:
        """What a name is bound to where that is one text, or the expression itself."""
        found = self.file.once(Names).scope(node).find(node.id) if isinstance(node, ast.Name) else None
        bound = found[1][0].node if found and len(found[1]) == 1 else None
        return bound if isinstance(bound, ast.Constant) else node

    def made_here(self, node: ast.expr) -> bool:
        """Whether a name holds an iterator that the code looked at makes: what that runs counts where it stands."""
        return isinstance(node, ast.Name) and self.lazy.get(node.id) == self.number

    def started(self, node: ast.expr, scope: Scope) -> None:
        """What is awaited that was made elsewhere: calls that stand there are told where they stand."""
        match node:
            case ast.Starred(value=ast.ListComp(elt=each) | ast.GeneratorExp(elt=each) | ast.SetComp(elt=each)):
                if not isinstance(each, ast.Call):
                    self.op(each, "await", "")
            case ast.Starred(value=ast.List(elts=items) | ast.Tuple(elts=items)):
                for each in items:
                    self.started(each, scope)
            case ast.Starred(value=value):
                self.op(value, "await", "")
            case ast.Name() | ast.Attribute() | ast.Subscript():
                self.op(node, "await", self.path(node, scope))

    def param(self, node: ast.expr, scope: Scope) -> str:
        """A parameter that is handed on without a type."""
        return self.callee(node, scope) if isinstance(node, ast.Name) and node.id in scope.untyped else ""

    def called(self, how: How, path: str, line: int) -> None:
        """What is done with results matters elsewhere."""
