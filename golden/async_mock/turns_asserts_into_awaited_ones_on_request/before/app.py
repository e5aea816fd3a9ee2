import asyncio


class Client:
    async def get(self): ...

    async def put(self): ...


class App:
    def __init__(self, client: Client):
        self.client = client

    async def run(self):
        spawn(self.client.put())
        return await self.client.get()


def spawn(job):
    asyncio.ensure_future(job)
