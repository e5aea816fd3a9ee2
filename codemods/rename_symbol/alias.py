"""What stays under the old name, if something shall: the new one itself, or what warns and gives it."""

from __future__ import annotations

import ast

from ..engine.source import Definition, Source, is_docstring, is_function
from ..facts.moving.effects import is_script
from .values import Alias, Span


class NoAlias(Exception):
    """There is no way to leave the old name, in words."""


def insertion(file: Source, alias: Alias) -> Span:
    """The text that leaves the old name, and where it goes. Raises NoAlias."""
    if alias.owner:
        return _in_class(file, alias)
    if alias.kind == "plain":
        at, newline = _end(file), file.newline
        return at, at, "", _apart(file, at, f"{alias.old} = {alias.new}{newline}")
    return _in_module(file, alias)


def _end(file: Source) -> int:
    """Where the last statement may go: above `if __name__ == "__main__"`, else the end."""
    for node in file.tree.body:
        if is_script(node):
            return file.line_starts[node.lineno - 1]
    return len(file.text)


def _apart(file: Source, at: int, text: str) -> str:
    """A text with the blank lines that stand around a definition."""
    newline = file.newline
    before = "" if not file.text[:at] or file.text[:at].endswith(("\n", "\r")) else newline
    blank = file.text[:at].replace("\r\n", "\n")
    missing = max(0, 2 - (len(blank) - len(blank.rstrip("\n")) - 1)) if blank.endswith("\n") else 2
    return f"{before}{newline * missing}{text}{newline * 2 if at < len(file.text) else ''}"


def _warning(file: Source, alias: Alias, indent: str) -> list[str]:
    told = f'"{alias.dotted} is called {alias.new} now"'
    return [f"{indent}import warnings", "", f"{indent}warnings.warn({told}, DeprecationWarning, stacklevel=2)"]


def _in_module(file: Source, alias: Alias) -> Span:
    step = file.indent
    hook = next((n for n in file.tree.body if is_function(n) and n.name == "__getattr__"), None)
    if hook is not None:
        first = hook.body[1] if is_docstring(hook, hook.body[0]) and len(hook.body) > 1 else hook.body[0]
        at = file.line_starts[file.first_line(first) - 1]
        name = hook.args.args[0].arg if hook.args.args else ""
        margin = file.text[at : file.start(first)]
        if not name or margin.strip():
            raise NoAlias("its __getattr__ is not one that can be added to")
        lines = [f'{margin}if {name} == "{alias.old}":', *_warning(file, alias, margin + step)]
        lines += [f"{margin}{step}return {alias.new}", ""]
        return at, at, "", file.newline.join(lines)
    typed = any(is_function(n) and n.returns is not None for n in file.tree.body)
    lines = [f"def __getattr__(name{': str' if typed else ''}){' -> object' if typed else ''}:"]
    lines += [f'{step}if name == "{alias.old}":', *_warning(file, alias, step * 2), f"{step * 2}return {alias.new}"]
    lines += [f'{step}raise AttributeError(f"module {{__name__!r}} has no attribute {{name!r}}")', ""]
    at = _end(file)
    return at, at, "", _apart(file, at, file.newline.join(lines))


def _in_class(file: Source, alias: Alias) -> Span:
    body: list[ast.stmt] = file.tree.body
    node: Definition | None = None
    for name in alias.owner.split("."):
        node = next((n for n in body if isinstance(n, ast.ClassDef) and n.name == name), None)
        if node is None:
            raise NoAlias(f"{alias.owner} is not a class at the top of its module")
        body = node.body
    found = [n for n in body if is_function(n) and n.name == alias.old]
    if not found:
        raise NoAlias("only a method can keep its old name, no other attribute")
    method = found[-1]
    margin = file.text[file.line_starts[method.lineno - 1] : file.start(method)]
    if margin.strip():
        raise NoAlias("the method stands on a line with other code")
    at = file.line_end(method.end_lineno or method.lineno)
    newline = file.newline
    before = "" if file.text[:at].endswith(("\n", "\r")) else newline
    kinds = {ast.unparse(d).rpartition(".")[2] for d in method.decorator_list}
    if alias.kind == "plain":
        return at, at, "", f"{before}{newline}{margin}{alias.old} = {alias.new}{newline}"
    step = file.indent
    lines = [""]
    if "property" in kinds or "cached_property" in kinds:
        lines += [f"{margin}@property", f"{margin}def {alias.old}(self):"]
        given = f"self.{alias.new}"
    elif "staticmethod" in kinds:
        lines += [f"{margin}@staticmethod", f"{margin}def {alias.old}(*args, **kwargs):"]
        given = f"{alias.owner}.{alias.new}(*args, **kwargs)"
    else:
        first = "cls" if "classmethod" in kinds else "self"
        lines += [f"{margin}@classmethod"] if first == "cls" else []
        lines += [f"{margin}def {alias.old}({first}, *args, **kwargs):"]
        given = f"{first}.{alias.new}(*args, **kwargs)"
    lines += [*_warning(file, alias, margin + step), f"{margin}{step}return {given}", ""]
    return at, at, "", before + newline.join(lines)
