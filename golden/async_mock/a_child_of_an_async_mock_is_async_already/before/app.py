class Store:
    async def load(self): return 1
class Manager:
    def __init__(self, store: Store): self.store = store
    async def get(self): return await self.store.load()
