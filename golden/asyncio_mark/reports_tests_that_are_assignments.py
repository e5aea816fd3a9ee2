# skips: 17 A26-made-test
# skips: 18 A26-made-test
import functools

from pytest import mark


def make(n):
    async def inner():
        assert n

    return inner


async def check(n):
    assert n


test_one = make(1)
test_two = functools.partial(check, 2)
test_data = dict(a=1)
test_marked = mark.asyncio(make(3))
