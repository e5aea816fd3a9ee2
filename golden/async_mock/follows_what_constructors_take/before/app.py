import aiohttp
import gateway


class Store:
    async def load(self): ...

    def size(self): ...


class OtherStore:
    def load(self): ...


class Base:
    def __init__(self, store=None, log=None):
        if store is None:
            store = OtherStore()
        self.store = store
        self.log = log

    async def report(self):
        await self.log.send("report")

    def describe(self):
        return self.store.size()


class App(Base):
    def __init__(self, store=None, gate: gateway.Gate = None, session=None):
        store = store or Store()
        super().__init__(store, log=gate)
        self.session = session or aiohttp.ClientSession()

    async def run(self):
        reply = await self.session.get("/")
        return await reply.json()

    async def enter(self):
        async with self.session.post("/") as reply:
            return await reply.json()


def connect():
    return App()


async def poll(target):
    await target.tick()
    target.tock()
