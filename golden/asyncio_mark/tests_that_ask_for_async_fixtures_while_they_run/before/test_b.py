import pytest


async def test_plain(request):
    assert request.getfixturevalue("plain") == 1


async def test_ready(request, through):
    assert request.getfixturevalue("conn") == 1


@pytest.mark.usefixtures("pool")
async def test_ready_by_a_mark(request):
    for name in ("pool", "plain"):
        assert request.getfixturevalue(name) == 1


async def test_sync_fixture_asks(asks):
    assert asks == 1


async def test_computed(request, name="plain"):
    assert request.getfixturevalue(f"{name}") == 1


def test_sync(request):
    assert request.getfixturevalue("conn") == 1
