import sys
from unittest.mock import Mock, patch

try:
    from unittest.mock import AsyncMock
except ImportError:
    from mock import AsyncMock

CODE = """
from unittest.mock import Mock
api.fetch = Mock()
"""


class Transport:
    async def send(self): ...


class Queue:
    def send(self): ...


class Api:
    def __init__(self):
        self.out = Transport() if sys.argv else None
        self.either = Transport()

    def switch(self):
        self.either = Queue()

    def __enter__(self):
        return self

    async def fetch(self): ...


def test_api():
    with Api() as api:
        api.fetch = Mock()
        api.out.send = Mock()
        api.either.send = Mock()
    with patch("test_case.Api.fetch", AsyncMock()):
        pass
# output
import sys
from unittest.mock import Mock, patch

try:
    from unittest.mock import AsyncMock
except ImportError:
    from mock import AsyncMock

CODE = """
from unittest.mock import Mock
api.fetch = Mock()
"""


class Transport:
    async def send(self): ...


class Queue:
    def send(self): ...


class Api:
    def __init__(self):
        self.out = Transport() if sys.argv else None
        self.either = Transport()

    def switch(self):
        self.either = Queue()

    def __enter__(self):
        return self

    async def fetch(self): ...


def test_api():
    with Api() as api:
        api.fetch = AsyncMock()
        api.out.send = AsyncMock()
        api.either.send = Mock()
    with patch("test_case.Api.fetch", AsyncMock()):
        pass
