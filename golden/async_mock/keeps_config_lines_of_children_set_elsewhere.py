import unittest
from unittest.mock import AsyncMock, patch

import pytest


class Api:
    async def fetch(self): ...

    async def send(self): ...


@pytest.fixture
def api():
    with patch("test_case.Api") as cls:
        cls.return_value.fetch = AsyncMock()
        yield cls.return_value


def test_fixture(api):
    api.fetch.return_value = 1
    api.send.return_value = 2


class ApiTest(unittest.TestCase):
    def setUp(self):
        patcher = patch("test_case.Api")
        self.cls = patcher.start()
        self.api = self.cls.return_value
        self.api.send.return_value = 1

    def test_send(self):
        self.api.send.return_value = 2
        self.api.fetch.side_effect = [1]
# output
import unittest
from unittest.mock import AsyncMock, patch

import pytest


class Api:
    async def fetch(self): ...

    async def send(self): ...


@pytest.fixture
def api():
    with patch("test_case.Api") as cls:
        cls.return_value.fetch = AsyncMock()
        yield cls.return_value


def test_fixture(api):
    api.fetch.return_value = 1
    api.send = AsyncMock(return_value=2)


class ApiTest(unittest.TestCase):
    def setUp(self):
        patcher = patch("test_case.Api")
        self.cls = patcher.start()
        self.api = self.cls.return_value
        self.api.send = AsyncMock(return_value=1)

    def test_send(self):
        self.api.send.return_value = 2
        self.api.fetch = AsyncMock(side_effect=[1])
