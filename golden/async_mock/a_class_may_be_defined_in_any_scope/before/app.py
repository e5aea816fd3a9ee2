class Base:
    async def ctx(self, r):
        return r

    def name(self):
        return "base"

    async def get(self, r):
        return await self.ctx(r)
