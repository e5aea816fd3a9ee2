"""Small edits that look after their own parentheses, commas and lines: decorators, keyword arguments, parameters; and those
that move text and whole files."""

from __future__ import annotations

import ast
import re

from .arguments import arguments
from .names import Names
from .source import Definition, Function, Source, statements
from .values import Edit, Import, Span


def move_text(source: Span, path: str, at: int = 0) -> Edit:
    """Put what stands at a span into another file, or elsewhere in its own. That it goes there is another edit."""
    return Edit(path, at, at, "", moved=source)


def create_file(path: str, text: str = "", like: str = "") -> Edit:
    """Begin a file that is not there yet; the other edits of its part follow at 0. Encoding, BOM, line endings and mode
    are those of the file that it is `like`."""
    return Edit(path, 0, 0, text, "create", Span(like) if like else None)


def move_file(path: str, to: str) -> Edit:
    """Give a file another place, so that its history follows; edits in it stay on the old path."""
    return Edit(path, 0, 0, to, "move")


def delete_file(path: str) -> Edit:
    """Take a file away. Comments that come to no other file of the change must be declared (`deletes_comments`)."""
    return Edit(path, 0, 0, "", "delete")


def definitions(file: Source) -> dict[int, Definition]:
    """The functions and classes of a module and its classes, by the line of their keyword."""
    found: dict[int, Definition] = {}
    bodies = [file.tree.body]
    while bodies:
        for node in statements(bodies.pop()):
            if isinstance(node, Definition):
                found[node.lineno] = node
            if isinstance(node, ast.ClassDef):
                bodies.append(node.body)
    return found


def add_decorator(file: Source, node: Definition, text: str) -> Edit:
    """Put `@text` on a line of its own above a definition and its decorators."""
    offset = file.line_starts[file.first_line(node) - 1]
    indent = re.compile(r"[ \t\f]*").match(file.text, offset)
    spaces = indent[0].rpartition("\f")[2] if indent else ""  # a form feed starts the column again
    return file.replace((offset, offset), f"{spaces}@{text}{file.newline}")


def decorators(names: Names, node: Definition, dotted: str) -> list[ast.expr]:
    """The decorators that mean a dotted name, bare or called."""
    return [d for d in node.decorator_list if names.meaning(d.func if isinstance(d, ast.Call) else d) == dotted]


def drop_decorator(file: Source, decorator: ast.expr) -> Edit | None:
    """Remove a decorator with its lines; None where a comment stands on them."""
    first, last = decorator.lineno, decorator.end_lineno or decorator.lineno
    start = file.line_starts[first - 1]
    end = file.line_end(last)
    return None if "#" in file.text[start:end] else file.replace((start, end), "")


def used_imports(names: Names, node: ast.expr) -> tuple[Import, ...]:
    """The imports that an expression goes through: what its removal may free."""
    while isinstance(node, ast.Attribute | ast.Call):
        node = node.value if isinstance(node, ast.Attribute) else node.func
    return names.imports_as(node.id) if isinstance(node, ast.Name) else ()


def add_keyword(file: Source, call: ast.expr, name: str, value: str, first: bool = False) -> Edit | None:
    """Give a call one more keyword argument, behind its others or `first` of its keywords; a name or attribute, as
    decorators are, becomes a call. None where it has the keyword, or is given a generator without parentheses."""
    text = f"{name}={value}"
    if not isinstance(call, ast.Call):
        return file.replace((file.end(call),) * 2, f"({text})")
    arguments = sorted([*call.args, *call.keywords], key=file.start)
    if any(k.arg == name for k in call.keywords) or _is_bare_generator(file, call):
        return None
    if first and call.keywords:
        at = file.start(call.keywords[0])
        return file.replace((at, at), f"{text},{_own_line(file, at) or ' '}")
    close = file.end(call) - 1
    if not arguments:
        start = file.text.index("(", _behind(file, call.func, close, comma=False)[0]) + 1
        return file.replace((start, start), text)
    own_line = _own_line(file, file.start(arguments[-1]))
    end, comma = _behind(file, arguments[-1], close)
    rest = file.text[end : file.line_end(file.line_of(end))].rstrip("\r\n")
    if own_line and (not rest.strip() or rest.lstrip().startswith("#")):
        return file.replace((end, end + len(rest)), f"{'' if comma else ','}{rest}{own_line}{text}{',' * comma}")
    return file.replace((end, end), f"{'' if comma else ','} {text}")


def drop_keyword(file: Source, call: ast.Call, name: str) -> Edit | None:
    """Take a keyword argument and its comma from a call; None where it is not there, or a comment stands beside it."""
    arguments = sorted([*call.args, *call.keywords], key=file.start)
    found = next((n for n, each in enumerate(arguments) if isinstance(each, ast.keyword) and each.arg == name), None)
    if found is None:
        return None
    close = file.end(call) - 1
    behind = _behind(file, arguments[found], close)[0]
    if found:
        start = _behind(file, arguments[found - 1], close, comma=False)[0]
        end = _behind(file, arguments[found], close, comma=False)[0]
    else:
        start = file.start(arguments[0])
        end = file.start(arguments[1]) if len(arguments) > 1 else behind
    beside = file.text[start:end].replace(file.segment(arguments[found]), "")
    beside += file.text[behind : file.line_end(file.line_of(behind))].lstrip()[:1]
    return None if "#" in beside else file.replace((start, end), "")


def add_parameter(file: Source, node: Function, text: str, keyword_only: bool) -> Edit:
    """Give a function one more parameter, `name: type = default`: the last one that may be given by position, or with
    `keyword_only` the last of those that may not, behind `*args` or a star that is added."""
    taken = node.args
    positional = [*taken.posonlyargs, *taken.args]
    defaults = dict(zip(reversed(positional), reversed(taken.defaults), strict=False))
    defaults |= {a: d for a, d in zip(taken.kwonlyargs, taken.kw_defaults, strict=True) if d is not None}
    behind = taken.kwonlyargs or ([taken.vararg] if taken.vararg else []) if keyword_only else []
    pieces = [text] if behind or not keyword_only else ["*", text]
    before = behind or positional
    opening, close = _parentheses(file, node)
    if not before:
        own_line = _own_line(file, _starred(file, taken.kwarg)) if taken.kwarg else ""
        new = f",{own_line or ' '}".join([*pieces, ""] if taken.kwarg else pieces)
        return file.replace((opening, opening), own_line + new.rstrip() if own_line else new)
    last = before[-1]
    end, comma = _behind(file, defaults.get(last, last), close)
    slash = _BETWEEN.match(file.text, end)
    if slash and file.text.startswith("/", slash.end(), close):  # what stands before it is by position only
        end = slash.end() + 1
        found = _BETWEEN.match(file.text, end)
        comma = found is not None and file.text.startswith(",", found.end(), close)
        end = found.end() + 1 if found and comma else end
    own_line = _own_line(file, _starred(file, last))
    rest = file.text[end : file.line_end(file.line_of(end))].rstrip("\r\n")
    if own_line and (not rest.strip() or rest.lstrip().startswith("#")):
        new = f",{own_line}".join(pieces)
        return file.replace((end, end + len(rest)), f"{'' if comma else ','}{rest}{own_line}{new}{',' * comma}")
    return file.replace((end, end), f" {', '.join(pieces)}," if comma else f", {', '.join(pieces)}")


def _parentheses(file: Source, node: Function) -> tuple[int, int]:
    """The offset behind the parenthesis that opens a function's parameters, and that of the one that closes them."""
    text = file.text
    types = getattr(node, "type_params", ())
    at = file.end(types[-1]) if types else file.name_span(node)[1]
    while text[at] != "(":
        at = _next(text, at if text[at] in "],(" else at - 1)
    opening = at + 1
    parts = [*arguments(node.args), *node.args.defaults, *filter(None, node.args.kw_defaults)]
    at = max([opening, *map(file.end, parts)]) - 1
    close = at
    while text[at := _next(text, at)] in "),/":
        close = at if text[at] == ")" else close
    return opening, close


def _next(text: str, at: int) -> int:
    """The offset of the token behind a character."""
    found = _BETWEEN.match(text, at + 1)
    return found.end() if found else at + 1


def _starred(file: Source, argument: ast.arg) -> int:
    """Where a parameter begins, its stars included."""
    start = file.start(argument)
    before = file.text[:start].rstrip(" \t")
    return len(before.rstrip("*")) if before.endswith("*") else start


def _is_bare_generator(file: Source, call: ast.Call) -> bool:
    """`f(x for x in y)`, whose parentheses are the call's own."""
    return any(isinstance(a, ast.GeneratorExp) and file.end(a) == file.end(call) for a in call.args)


def _own_line(file: Source, offset: int) -> str:
    """The line break and the white space before a text that begins its line; "" for one that does not."""
    start = file.line_starts[file.line_of(offset) - 1]
    before = file.text[start:offset]
    return f"{file.newline}{before}" if not before.strip() else ""


_BETWEEN = re.compile(r"(?:[ \t\f\r\n]|\\\r?\n|#[^\r\n]*)*")  # what may stand between two tokens of a call


def _behind(file: Source, argument: ast.AST, close: int, comma: bool = True) -> tuple[int, bool]:
    """The offset behind an argument, the parentheses around it and its comma if there is one; whether there is."""
    end = file.end(argument)
    while (match := _BETWEEN.match(file.text, end)) and file.text.startswith(")", match.end(), close):
        end = match.end() + 1
    if comma and (match := _BETWEEN.match(file.text, end)) and file.text.startswith(",", match.end(), close):
        return match.end() + 1, True
    return end, False
