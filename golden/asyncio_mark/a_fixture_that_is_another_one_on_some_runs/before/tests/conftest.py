import os
import sys

import pytest
import pytest_asyncio

if os.environ.get("DATABASE"):

    @pytest_asyncio.fixture(scope="session")
    async def pool():
        return 1

else:

    @pytest.fixture
    def pool():
        return None


if sys.version_info < (3, 9):

    @pytest_asyncio.fixture(scope="session")
    async def client():
        return 1

else:

    @pytest.fixture
    def client():
        return None
