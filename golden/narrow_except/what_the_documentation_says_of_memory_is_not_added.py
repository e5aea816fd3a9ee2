# args: --unsafe
# path: shop.py
import ast


def literal(text: str) -> object:
    try:
        return ast.literal_eval(text)
    except Exception:
        return None
# output
import ast


def literal(text: str) -> object:
    try:
        return ast.literal_eval(text)
    except (SyntaxError, ValueError):
        return None
