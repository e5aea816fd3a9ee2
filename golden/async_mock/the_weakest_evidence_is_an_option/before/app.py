class Store:
    async def load_all(self): ...


async def main(store: Store):
    await store.load_all()
