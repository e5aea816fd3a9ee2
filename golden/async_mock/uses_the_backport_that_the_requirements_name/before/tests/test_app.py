from app import Client
from mock import Mock


def test_run():
    client = Client()
    client.get = Mock()
