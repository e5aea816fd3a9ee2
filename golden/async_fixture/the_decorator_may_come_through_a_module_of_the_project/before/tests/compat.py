import pytest as pt
from pytest import *  # noqa: F403
from pytest_asyncio import fixture as async_fixture
