import asyncio


class App:
    async def sync(self): ...

    def create_task(self, job):
        return asyncio.get_running_loop().create_task(job)

    def start(self):
        self.create_task(self.sync())
