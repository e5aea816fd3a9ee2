# skips: 7 A18-params
import pytest


async def test_a(event_loop_policy, mocker, httpx_mock):
    pass

async def test_b(mocker, source_wells):
    pass
# output
import pytest


@pytest.mark.asyncio
async def test_a(event_loop_policy, mocker, httpx_mock):
    pass

async def test_b(mocker, source_wells):
    pass
