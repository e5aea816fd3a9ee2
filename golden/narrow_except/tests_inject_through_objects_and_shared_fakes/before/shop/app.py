class Broken(Exception):
    pass


class Store:
    def load(self, key):
        if not key:
            raise Broken(key)
        return key

    async def save(self, key):
        if not key:
            raise Broken(key)


class Service:
    def __init__(self, store: Store):
        self.store = store

    def get(self, key):
        try:
            return self.store.load(key)
        except Exception:
            return None

    async def put(self, key):
        try:
            await self.store.save(key)
        except Exception:
            return False
        return True
