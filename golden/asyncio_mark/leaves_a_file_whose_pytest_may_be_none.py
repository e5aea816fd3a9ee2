# skips: 7 A25-name-taken
try:
    import pytest
except ImportError:
    pytest = None


async def test_a():
    pass
