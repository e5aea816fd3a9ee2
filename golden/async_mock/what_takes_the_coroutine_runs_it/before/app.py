import asyncio


def run_async(c): return asyncio.run(c)


class Engine:
    async def query(self, q): return q


class Handler:
    def __init__(self) -> None: self._engine: Engine = Engine()
    def ask(self, q): return run_async(self._engine.query(q))
    def many(self, qs): return run_async(self.all(qs))

    async def all(self, qs):
        jobs = [self._engine.query(q) for q in qs]
        jobs.append(self._engine.query(""))
        return await asyncio.gather(*jobs)
