class Session:
    async def request(self, url): return b""


async def fetch(transport, url):
    if isinstance(transport, Session):
        return await transport.request(url)
    return transport.request(url)


async def poll(source, wait):
    if wait:
        return await source.read()
    async with source.read() as data:
        return data


async def load(session: Session, later):
    if later:
        return later(session.request("/"))
    return await session.request("/")
