import asyncio, contextlib
from collections.abc import Iterator
class Ezsp:
    @contextlib.contextmanager
    def wait_for(self, status):
        f = asyncio.get_running_loop().create_future()
        try:
            yield f
        finally:
            f.cancel()
    @contextlib.contextmanager
    def opened(self) -> Iterator[int]:
        yield 1
class App:
    def __init__(self, e: Ezsp): self.e = e
    async def up(self):
        with self.e.wait_for(1) as s:
            return await s
    async def o(self):
        with self.e.opened() as s:
            return s
