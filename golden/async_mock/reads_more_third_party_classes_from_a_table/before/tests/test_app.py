from unittest.mock import Mock

import acme


def test_run():
    client = acme.Client()
    client.send = Mock()
    client.close = Mock()
    client.channel.publish = Mock()
