class Engine:
    async def correlate(self): ...

    async def load(self): ...

    def rank(self) -> list[int]:
        return [1]

    def size(self) -> int:
        return 1


class Route:
    def __init__(self):
        self.engine = Engine()

    def get(self):
        job = self.engine.load()
        self.schedule(job)
        self.engine.correlate()
        return self.engine.size()

    async def post(self):
        return await self.engine.rank()

    def schedule(self, job): ...
