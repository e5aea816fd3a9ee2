from unittest.mock import Mock


class Svc:
    async def get_messages(self): ...


def test_svc():
    svc = Svc()
    svc.get_messages = Mock(return_value=[{"id": 1,
                                           "text": """
            one"""},
                                          {"id": 2}],
                            side_effect=None)
    svc.get_messages = Mock(
        return_value=[{"id": 1,
                       "text": ""}])
    svc.get_messages = Mock(side_effect=[1,
        2])
# output
from unittest.mock import AsyncMock


class Svc:
    async def get_messages(self): ...


def test_svc():
    svc = Svc()
    svc.get_messages = AsyncMock(return_value=[{"id": 1,
                                                "text": """
            one"""},
                                               {"id": 2}],
                                 side_effect=None)
    svc.get_messages = AsyncMock(
        return_value=[{"id": 1,
                       "text": ""}])
    svc.get_messages = AsyncMock(side_effect=[1,
        2])
