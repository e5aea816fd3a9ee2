async def state(u): return u


async def rows(u): return [u]


async def handle(u): return await state(u), await rows(u), await Store().load(u)


class Store:
    async def load(self, u): return u
