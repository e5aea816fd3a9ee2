"""Modules that are imported in what is guarded."""


def prices(text: str) -> object:
    try:
        import json

        return json.loads(text)
    except Exception:
        return "none"


def fast(text: str) -> object:
    try:
        import no_such_json_at_all

        return no_such_json_at_all.loads(text)
    except Exception:
        return text


def size(data: bytes) -> int:
    import struct

    try:
        return struct.unpack("<H", data)[0]
    except Exception:
        return -1


def size_by_name(data: bytes) -> int:
    from struct import unpack

    try:
        return unpack("<H", data)[0]
    except Exception:
        return -1


def name() -> str:
    try:
        from json import no_such_name_at_all

        return str(no_such_name_at_all)
    except Exception:
        return "none"


try:
    import no_such_module_at_all
except Exception:
    no_such_module_at_all = None

NARROWED = ["size", "size_by_name"]
ARRIVE = [
    ("JSONDecodeError", lambda: prices("{")),
    ("ModuleNotFoundError", lambda: fast("{}")),
    ("error", lambda: size(b"1")),
    ("error", lambda: size_by_name(b"1")),
    ("ImportError", name),
]
