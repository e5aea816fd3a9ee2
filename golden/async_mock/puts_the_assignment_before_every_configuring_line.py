# skips: 33 M29-scattered
from unittest.mock import patch


class Api:
    async def fetch(self): ...


@patch("test_case.Api")
def test_blocks(cls, flag):
    api = cls.return_value
    if flag:
        api.fetch.return_value = 1
    else:
        api.fetch.return_value = 2


@patch("test_case.Api")
def test_nested(cls, flag):
    api = cls.return_value
    flag(); api.fetch.return_value = 1
    if flag:
        api.fetch.side_effect = OSError


def test_scattered(flag):
    if flag:
        with patch("test_case.Api") as cls:
            cls.return_value.fetch.return_value = 1


def test_two(flag):
    with patch("test_case.Api") as cls:
        cls.return_value.fetch.return_value = 1
    with patch("test_case.Api") as cls:
        cls.return_value.fetch.return_value = 2
# output
from unittest.mock import AsyncMock, patch


class Api:
    async def fetch(self): ...


@patch("test_case.Api")
def test_blocks(cls, flag):
    api = cls.return_value
    api.fetch = AsyncMock()
    if flag:
        api.fetch.return_value = 1
    else:
        api.fetch.return_value = 2


@patch("test_case.Api")
def test_nested(cls, flag):
    api = cls.return_value
    flag(); api.fetch = AsyncMock(); api.fetch.return_value = 1
    if flag:
        api.fetch.side_effect = OSError


def test_scattered(flag):
    if flag:
        with patch("test_case.Api") as cls:
            cls.return_value.fetch = AsyncMock(return_value=1)


def test_two(flag):
    with patch("test_case.Api") as cls:
        cls.return_value.fetch.return_value = 1
    with patch("test_case.Api") as cls:
        cls.return_value.fetch.return_value = 2
