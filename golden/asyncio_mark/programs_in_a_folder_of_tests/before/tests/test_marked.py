import asyncio

import pytest


@pytest.mark.asyncio
async def test_a():
    print("hi")


if __name__ == "__main__":
    asyncio.run(test_a())
