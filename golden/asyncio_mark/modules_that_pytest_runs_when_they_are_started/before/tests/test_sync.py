import asyncio

import pytest


async def test_a():
    pass


def helper():
    return asyncio.run(other())


def test_b():
    assert helper()
