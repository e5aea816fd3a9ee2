# skips: 9 A44-alias
# skips: 14 A45-arguments
from functools import partial

import pytest

session_fixture = partial(pytest.fixture, scope="session")


@session_fixture()
async def a():
    return 1


@pytest.fixture("session")
async def b():
    return 1
