"""Read one file into flows: what each body does that may raise. The types come from the same visit."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import replace

from ...engine.arguments import arguments
from ...engine.names import Names, last_name
from ...engine.source import Function, Source, statements
from ..types.calls import Scope
from ..types.data import HANDED, How, ModuleFacts
from .broad import Broad, broad_clauses
from .categories import category
from .clauses import clause_of
from .data import Again, Call, Clause, Flow, FlowFacts, Handler, Op, Operator, Raise, Try, With
from .evidence import Identity, identities
from .guards import Guards
from .injections import injections
from .joined import join, kept_as, leaves
from .shapes import is_builtin, read_of, required, written
from .storing import Storing, named
from .terms import LAZY
from .valued import NONE, flattened, nested_name


def read(file: Source) -> FlowFacts:
    """The flows of one file."""
    reader = _Reader(file)
    types = reader.read()
    return FlowFacts(
        types=ModuleFacts(
            path=types.path,
            table=types.table,
            classes=types.classes,
            functions=types.functions,
            variables=types.variables,
            built=types.built,
        ),
        flows={name: tuple(variants) for name, variants in reader.flows.items()},
        returned={name: tuple(given) for name, given in reader.wrappers.items()},
        factories={name: tuple(given) for name, given in reader.factories.items()},
        swallowing=frozenset(reader.swallowing),
        unseen=frozenset(reader.unseen),
        defaults=reader.defaults,
        rebinding=reader.rebinding(),
        required=required(file),
        clauses=tuple(sorted(reader.clauses, key=lambda c: c.line)),
        injections=injections(file),
    )


class _Flows(Storing):
    def __init__(self, file: Source) -> None:
        super().__init__(file)
        self.broad: dict[ast.AST, Broad] = {b.node: b for b in broad_clauses(file)}
        self.identities: dict[ast.AST, Identity] = {b.node: identity for b, identity in identities(file)}
        self.wrappers: dict[str, list[str]] = {}  # a function → the functions inside that it returns
        self.swallowing: set[str] = set()
        self.globals: set[str] = set()  # names that some function declares so
        self.unseen: set[str] = set()  # variables and attributes that get a value of unknown type somewhere
        self.rebound: set[str] = set()  # names of what is being handled that hold something else by now
        self.clauses: list[Clause] = []
        self.qualname = ""

    def flow(self, body: Iterable[ast.stmt], scope: Scope) -> Flow:
        with self.collecting() as terms:
            self.body(body, scope)
        return tuple(terms)

    # ---- definitions -----------------------------------------------------------------------

    def define(self, node: Function, scope: Scope) -> None:
        nested = nested_name(node)
        if scope.function:
            scope.local[node.name] = f"~.{nested}"
        self.decorated(node, scope)
        if scope.cls and any(isinstance(d, ast.Attribute) and d.attr == "validator" for d in node.decorator_list):
            self.factories.setdefault(scope.cls, []).append(f"~.{scope.cls}.{node.name}")
        self.annotated([*(a.annotation for a in arguments(node.args)), node.returns], scope)
        name = nested if scope.function else f"{scope.cls}.{node.name}" if scope.cls else node.name
        self.by_default(node, name, scope)
        outer, self.qualname = self.qualname, name
        super().define(node, scope)
        self.qualname = outer
        if scope.function:
            self.functions[nested] = (scope.nested[node.name],)
            scope.local[node.name] = f"~.{nested}" if node.name not in self.shared else ""

    def define_class(self, node: ast.ClassDef, scope: Scope) -> None:
        self.decorated(node, scope)
        if node.decorator_list:
            self.dressed[named(node, scope)] = tuple(self.path(d, scope) for d in node.decorator_list)
        for base in node.bases:
            if path := self.path(base, scope):
                self.op(base, "subclass", path)
        for keyword in node.keywords:
            self.expression(keyword.value, scope, HANDED)
            if keyword.arg == "metaclass":
                text, path = written(keyword.value), self.path(keyword.value, scope)
                self.add(Call(line=node.lineno, path=path, text=text))
                self.metaclasses[named(node, scope)] = path
        super().define_class(node, scope)

    def decorated(self, node: Function | ast.ClassDef, scope: Scope) -> None:
        """Decorators run where the definition stands."""
        for each in node.decorator_list:
            self.op(each, "decorate", self.path(each, scope))

    def inside(self, node: Function, inner: Scope) -> None:
        for rest, kind in ((node.args.vararg, "tuple"), (node.args.kwarg, "dict")):
            if rest is not None:
                inner.local[rest.arg] = f"builtins.{kind}()"
        inner.local.update((name, "") for name in self.shifting & inner.local.keys() - inner.params)
        caught, self.caught = self.caught, []
        with self.collecting() as terms, self.sharing(node):
            super().inside(node, inner)
        self.caught = caught
        setter = any(isinstance(d, ast.Attribute) and d.attr in ("setter", "deleter") for d in node.decorator_list)
        name = f"{self.qualname}.{last_name(node.decorator_list[0])}" if setter else self.qualname
        self.keep(name, terms, more=name in self.flows and not setter)
        lines = {n.name: nested_name(n) for n in statements(node.body) if isinstance(n, Function)}
        given = [lines[each] for how, each in inner.given if how in ("name", "call") and each in lines]
        if given:
            self.wrappers[self.qualname] = given
        if node.name in ("__exit__", "__aexit__"):
            returns = [n.value for n in statements(node.body) if isinstance(n, ast.Return)]
            if returns and all(isinstance(v, ast.Constant) and v.value is True for v in returns):
                self.swallowing.add(self.qualname)

    # ---- statements ------------------------------------------------------------------------

    def statement(self, node: ast.stmt, scope: Scope) -> None:
        match node:
            case ast.Try() | ast.TryStar():
                self.tried(node, scope)
            case ast.With() | ast.AsyncWith():
                self.managed(node, scope, 0)
            case ast.Raise():
                self.raised(node, scope)
            case ast.Global(names=names):
                self.globals.update(names)
            case ast.For() | ast.AsyncFor():
                self.looped(node, node.target, node.iter, isinstance(node, ast.AsyncFor), scope)
                self.blocks(node, scope)
            case ast.Assert(test=test, msg=message):
                for each in filter(None, [test, message]):
                    self.expression(each, scope, HANDED)
                self.asked([test], scope)
                self.op(test, "assert", "")
            case ast.Delete(targets=targets):
                for target in targets:
                    self.target(target, scope, "delitem")
            case ast.If(test=test) | ast.While(test=test):
                self.asked([test], scope)
                super().statement(node, scope)
            case ast.Match(subject=subject, cases=cases):
                self.expression(subject, scope, HANDED)
                for case in cases:
                    self.matched(case.pattern, self.path(subject, scope), scope)
                for guard in (case.guard for case in cases if case.guard is not None):
                    self.expression(guard, scope, HANDED)
                    self.asked([guard], scope)
                self.blocks(node, scope)
            case ast.AugAssign(target=target, op=operator, value=value):
                self.expression(value, scope, HANDED)
                self.operated(node, target, operator, value, scope)
                if isinstance(target, ast.Subscript):
                    self.op(target, "getitem", self.path(target.value, scope), self.index(target, scope))
                self.target(target, scope, "setitem")
            case ast.AnnAssign(annotation=annotation, value=value) if not scope.function:
                self.annotated([annotation], scope)
                if scope.cls and isinstance(value, ast.Call):
                    self.made_by(value, scope)
                super().statement(node, scope)
            case ast.Assign(value=ast.Call() as value) if scope.cls and not scope.function:
                self.made_by(value, scope)
                super().statement(node, scope)
            case ast.Import() | ast.ImportFrom():
                from_one = ["." * node.level + (node.module or "")] if isinstance(node, ast.ImportFrom) else ()
                for name in from_one or [a.name for a in node.names]:
                    self.add(Op(line=node.lineno, operator="import", path=name, text=f"import {name}"))
                super().statement(node, scope)
            case _:
                super().statement(node, scope)

    def matched(self, pattern: ast.pattern, subject: str, scope: Scope) -> None:
        """What a pattern asks of the value that it is held against; nothing is known of the parts of one."""
        match pattern:
            case ast.MatchValue(value=value):
                self.expression(value, scope, HANDED)
                self.each(value, "equal", scope)
                if not is_builtin(subject):
                    self.op(value, "equal", subject)
            case ast.MatchClass(cls=cls, kwd_attrs=names, patterns=parts, kwd_patterns=named):
                if path := self.path(cls, scope):
                    for name in names:
                        self.op(cls, "match", f"{path}*.{name}")
                for part in (*parts, *named):
                    self.matched(part, "", scope)
            case ast.MatchMapping(patterns=parts) | ast.MatchSequence(patterns=parts):
                if not is_builtin(subject):
                    self.op(pattern, "matchitems", subject)
                for part in parts:
                    self.matched(part, "", scope)
            case ast.MatchAs(pattern=ast.pattern() as part):
                self.matched(part, subject, scope)
            case ast.MatchOr(patterns=parts):
                for part in parts:
                    self.matched(part, subject, scope)

    def tried(self, node: ast.Try | ast.TryStar, scope: Scope) -> None:
        before, scope.conditional = scope.conditional, True
        first = dict(scope.local)
        body = self.flow(node.body, scope)
        done = dict(scope.local)
        ways: list[dict[str, str]] = []
        handlers: list[Handler] = []
        earlier: list[str] = []
        for handler in node.handlers:
            takes = None if handler.type is None else self.types_of(handler.type, scope)
            if handler in self.broad:
                self.clauses.append(
                    replace(
                        self.clause(handler, body, scope),
                        earlier=tuple(earlier),
                        group=isinstance(node, ast.TryStar),
                        reads=read_of(handler),
                        again=isinstance(handler.body[-1], ast.Raise) and handler.body[-1].exc is None,
                    )
                )
            join(scope, [first, done])
            if handler.name:
                one = takes[0] if takes is not None and len(takes) == 1 else ""
                scope.local[handler.name] = f"{one}()" if one else ""
            self.caught.append(handler.name or "")
            self.rebound.discard(handler.name or "")
            handlers.append(Handler(line=handler.lineno, takes=takes, body=self.flow(handler.body, scope)))
            self.caught.pop()
            earlier += takes or ()
            if not leaves(handler.body):
                ways.append(dict(scope.local))
        join(scope, [done])
        orelse = self.flow(node.orelse, scope)
        if not (leaves(node.body) or leaves(node.orelse)):
            ways.append(dict(scope.local))
        join(scope, ways)
        final = self.flow(node.finalbody, scope)
        scope.conditional = before
        out = (ast.Return, ast.Break, ast.Continue)
        self.add(
            Try(
                line=node.lineno,
                body=body,
                handlers=tuple(handlers),
                orelse=orelse,
                final=final,
                swallows=any(isinstance(s, out) for s in node.finalbody),
            )
        )

    def clause(self, node: ast.AST, body: Flow, scope: Scope) -> Clause:
        """A clause that takes everything, over a body."""
        broad = self.broad[node]
        return clause_of(
            broad,
            function=self.qualname,
            body=body,
            beside=tuple(self.path(each, scope) for each in broad.beside),
            alias=broad.alias,
            category=category(self.file, broad),
            identity=self.identities[node],
        )

    def types_of(self, node: ast.expr, scope: Scope) -> tuple[str, ...]:
        """The type paths of what a handler names, a tuple that a name stands for included."""
        return tuple(self.path(n, scope) for n in flattened(self.followed(each) for each in flattened([node])))

    def followed(self, node: ast.expr) -> ast.expr:
        """The tuple that a name of this module stands for, or the node itself."""
        found = self.file.once(Names).followed(node) if isinstance(node, ast.Name) else node
        return found if isinstance(found, ast.Tuple) else node

    def managed(self, node: ast.With | ast.AsyncWith, scope: Scope, index: int) -> None:
        """`with a, b: …` is `with a: with b: …`."""
        if index == len(node.items):
            self.blocks(node, scope)
            return
        item = node.items[index]
        call = item.context_expr
        is_async = isinstance(node, ast.AsyncWith)
        self.expression(call, scope, How("with") if is_async else HANDED)
        path = self.path(call, scope)
        given = flattened(call.args) if isinstance(call, ast.Call) else []
        if item.optional_vars is not None:
            enter = ".__aenter__()" if is_async else ".__enter__()"
            self.within(item.optional_vars, scope)
            self.assign(item.optional_vars, path + enter if path else "", None, scope)
        with self.collecting() as body:
            self.managed(node, scope, index + 1)
        if call in self.broad:
            self.clauses.append(self.clause(call, tuple(body), scope))
        self.add(
            With(
                line=call.lineno,
                path=path,
                text=written(call),
                is_async=is_async,
                body=tuple(body),
                given=tuple(self.path(n, scope) for n in given),
            )
        )

    def raised(self, node: ast.Raise, scope: Scope) -> None:
        what = node.exc
        match what:
            case None:
                again = 0 if self.caught else None
            case ast.Name(id=name) | ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="with_traceback")):
                inward = list(reversed(self.caught))
                again = inward.index(name) if name in inward else None
            case _:
                again = None
        for each in filter(None, [what, node.cause]):
            self.expression(each, scope, HANDED)
        anew = again is not None and self.caught[-1 - again] in self.rebound  # it may be another error by now
        if again is not None:
            self.add(Again(line=node.lineno, level=again))
        if again is None or anew:
            path = self.path(what, scope) if what is not None else ""
            cause = self.path(node.cause, scope) if node.cause is not None else ""
            text = written(what) if what is not None else "raise"
            self.add(Raise(line=node.lineno, path=path, text=text, cause=cause))

    # ---- what is assigned and deleted ----------------------------------------------------------

    def assign(
        self, target: ast.AST, path: str, value: ast.expr | None, scope: Scope, declared: ast.expr | None = None
    ) -> None:
        match target:
            case ast.Tuple(elts=targets) | ast.List(elts=targets) if value is not None:
                size = len(value.elts) if isinstance(value, ast.Tuple | ast.List) else -1
                starred = any(isinstance(t, ast.Starred) for t in targets)
                if size != len(targets) and not (starred and size >= 0):
                    self.op(target, "unpack", self.path(value, scope))
            case ast.Subscript() | ast.Attribute():
                self.target(target, scope, "setitem")
                if isinstance(target, ast.Subscript) and isinstance(target.slice, ast.Slice) and value is not None:
                    self.op(value, "iter", self.path(value, scope))
            case ast.Name(id=name) if name in self.caught:
                self.rebound.add(name)
        none = isinstance(value, ast.Constant) and value.value is None
        if isinstance(target, ast.Name) and target.id in self.globals and scope.function:
            self.remember(self.variables, target.id, path, False)
            if not path and not none:
                self.unseen.add(target.id)
        if isinstance(target, ast.Name) and scope.function:
            path = "" if target.id in self.shared else NONE if none else path
            self.lazy[target.id] = self.number if path.endswith(LAZY) else -1
        elif not path and not none and (kept := kept_as(target, scope)):
            self.unseen.add(kept)
        super().assign(target, path, value, scope, declared)

    def target(self, node: ast.AST, scope: Scope, operator: Operator) -> None:
        """What is stored into or deleted."""
        if operator == "delitem":
            self.within(node, scope)
        match node:
            case ast.Subscript(value=value):
                self.op(node, operator, self.path(value, scope), self.index(node, scope))
            case ast.Attribute(value=value):
                self.store(value, node.attr, scope)
                path = self.path(value, scope)
                self.op(node, "setattribute", f"{path}.{node.attr}" if path else "")
            case ast.Tuple(elts=targets) | ast.List(elts=targets) if operator == "delitem":
                for each in targets:
                    self.target(each, scope, operator)


class _Reader(Guards, _Flows):
    """All of it."""
