# skips: 15 M30-over-async
from unittest.mock import AsyncMock


class Service:
    def get_messages(self) -> list[str]: ...

    async def send(self): ...

    def later(self):
        return self.send()


def test_service():
    service = Service()
    service.get_messages = AsyncMock()
    service.send = AsyncMock()
    service.later = AsyncMock()
