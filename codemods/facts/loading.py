"""What happens when a module is imported: which modules run in which order, and which name is asked for before it is there.

`read` says what one file does while it is imported; `Loading` imports a module as a fresh process does, of all files that
were read, without running any code. Each branch of an `if` is taken to run, what only type checkers see is not, and what
stands in functions waits.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from ..engine.bindings import checking_branch, checking_names
from ..engine.names import Names
from ..engine.scopes import outside
from ..engine.source import Source, is_function
from .modules import Modules

Kind = Literal["import", "from", "star", "bind", "use", "call"]


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that a module does while it is imported. Of an import `module` is what it names, as it is written, `name`
    what it takes from there; a use is of `binds`, or of what that has under `name`; a call may run code of what gives `binds`."""

    kind: Kind
    line: int
    module: str = ""
    name: str = ""
    binds: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Failure:
    """A name that is asked for before it is there: where, what, and the files that are half imported then, the first of
    them the one that gives the name."""

    path: str
    line: int
    name: str
    giver: str
    chain: tuple[str, ...] = ()


def read(file: Source) -> tuple[Event, ...]:
    """What a file does while it is imported."""
    return tuple(_Reader(file).body(file.tree.body)) if file.is_python else ()


class _Reader:
    def __init__(self, file: Source) -> None:
        self.names = file.once(Names)
        self.checking = checking_names(file)
        self.in_class = False
        self.annotated = "annotations" not in self.names.futures

    def body(self, statements: Sequence[ast.stmt], inner: bool = False) -> Iterator[Event]:
        for statement in statements:
            yield from self._statement(statement, inner)

    def _statement(self, node: ast.stmt, inner: bool) -> Iterator[Event]:
        line = node.lineno
        match node:
            case ast.Import(names=names):
                for alias in names:
                    local = alias.asname or alias.name.partition(".")[0]
                    yield Event("import", line, alias.name, "as" if alias.asname else "", local)
            case ast.ImportFrom(names=names):
                module = "." * node.level + (node.module or "")
                for alias in names:
                    if alias.name == "*":
                        yield Event("star", line, module)
                    else:
                        yield Event("from", line, module, alias.name, alias.asname or alias.name)
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                yield from self._uses(outside(node))
                yield from self._calls(node.decorator_list)
                if is_function(node):
                    yield from self._uses(self._annotations(node))
                else:
                    outer, self.in_class = self.in_class, True
                    yield from self.body(node.body, inner=True)
                    self.in_class = outer
                yield from () if inner else (Event("bind", line, binds=node.name),)
            case ast.AnnAssign(target=target, annotation=annotation, value=value):
                yield from self._uses([annotation] if self.annotated else [])
                yield from self._uses([value] if value is not None else [])
                if value is not None:
                    yield from self._targets([target], line, inner)
            case ast.If(test=test, body=body, orelse=orelse):
                yield from self._uses([test])
                seen = checking_branch(node, self.checking)
                yield from () if seen == "body" else self.body(body, inner)
                yield from () if seen == "orelse" else self.body(orelse, inner)
            case ast.Try() | ast.TryStar():
                yield from self.body(node.body, inner)
                for handler in node.handlers:
                    yield from (e for e in self.body(handler.body, inner) if e.kind != "use")
                yield from self.body([*node.orelse, *node.finalbody], inner)
            case ast.Expr(value=ast.Constant()):
                return
            case _:
                yield from self._uses([c for c in ast.iter_child_nodes(node) if isinstance(c, ast.expr)])
                if isinstance(node, ast.With | ast.AsyncWith):
                    yield from self._uses([i.context_expr for i in node.items])
                targets = getattr(node, "targets", None) or [getattr(node, "target", None)]
                yield from self._targets([t for t in targets if isinstance(t, ast.expr)], line, inner)
                for name in ("body", "orelse", "finalbody"):
                    block = getattr(node, name, None)
                    yield from self.body(block, inner) if isinstance(block, list) else ()

    def _annotations(self, node: ast.AST) -> list[ast.expr]:
        if not self.annotated or not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            return []
        every = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs, node.args.vararg, node.args.kwarg]
        return [a for a in (node.returns, *(e.annotation for e in every if e is not None)) if a is not None]

    def _targets(self, targets: Sequence[ast.expr], line: int, inner: bool) -> Iterator[Event]:
        for target in () if inner else targets:
            for node in ast.walk(target):
                if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                    yield Event("bind", line, binds=node.id)

    def _calls(self, nodes: Sequence[ast.AST]) -> Iterator[Event]:
        """What may run when something is called with something: the code of all that is named."""
        for node in (n for each in nodes for n in ast.walk(each)):
            if isinstance(node, ast.Name) and not (self.in_class and self._is_local(node)):
                yield Event("call", node.lineno, binds=node.id)

    def _uses(self, nodes: Sequence[ast.AST]) -> Iterator[Event]:
        """What expressions read of the module; names that comprehensions and classes bind for themselves are none of it."""
        stack = [(node, self.in_class) for node in reversed(nodes)]
        while stack:
            node, nested = stack.pop()
            if isinstance(node, ast.Call):
                yield from self._calls([node.func, *node.args, *(k.value for k in node.keywords)])
            match node:
                case ast.Lambda():
                    continue
                case ast.Attribute(value=ast.Name() as root, attr=name):
                    if not (nested and self._is_local(root)):
                        yield Event("use", node.lineno, binds=root.id, name=name)
                    continue
                case ast.Name(id=name, ctx=ast.Load()) if not (nested and self._is_local(node)):
                    yield Event("use", node.lineno, binds=name)
                case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                    nested = True
            stack += [(child, nested) for child in ast.iter_child_nodes(node)][::-1]

    def _is_local(self, node: ast.Name) -> bool:
        """Whether a class or comprehension binds a name that stands there."""
        scope = self.names.scope(node)
        found = scope.find(node.id)
        return found is not None and found[0] is not self.names.module and not self.names.is_early(node, scope)


# the names of a module so far, each with the file of the module that it is, or "=" and that of the module that made it
_Space = dict[str, str]


class Loading:
    """Imports over some files. `moved` are names that a file has no more, each with the file that has it now; who asks the
    first for one gets it from the second, which is imported then, but for those in `late`, which ask in a function."""

    def __init__(
        self,
        events: Mapping[str, Sequence[Event]],
        modules: Modules,
        moved: Mapping[tuple[str, str], str] | None = None,
        late: frozenset[tuple[str, str, str]] = frozenset(),
        through: Mapping[tuple[str, str], tuple[str, ...]] | None = None,
    ) -> None:
        self.events = events
        self.modules = modules
        self.moved = moved or {}
        self.late = late  # importing file, file, name
        self.through = through or {}  # importing file and imported one → files that are imported with it
        self.unread: set[str] = set()
        self._ever: dict[str, frozenset[str]] = {}

    def failures(self, path: str) -> list[Failure]:
        """What is asked for too early when a module is imported first."""
        run = _Run(self)
        run.load(path)
        return run.failed

    def closure(self, path: str) -> set[str]:
        """The files that are imported with a module."""
        run = _Run(self)
        run.load(path)
        return set(run.spaces)

    def ever(self, path: str) -> frozenset[str]:
        """All names that a module gets sooner or later."""
        if path not in self._ever:
            self._ever[path] = frozenset(e.binds for e in self.events.get(path, ()) if e.kind not in ("use", "call"))
        return self._ever[path]

    def target(self, dotted: str, near: str) -> str | None:
        return self.modules.path(dotted, near)


class _Run:
    def __init__(self, loading: Loading) -> None:
        self.loading = loading
        self.spaces: dict[str, _Space] = {}
        self.stack: list[str] = []
        self.failed: list[Failure] = []

    def load(self, path: str) -> None:
        if path in self.spaces or len(self.stack) > 250:
            return
        loading = self.loading
        folder, _, name = path.rpartition("/")
        package = folder if not name.startswith("__init__.") else folder.rpartition("/")[0]
        above = f"{package}/__init__.py" if loading.modules.is_package(package) else None
        if package and above is not None:
            self.load(above)
            if path in self.spaces:
                return
        self.spaces[path] = {}
        if path not in loading.events:
            loading.unread.add(path)
            return
        self.stack.append(path)
        for event in loading.events[path]:
            self._do(path, event)
        self.stack.pop()
        if package and above in self.spaces:
            self.spaces[above][_last(path)] = path

    def _do(self, path: str, event: Event) -> None:
        space = self.spaces[path]
        match event.kind:
            case "bind":
                space[event.binds] = f"={path}"
            case "call":
                self._call(path, event)
            case "import":
                parts = event.module.split(".")
                for size in range(1, len(parts) + 1):
                    self._import(path, ".".join(parts[:size]))
                whole = event.module if event.name else parts[0]
                space[event.binds] = self.loading.target(whole, path) or ""
            case "star":
                found = self._import(path, event.module)
                if found is not None:
                    space.update({n: m for n, m in self.spaces[found].items() if n[:1] != "_"})
            case "from":
                space[event.binds] = self._from(path, event)
            case "use":
                self._use(path, event)

    def _import(self, path: str, dotted: str) -> str | None:
        found = self.loading.target(dotted, path)
        if found is None or found == path:
            return found
        self.load(found)
        for other in self.loading.through.get((path, found), ()):
            self.load(other)
        return found

    def _from(self, path: str, event: Event) -> str:
        loading = self.loading
        found = loading.target(event.module, path)
        name = event.name
        if found is not None and (now := loading.moved.get((found, name))) is not None:
            if (path, found, name) in loading.late or now == path:
                return ""
            self.load(now)
            return self._given(path, event, now, name)
        self._import(path, event.module)
        inner = f"{event.module}{'' if event.module.endswith('.') else '.'}{name}"
        if found is not None and name in self.spaces[found]:
            return self.spaces[found][name]
        module = loading.target(inner, path)
        if module is not None:
            self._import(path, inner)
            return module
        return self._given(path, event, found, name) if found is not None else ""

    def _given(self, path: str, event: Event, giver: str, name: str) -> str:
        if name in self.spaces[giver]:
            return self.spaces[giver][name]
        if name in self.loading.ever(giver) and giver in self.stack:
            self._fail(path, event, giver, name)
        return ""

    def _call(self, path: str, event: Event) -> None:
        """Imports in functions of a file run where these may be called."""
        home = self.spaces[path].get(event.binds, "").lstrip("=")
        for importer, asked, name in self.loading.late if home else ():
            if importer == home:
                giver = self.loading.moved.get((asked, name), asked)
                self.load(giver)
                self._given(path, event, giver, name)

    def _use(self, path: str, event: Event) -> None:
        loading, space = self.loading, self.spaces[path]
        if event.binds not in space:
            if event.binds in loading.ever(path):
                self._fail(path, event, path, event.binds)
            return
        module = space[event.binds]
        if not event.name or not module or module == path or module not in self.spaces:
            return
        module = loading.moved.get((module, event.name), module)
        half = module in self.spaces and module in self.stack and event.name not in self.spaces[module]
        if half and event.name in loading.ever(module):
            self._fail(path, event, module, event.name)

    def _fail(self, path: str, event: Event, giver: str, name: str) -> None:
        chain = tuple(self.stack[self.stack.index(giver) :]) if giver in self.stack else (giver, path)
        self.failed.append(Failure(path, event.line, name, giver, chain))


def _last(path: str) -> str:
    return path.removesuffix("/__init__.py").removesuffix(".py").rpartition("/")[2]
