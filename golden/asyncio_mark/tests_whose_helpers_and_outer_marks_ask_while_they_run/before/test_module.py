import pytest

pytestmark = pytest.mark.parametrize("name", ["conn"])


async def test_by_mark_of_module(request, name):
    assert request.getfixturevalue(name)
