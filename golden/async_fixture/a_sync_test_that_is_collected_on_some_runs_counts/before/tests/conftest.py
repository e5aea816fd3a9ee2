import os

import pytest

if not os.environ.get("ALL"):
    collect_ignore = ["test_a.py"]


@pytest.fixture
async def conn():
    return 1


@pytest.fixture
async def other():
    return 1
