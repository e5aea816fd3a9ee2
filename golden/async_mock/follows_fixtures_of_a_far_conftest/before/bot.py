class Api:
    async def fetch(self): ...

    async def send(self): ...

    def url(self): ...


class Bot:
    def __init__(self, api: Api):
        self.api = api

    async def run(self):
        return await self.api.fetch()
