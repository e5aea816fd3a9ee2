"""Functions that come by other names, by fallbacks, by attributes with constant names."""

import json as text_format
import json.decoder
from json import loads as read_text

try:
    from no_such_fast_json import parse
except ImportError:

    def parse(text: str) -> object:
        return text_format.loads(text)


class Refused(Exception):
    pass


def refuse(name: str) -> int:
    raise Refused(name)


other_name = refuse
both_names = first_name = refuse


class Tool:
    work = staticmethod(refuse)
    kept = refuse

    def __init__(self) -> None:
        self.mine = refuse

    def load(self, name: str) -> int:
        return {"a": 1}[name]

    alias = load


def by_alias(text: str) -> object:
    try:
        return read_text(text)
    except Exception:
        return "none"


def by_module_alias(text: str) -> object:
    try:
        return text_format.loads(text)
    except Exception:
        return "none"


def by_decoder(text: str) -> object:
    try:
        return json.decoder.JSONDecoder().decode(text)
    except Exception:
        return "none"


def by_fallback(text: str) -> object:
    try:
        return parse(text)
    except Exception:
        return "none"


def by_other_name(name: str) -> int:
    try:
        return other_name(name)
    except Exception:
        return -1


def by_first_name(name: str) -> int:
    try:
        return first_name(name)
    except Exception:
        return -1


def by_static(tool: Tool, name: str) -> int:
    try:
        return tool.work(name)
    except Exception:
        return -1


def by_instance(tool: Tool, name: str) -> int:
    try:
        return tool.mine(name)
    except Exception:
        return -1


def by_method_alias(tool: Tool, name: str) -> int:
    try:
        return tool.alias(name)
    except Exception:
        return -1


def by_getattr(tool: Tool, name: str) -> int:
    try:
        return getattr(tool, "load")(name)
    except Exception:
        return -1


def by_class(tool: Tool, name: str) -> int:
    try:
        return Tool.load(tool, name)
    except Exception:
        return -1


def by_type(tool: Tool, name: str) -> int:
    try:
        return type(tool).load(tool, name)
    except Exception:
        return -1


def by_walrus(name: str) -> int:
    try:
        return (found := refuse)(name) + found(name)
    except Exception:
        return -1


def by_choice(name: str, loud: bool) -> int:
    try:
        return (refuse if loud else len)(name)
    except Exception:
        return -1


NARROWED = ["by_alias", "by_module_alias", "by_other_name", "by_class"]
ARRIVE = [
    ("JSONDecodeError", lambda: by_alias("{")),
    ("JSONDecodeError", lambda: by_module_alias("{")),
    ("JSONDecodeError", lambda: by_decoder("{")),
    ("JSONDecodeError", lambda: by_fallback("{")),
    ("Refused", lambda: by_other_name("a")),
    ("Refused", lambda: by_first_name("a")),
    ("Refused", lambda: by_static(Tool(), "a")),
    ("Refused", lambda: by_instance(Tool(), "a")),
    ("KeyError", lambda: by_method_alias(Tool(), "b")),
    ("KeyError", lambda: by_getattr(Tool(), "b")),
    ("KeyError", lambda: by_class(Tool(), "b")),
    ("KeyError", lambda: by_type(Tool(), "b")),
    ("Refused", lambda: by_walrus("a")),
    ("Refused", lambda: by_choice("a", True)),
]
