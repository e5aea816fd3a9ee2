import importlib


def test_limit():
    module = importlib.import_module("m")
    vars(module)["LIMIT"] = 9
    assert module.one() == 9
