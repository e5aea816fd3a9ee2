import asyncio
import inspect


class Bus:
    def __init__(self, callback, hook, plain):
        self.callback = callback
        self.hook = hook
        self.plain = plain

    async def emit(self):
        if inspect.iscoroutinefunction(self.callback):
            return await self.callback()
        return await asyncio.to_thread(self.callback)

    async def call(self):
        result = self.hook()
        if inspect.isawaitable(result):
            result = await result
        return result


async def run(handler, always):
    await always.start()
    if asyncio.iscoroutinefunction(handler):
        await handler()
    else:
        handler()


async def ask(handler):
    if asyncio.iscoroutinefunction(handler):
        await handler()
