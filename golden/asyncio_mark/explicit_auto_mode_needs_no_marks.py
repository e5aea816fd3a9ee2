# args: --mode auto
# skips: 1 A02-auto-mode
async def test_a():
    pass
