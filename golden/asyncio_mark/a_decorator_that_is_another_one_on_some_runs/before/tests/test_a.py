import asyncio
import functools
import os

import pytest


def same(function):
    return function


if os.environ.get("SYNC"):

    def same(function):
        @functools.wraps(function)
        def run(*args):
            return asyncio.run(function(*args))

        return run


@same
async def test_a():
    assert pytest
