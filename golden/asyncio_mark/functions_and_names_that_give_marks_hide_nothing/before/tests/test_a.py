from tests.conftest import skip_below, slow


@skip_below(4)
@slow
async def test_a():
    pass
