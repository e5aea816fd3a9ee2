"""Tests."""

from __future__ import annotations

import pytest_asyncio


@pytest_asyncio.fixture
async def value():
    return 1


async def test_a(value):
    assert value
# output
"""Tests."""

from __future__ import annotations

import pytest
import pytest_asyncio


@pytest_asyncio.fixture
async def value():
    return 1


@pytest.mark.asyncio
async def test_a(value):
    assert value
