import asyncio

import wire


class Base:
    def __init__(self, server, log):
        self.server = server
        self.log = log
        self.queue = self.make_queue()

    def make_queue(self):
        raise NotImplementedError


class Client(Base):
    def __init__(self, server, log, link: wire.Link):
        super().__init__(server, log)
        self.link = link

    def make_queue(self):
        return asyncio.Queue()

    async def run(self, socket, receive):
        await self.server.trigger("run")
        self.server.count()
        self.log.write("run")
        reply = await self.fetch()
        body = await reply.read()
        reply.release()
        await self.link.ping()
        await self.greet(socket, receive)
        return await asyncio.wait_for(self.server.next(body), 3)

    async def fetch(self):
        method = getattr(self.server, "fetch")
        return await method()

    async def greet(self, socket, take):
        await socket.send("hello")
        socket.flush()
        await take()
        if socket.closed():
            await socket.closed()
        async with socket.lock():
            await socket.lock()


class SyncClient(Base):
    def run(self):
        self.server.trigger("run")
