import pytest

pytestmark = [pytest.mark.slow]


def test_module():
    pass
