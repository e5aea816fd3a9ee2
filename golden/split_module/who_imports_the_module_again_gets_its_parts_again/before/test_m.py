import importlib

import m


def test_limit(monkeypatch):
    importlib.reload(m)
    assert m.one() == 3
