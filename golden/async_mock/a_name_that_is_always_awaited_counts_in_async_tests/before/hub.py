import asyncio


class Hub:
    async def load(self): ...

    async def close(self): ...


class File:
    def close(self): ...


async def main(hub, link, items):
    await hub.load()
    await link.handshake()
    await hub.close()
    items.close()
    await link.read_frame()
    frame = link.read_frame()
    frame.cancel()


async def listen(link):
    await asyncio.wait_for(link.knock(), 1)
