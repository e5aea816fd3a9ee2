# skips: 22 M33-unknown
# skips: 26 M33-unknown
import unittest
from unittest.mock import Mock


class Api:
    async def fetch(self): ...


class Bot:
    def __init__(self, api: Api | None = None):
        self._api = api or Api()
        self.log = []


class BotTest(unittest.IsolatedAsyncioTestCase):
    def setUp(self):
        self.bot = Bot()
        self.api = Api.__new__(Api)

    async def test_bot(self):
        self.bot._api.fetch = Mock(return_value=1)
        self.bot.log.append = Mock()
        self.api.fetch = Mock(side_effect=[1, 2])

    def helper(self):
        self.fetch = Mock()
# output
import unittest
from unittest.mock import AsyncMock, Mock


class Api:
    async def fetch(self): ...


class Bot:
    def __init__(self, api: Api | None = None):
        self._api = api or Api()
        self.log = []


class BotTest(unittest.IsolatedAsyncioTestCase):
    def setUp(self):
        self.bot = Bot()
        self.api = Api.__new__(Api)

    async def test_bot(self):
        self.bot._api.fetch = AsyncMock(return_value=1)
        self.bot.log.append = Mock()
        self.api.fetch = AsyncMock(side_effect=[1, 2])

    def helper(self):
        self.fetch = Mock()
