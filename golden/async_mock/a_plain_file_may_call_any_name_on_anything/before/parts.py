class Feed:
    async def pull(self): ...

    async def push(self): ...

    async def run(self):
        return await self.pull(), await self.push()
