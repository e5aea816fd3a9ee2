import asyncio


def run_async(c): return asyncio.run(c)


class Engine:
    async def query(self, q): return q


class Handler:
    def __init__(self) -> None: self._engine: Engine = Engine()
    def ask(self, q): return run_async(self._engine.query(q))
