from unittest.mock import Mock


class Api:
    async def fetch(self): ...


class Fake(Api, fetch=Mock()): ...


def test_api():
    class Frozen(metaclass=Mock(name="meta")):
        fetch = Mock()

    assert Frozen
