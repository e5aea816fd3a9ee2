class Api:
    async def fetch(self): return 1


class SyncApi:
    def fetch(self): return 1
    def double(self): return self.fetch() * 2
