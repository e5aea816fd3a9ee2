from unittest.mock import MagicMock, Mock

from app import Bus, ask, run


async def test_bus():
    bus = Bus(Mock(), Mock(), Mock())
    bus.callback = Mock()
    bus.hook = Mock()
    await bus.emit()


async def test_run():
    await run(Mock(), MagicMock())
    await ask(Mock())
