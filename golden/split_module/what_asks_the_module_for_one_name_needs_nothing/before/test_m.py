import importlib
import sys

import m
import other


def test_limit():
    importlib.reload(other)
    assert m.__dict__["LIMIT"] == vars(m).get("LIMIT") == 3
    assert "one" in vars(m) and m.__name__ == "m" and m.__doc__ is None
    assert sys.modules["m"] is m
