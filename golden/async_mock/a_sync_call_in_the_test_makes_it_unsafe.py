# unsafe: 10
# unsafe: 13
from unittest.mock import Mock


class Api:
    async def fetch(self): ...


def test_api():
    api = Api()
    api.fetch = Mock(return_value=1)
    assert api.fetch() == 1
    other = Api()
    other.fetch = Mock()
    if other.fetch().ok:
        other.fetch()
