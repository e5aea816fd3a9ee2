import pytest


@pytest.mark.asyncio
async def test_a(requests_mock, fs, faker): pass
async def test_b(faker_seed): pass
async def test_c(respx_mock): pass
