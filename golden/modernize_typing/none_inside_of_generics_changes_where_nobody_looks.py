# args: --target-version 3.10
from contextlib import contextmanager
from typing import AsyncGenerator, Callable, Dict, Generator


@contextmanager
def opened(done: Callable[[], None]) -> Generator[None, None, None]:
    yield done()


async def loop(names: Dict[str, None]) -> AsyncGenerator[None, None]:
    yield
# output
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import contextmanager


@contextmanager
def opened(done: Callable[[], None]) -> Generator[None, None, None]:
    yield done()


async def loop(names: dict[str, None]) -> AsyncGenerator[None, None]:
    yield
