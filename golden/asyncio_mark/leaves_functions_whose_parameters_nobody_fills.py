# skips: 9 A18-params
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st


# data for another suite, not a test
async def test_itemized_args(lh, source_wells):
    pass


@patch("m.a")
@patch("m.b", new=1)
async def test_patched(mock_a, tmp_path):
    pass


@given(st.integers(), st.text())
async def test_given(tmp_path, x, y):
    pass


@pytest.mark.parametrize("a, b", [(1, 2)])
@pytest.mark.parametrize(["c"], [(1,)])
async def test_parametrized(a, b, c, request):
    pass


async def test_default(db=None, *args, **kwargs):
    pass
# output
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st


# data for another suite, not a test
async def test_itemized_args(lh, source_wells):
    pass


@pytest.mark.asyncio
@patch("m.a")
@patch("m.b", new=1)
async def test_patched(mock_a, tmp_path):
    pass


@pytest.mark.asyncio
@given(st.integers(), st.text())
async def test_given(tmp_path, x, y):
    pass


@pytest.mark.asyncio
@pytest.mark.parametrize("a, b", [(1, 2)])
@pytest.mark.parametrize(["c"], [(1,)])
async def test_parametrized(a, b, c, request):
    pass


@pytest.mark.asyncio
async def test_default(db=None, *args, **kwargs):
    pass
