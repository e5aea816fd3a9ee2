# a whole-object swap would make `record` a coroutine function too
from unittest.mock import MagicMock, Mock, create_autospec


class Service:
    async def run(self): ...

    def record(self): ...


class Bot:
    def __init__(self, service: Service): ...


def test_bot():
    service = Mock()
    service.record.return_value = 1
    result = MagicMock()
    result.json.return_value = {}
    bot = Bot(service)
    bot.run = Mock(return_value=result)
    spec = create_autospec(Service)
    spec.return_value.run.return_value = result
