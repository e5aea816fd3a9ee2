# args: --fix-over-async --unsafe
from unittest.mock import AsyncMock


class Service:
    def get_messages(self) -> list[str]: ...

    async def send(self): ...


def test_service():
    service = Service()
    service.get_messages = AsyncMock(return_value=[])
    service.send = AsyncMock()
# output
from unittest.mock import AsyncMock, MagicMock


class Service:
    def get_messages(self) -> list[str]: ...

    async def send(self): ...


def test_service():
    service = Service()
    service.get_messages = MagicMock(return_value=[])
    service.send = AsyncMock()
