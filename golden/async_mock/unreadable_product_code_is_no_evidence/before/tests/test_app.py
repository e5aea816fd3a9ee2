from unittest.mock import Mock

from app import Client


def test_run():
    client = Client()
    client.get = Mock()
