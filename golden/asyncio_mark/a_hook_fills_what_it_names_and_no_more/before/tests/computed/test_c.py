import pytest


async def test_c(anything):
    assert pytest
