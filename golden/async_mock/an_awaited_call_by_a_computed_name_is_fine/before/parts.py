import asyncio
import inspect


class Feed:
    async def pull(self): ...

    async def push(self): ...

    async def run(self, name):
        await getattr(self, name)()
        method = getattr(self, name)
        job = method()
        await job
        result = getattr(self, name, None)()
        if inspect.isawaitable(result):
            await result
        await asyncio.gather(*[getattr(self, each)() for each in (name, name)])
        asyncio.create_task(getattr(self, name)())
        value = getattr(self, name)
        return value
