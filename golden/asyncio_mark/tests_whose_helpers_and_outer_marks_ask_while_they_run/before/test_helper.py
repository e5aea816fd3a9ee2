import pytest
from helpers import fetch

BOTH = pytest.mark.parametrize("name", ["plain", "conn"])


def get(request, name):
    return request.getfixturevalue(name)


def several(req, first="plain", *, then):
    assert get(req, first)
    return get(req, name=then)


async def test_by_helper(request):
    assert get(request, "conn")


async def test_by_helper_of_helper(request):
    assert several(request, then="conn")


async def test_plain_by_helper(request):
    assert several(request, then="plain")


async def test_by_imported_helper(request):
    assert fetch(request, "plain")


async def test_of_another_request(plain):
    request = object()
    assert repr(request) and dict(request=request)


@BOTH
async def test_by_named_mark(request, name):
    assert request.getfixturevalue(name)


@BOTH
async def test_loop_by_helper(request, name):
    assert get(request, name)


@pytest.mark.parametrize("name", ["conn"])
class TestClass:
    async def test_by_mark_of_class(self, request, name):
        assert request.getfixturevalue(name)

    class TestInner:
        pytestmark = [pytest.mark.parametrize("n, other", [("plain", 1)])]

        async def test_by_outer(self, request, name, n, other):
            assert get(request, name)

        async def test_plain(self, request, name, n, other):
            assert request.getfixturevalue(n)
