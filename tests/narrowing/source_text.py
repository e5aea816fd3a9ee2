"""Python itself: sources that do not parse, literals that are none."""

import ast
import importlib
import tokenize
import io


def parsed(text: str) -> int:
    try:
        return len(ast.parse(text).body)
    except Exception:
        return -1


def literal(text: str) -> object:
    try:
        return ast.literal_eval(text)
    except Exception:
        return "none"


def compiled(text: str) -> bool:
    try:
        compile(text, "<text>", "exec")
    except Exception:
        return False
    return True


def loaded(name: str) -> bool:
    try:
        importlib.import_module(name)
    except Exception:
        return False
    return True


def tokens(text: str) -> int:
    try:
        return len(list(tokenize.generate_tokens(io.StringIO(text).readline)))
    except Exception:
        return -1


NARROWED = ["parsed"]
ARRIVE = [
    ("SyntaxError", lambda: parsed("def")),
    ("ValueError", lambda: literal("a.b")),
    ("SyntaxError", lambda: literal("(")),
    ("SyntaxError", lambda: compiled("def")),
    ("ModuleNotFoundError", lambda: loaded("no_such_module_at_all")),
    ("TokenError", lambda: tokens("(")),
]
