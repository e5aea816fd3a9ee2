# args: --unsafe
# skips: 7 A13-not-collected
# skips: 11 A13-not-collected
from functools import cached_property


class TestA:

    @property
    async def test_p(self):
        return 1

    @cached_property
    async def test_c(self):
        return 1
