# unsafe: 46
# unsafe: 48
import sys
from abc import ABC, abstractmethod
from typing import Protocol, overload
from unittest.mock import Mock


class Base(ABC):
    @abstractmethod
    async def run(self): ...

    async def stop(self): ...

    async def only_here(self): ...


class Plain(Base):
    def run(self): ...

    async def stop(self): ...


class Likes(Protocol):
    async def like(self): ...


class Both:
    if sys.version_info >= (3, 12):
        async def run(self): ...
    else:
        def run(self): ...

    @overload
    def get(self, a: int) -> int: ...
    @overload
    def get(self, a: str) -> str: ...
    async def get(self, a): ...


def test_classes(base: Base, likes: Likes):
    plain = Plain()
    plain.run = Mock()
    plain.stop = Mock()
    plain.only_here = Mock()
    likes.like = Mock()
    base.stop = Mock()
    base.run = Mock()
    both = Both()
    both.run = Mock()
    both.get = Mock()
# output
import sys
from abc import ABC, abstractmethod
from typing import Protocol, overload
from unittest.mock import AsyncMock, Mock


class Base(ABC):
    @abstractmethod
    async def run(self): ...

    async def stop(self): ...

    async def only_here(self): ...


class Plain(Base):
    def run(self): ...

    async def stop(self): ...


class Likes(Protocol):
    async def like(self): ...


class Both:
    if sys.version_info >= (3, 12):
        async def run(self): ...
    else:
        def run(self): ...

    @overload
    def get(self, a: int) -> int: ...
    @overload
    def get(self, a: str) -> str: ...
    async def get(self, a): ...


def test_classes(base: Base, likes: Likes):
    plain = Plain()
    plain.run = Mock()
    plain.stop = AsyncMock()
    plain.only_here = AsyncMock()
    likes.like = AsyncMock()
    base.stop = AsyncMock()
    base.run = Mock()
    both = Both()
    both.run = Mock()
    both.get = AsyncMock()
