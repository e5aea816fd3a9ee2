import pytest

NAMES = ["plain", "through"]


async def test_dynamic(request):
    assert request.getfixturevalue("conn") == 1


async def test_wide(request):
    assert request.getfixturevalue("pool") == 1


async def test_loop(request):
    for name in ("conn",):
        assert request.getfixturevalue(name) == 1


async def test_pairs(request):
    assert [request.getfixturevalue(argname=n) == v for n, v in [("plain", 1), ("asks", 1)]]


async def test_constant(request):
    get = request.getfixturevalue
    for name in NAMES:
        assert get(name) == 1


@pytest.mark.parametrize(("name", "value"), [("plain", 1), pytest.param("conn", 1)])
async def test_parametrized(request, name, value):
    assert request.getfixturevalue(name) == value


async def test_map(request):
    assert list(map(request.getfixturevalue, ["conn"]))


async def test_through_a_fixture(async_asks):
    pass


async def test_nested(request):
    def get():
        return request.getfixturevalue("conn")

    assert get() == 1
