# skips: 13 M22-dual-mode
# skips: 14 M22-dual-mode
import inspect
from collections.abc import Awaitable, Callable
from unittest.mock import Mock


class Runner:
    def __init__(self, callback: Callable[[], Awaitable[None]]):
        self.is_async = inspect.iscoroutinefunction(callback)
        self.callback = callback


def test_runner():
    runner = Runner(callback=Mock())
    runner.callback = Mock()
