# skips: 31 M24-isinstance
from unittest.mock import MagicMock, Mock, patch

import pytest


class Api:
    async def fetch(self): ...


async def work(): ...


@pytest.fixture
def fetch() -> MagicMock:
    mock = MagicMock(return_value=1)
    Api.fetch = mock
    return mock


@patch("test_case.work", new_callable=MagicMock)
def test_work(work: MagicMock, other: MagicMock):
    api = Api()
    fetched: MagicMock = MagicMock()
    api.fetch = fetched
    plain: Mock = Mock()
    api.fetch = plain


def test_checked(fetch: MagicMock):
    api = Api()
    api.fetch = MagicMock()
    assert isinstance(api.fetch, MagicMock)
# output
from unittest.mock import AsyncMock, MagicMock, Mock, patch

import pytest


class Api:
    async def fetch(self): ...


async def work(): ...


@pytest.fixture
def fetch() -> AsyncMock:
    mock = AsyncMock(return_value=1)
    Api.fetch = mock
    return mock


@patch("test_case.work", new_callable=AsyncMock)
def test_work(work: AsyncMock, other: MagicMock):
    api = Api()
    fetched: AsyncMock = AsyncMock()
    api.fetch = fetched
    plain: Mock = AsyncMock()
    api.fetch = plain


def test_checked(fetch: AsyncMock):
    api = Api()
    api.fetch = MagicMock()
    assert isinstance(api.fetch, MagicMock)
