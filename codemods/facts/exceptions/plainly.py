"""A file of a library as one Python on one system sees it: its branches by version and platform taken, its annotations out of their quotes."""

from __future__ import annotations

import ast
from collections.abc import Callable
from operator import eq, ge, gt, le, lt, ne
from typing import Any

from ...engine.parsing import parse
from ...engine.source import Source, is_function
from ...engine.values import Unreadable

_PYTHONS = ((3, 13), (3, 12), (3, 11))  # the first decides; what only an older one has is kept beside it
_COMPARED: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Eq: eq, ast.NotEq: ne, ast.GtE: ge, ast.Gt: gt, ast.LtE: le, ast.Lt: lt,
}  # fmt: skip


def plainly(source: Source, module: str) -> Source:
    """The same module under the path that its name says."""
    package = source.path.rpartition("/")[2].startswith("__init__.")
    ending = ".pyi" if source.path.endswith(".pyi") else ".py"
    path = module.replace(".", "/") + ("/__init__" if package else "") + ending
    tree = ast.fix_missing_locations(_Plain().visit(parse(source.text)))
    return Source(path, ast.unparse(tree).encode(errors="surrogateescape"))


class _Plain(ast.NodeTransformer):
    def visit_Module(self, node: ast.Module) -> ast.AST:
        return _implemented(self.generic_visit(node))

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        return _implemented(self.generic_visit(node))

    def visit_If(self, node: ast.If) -> Any:
        for python in _PYTHONS if not node.orelse else _PYTHONS[:1]:
            taken = _holds(node.test, python)
            if taken is None:
                return self.generic_visit(node)
            if taken:
                break
        kept = node.body if taken else node.orelse
        return [part for each in kept for part in _listed(self.visit(each))] or ast.Pass()

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        return ast.Expr(ast.Constant(...)) if isinstance(node.value, ast.Constant) else self.generic_visit(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.returns = _unquoted(node.returns)
        return self.generic_visit(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.AST:
        node.returns = _unquoted(node.returns)
        return self.generic_visit(node)

    def visit_arg(self, node: ast.arg) -> ast.AST:
        node.annotation = _unquoted(node.annotation)
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        node.annotation = _unquoted(node.annotation) or node.annotation
        return self.generic_visit(node)


def _implemented(node: Any) -> ast.AST:
    """A stub has no implementation beside its overloads: one that says nothing, so that the name has a function."""
    functions = [each for each in node.body if is_function(each)]
    overloads = [f for f in functions if any("overload" in ast.unparse(d) for d in f.decorator_list)]
    implemented = {f.name for f in functions if f not in overloads}
    for name, function in {f.name: f for f in overloads if f.name not in implemented}.items():
        lines = f"{'async ' * isinstance(function, ast.AsyncFunctionDef)}def {name}(*args, **kwargs): ..."
        node.body += ast.parse(lines).body
    return node  # type: ignore[no-any-return]


def _listed(node: Any) -> list[ast.stmt]:
    return node if isinstance(node, list) else [node]


def _holds(test: ast.expr, python: tuple[int, int]) -> bool | None:
    """Whether a test of the version or the platform holds; None for any other test."""
    match test:
        case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in _COMPARED:
            compare = _COMPARED[type(op)]
            match ast.unparse(left), right:
                case "sys.version_info", ast.Tuple(elts=parts):
                    asked = tuple(p.value for p in parts if isinstance(p, ast.Constant) and isinstance(p.value, int))
                    return compare(python[: len(asked)], asked[:2])
                case "sys.version_info[0]", ast.Constant(value=int(major)):
                    return compare(python[0], major)
                case "sys.platform", ast.Constant(value=str(name)):
                    return compare("linux", name)
                case "os.name", ast.Constant(value=str(name)):
                    return compare("posix", name)
        case ast.Name(id="TYPE_CHECKING") | ast.Attribute(attr="TYPE_CHECKING"):
            return True
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            held = _holds(operand, python)
            return None if held is None else not held
        case ast.BoolOp(op=op, values=values):
            known = [_holds(value, python) for value in values]
            decides = isinstance(op, ast.Or)
            if decides in known:
                return decides
            return None if None in known else not decides
    return None


class _Unquoted(ast.NodeTransformer):
    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        if ast.unparse(node.value).rpartition(".")[2] in ("Literal", "Annotated"):
            return node
        return self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        if not isinstance(node.value, str):
            return node
        try:
            statement = parse(node.value.strip()).body[0]
        except (Unreadable, IndexError):
            return node
        return self.visit(statement.value) if isinstance(statement, ast.Expr) else node


def _unquoted(node: ast.expr | None) -> ast.expr | None:
    found: ast.expr | None = _Unquoted().visit(node) if node is not None else None
    return found
