from unittest.mock import MagicMock, Mock, patch


@patch("somewhere.else_.Thing")
def test_unknown(thing, client):
    thing.return_value.run.return_value = 3
    client.get = Mock(return_value=1)
    client.session = MagicMock()
    client.session.post.return_value = 3
    with patch("os.path.exists", Mock(return_value=True)), patch.dict("os.environ", {}):
        pass
