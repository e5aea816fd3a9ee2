import inspect

from m import One


def test_source():
    assert "class" in inspect.getsource(One)
