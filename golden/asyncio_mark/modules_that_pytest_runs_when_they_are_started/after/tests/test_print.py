import asyncio

import pytest


@pytest.mark.asyncio
async def test_a():
    pass


if __name__ == "__main__":
    print("run me with pytest")
