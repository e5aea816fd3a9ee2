class Store:
    async def load_all(self): ...

    async def get(self): ...

    async def put(self): ...


class Cache:
    def get(self): ...


async def main(store, cache):
    await store.load_all()
    await store.get()
    store.put()
