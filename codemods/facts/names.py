"""What the names of one module mean: imports, and simple assignments followed to what they name."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from ..source import Function as FunctionNode


def statements(body: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements that run in one scope: those under if, try, with, for and match included."""
    for statement in body:
        yield statement
        if isinstance(statement, FunctionNode | ast.ClassDef):
            continue
        for name in ("body", "orelse", "finalbody"):
            yield from statements(getattr(statement, name, ()))
        for part in [*getattr(statement, "handlers", ()), *getattr(statement, "cases", ())]:
            yield from statements(part.body)


def parameters(node: FunctionNode) -> list[ast.arg]:
    return [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]


class Names:
    """What a module's own names mean: imports, and simple assignments followed to what they name."""

    def __init__(self, tree: ast.Module) -> None:
        self.body = list(statements(tree.body))
        self.imports: dict[str, tuple[str, str]] = {}
        self.stars: list[str] = []
        self.assigned: dict[str, ast.expr] = {}
        for node in self.body:
            if isinstance(node, ast.Import):
                for a in node.names:
                    top = a.name.partition(".")[0]
                    self.imports.setdefault(a.asname or top, (a.name if a.asname else top, ""))
            elif isinstance(node, ast.ImportFrom):
                module = "." * node.level + (node.module or "")
                for a in node.names:
                    if a.name == "*":
                        self.stars.append(module)
                    else:
                        self.imports.setdefault(a.asname or a.name, (module, a.name))
            elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
                for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                    if isinstance(target, ast.Name):
                        self.assigned[target.id] = node.value

    def dotted(self, node: ast.AST, depth: int = 4) -> str:
        """The dotted name of an expression, "" when it is none; a name of this module gets a colon."""
        suffix = ""
        while isinstance(node, ast.Attribute):
            suffix = f".{node.attr}{suffix}"
            node = node.value
        if not isinstance(node, ast.Name):
            return ""
        if node.id in self.imports:
            module, name = self.imports[node.id]
            glue = "" if not name or module.endswith(".") else "."
            return f"{module}{glue}{name}{suffix}"
        value = self.assigned.get(node.id)
        if depth and isinstance(value, ast.Name | ast.Attribute) and (found := self.dotted(value, depth - 1)):
            return found + suffix
        return f":{node.id}{suffix}"

    def followed(self, node: ast.expr) -> ast.expr:
        """What a plain name was assigned in this module, or the node itself."""
        for _ in range(4):
            if not (isinstance(node, ast.Name) and node.id in self.assigned):
                break
            node = self.assigned[node.id]
        return node

    def text(self, node: ast.AST | None) -> str | None:
        """The value of a string constant, or of a name of this module that holds one."""
        node = self.followed(node) if isinstance(node, ast.expr) else node
        return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None

    def texts(self, node: ast.AST | None) -> list[str] | None:
        """Argument names as parametrize takes them: "a, b", a list or a tuple. None when computed."""
        node = self.followed(node) if isinstance(node, ast.expr) else node
        if isinstance(node, ast.List | ast.Tuple | ast.Set):
            found = [self.text(e) for e in node.elts]
            return None if None in found else [t for t in found if t is not None]
        text = self.text(node)
        return None if text is None else [w.strip() for w in text.split(",") if w.strip()]


def keywords(call: ast.Call) -> dict[str, ast.expr]:
    return {k.arg: k.value for k in call.keywords if k.arg}


def is_true(node: ast.AST | None) -> bool:
    return isinstance(node, ast.Constant) and node.value is True


def literal_params(names: Names, node: FunctionNode) -> list[ast.Constant] | None:
    """The params of a fixture where every one is a plain string; None elsewhere."""
    calls = [d for d in node.decorator_list if isinstance(d, ast.Call)]
    given = next((p for c in calls if (p := keywords(c).get("params")) is not None), None)
    values = names.followed(given) if given is not None else None
    if not isinstance(values, ast.List | ast.Tuple):
        return None
    found: list[ast.Constant] = []
    for value in values.elts:
        item = (
            value.args[0]
            if isinstance(value, ast.Call) and value.args and names.dotted(value.func) == "pytest.param"
            else value
        )
        if not (isinstance(item, ast.Constant) and isinstance(item.value, str)):
            return None
        found.append(item)
    return found
