import unittest.mock
import unittest.mock as um
from unittest import mock
from unittest.mock import MagicMock as M


class Api:
    async def fetch(self): ...


def test_styles(mocker):
    api = Api()
    api.fetch = um.Mock()
    api.fetch = mock.MagicMock()
    api.fetch = unittest.mock.Mock()
    api.fetch = mocker.Mock()
    api.fetch = M()
# output
import unittest.mock
import unittest.mock as um
from unittest import mock


class Api:
    async def fetch(self): ...


def test_styles(mocker):
    api = Api()
    api.fetch = um.AsyncMock()
    api.fetch = mock.AsyncMock()
    api.fetch = unittest.mock.AsyncMock()
    api.fetch = mocker.AsyncMock()
    api.fetch = um.AsyncMock()
