"""Pickles that are cut or that are none."""

import pickle


def loaded(data: bytes) -> object:
    try:
        return pickle.loads(data)
    except Exception:
        return "none"


def dumped(value: object) -> bytes:
    try:
        return pickle.dumps(value)
    except Exception:
        return b""


WHOLE = pickle.dumps(["a", "b", {"c": 1}])
ARRIVE = [
    ("EOFError", lambda: loaded(b"")),
    ("UnpicklingError", lambda: loaded(b"no pickle")),
    ("UnpicklingError", lambda: loaded(WHOLE[:-4])),
    ("ValueError", lambda: loaded(b"\x80\xff.")),
    ("ModuleNotFoundError", lambda: loaded(b"cno_such_module\nname\n.")),
]
PROGRAMMING = [
    ("AttributeError", lambda: loaded(b"cos\nno_such_name\n.")),
    ("TypeError", lambda: dumped(iter([]) and (x for x in ()))),
]
