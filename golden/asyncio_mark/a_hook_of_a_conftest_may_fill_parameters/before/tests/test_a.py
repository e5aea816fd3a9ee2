import pytest


async def test_gen(backend):
    assert pytest
