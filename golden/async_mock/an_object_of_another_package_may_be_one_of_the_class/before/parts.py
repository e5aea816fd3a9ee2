from wire import Client


class Feed(Client):
    async def pull(self): ...

    async def run(self):
        await self.pull()


class Shop:
    async def sell(self): ...

    async def run(self):
        await self.sell()
