import pytest

slow = pytest.mark.slow


def skip_below(version):
    if version is None:
        return pytest.mark.skip(reason="unknown")
    return pytest.mark.skipif(version < 3, reason="old")
