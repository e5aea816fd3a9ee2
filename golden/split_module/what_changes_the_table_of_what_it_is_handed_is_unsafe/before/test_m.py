import pytest

import m


@pytest.fixture(params=[m])
def module(request):
    return request.param


def test_limit(module):
    module.__dict__["LIMIT"] = 9
    assert module.one() == 9
