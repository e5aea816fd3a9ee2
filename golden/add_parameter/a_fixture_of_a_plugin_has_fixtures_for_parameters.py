# args: --function conftest.db --parameter log=False
# path: conftest.py
# skips: 5 P03-not-free
from pytest_trio import trio_fixture


@trio_fixture
async def db(tmp_path):
    return tmp_path
