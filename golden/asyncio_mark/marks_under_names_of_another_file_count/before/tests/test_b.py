from marks import common

pytestmark = common


async def test_c():
    pass
