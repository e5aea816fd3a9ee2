class Client:
    async def get(self): ...

    async def put(self): ...

    async def head(self): ...


class App:
    def __init__(self, client: Client):
        self.client = client

    async def run(self):
        response = await self.client.get()
        data = (await self.client.put()).json()
        head = await self.client.head()
        return response.json(), data, await head.read()
