class Listener:
    @classmethod
    async def new(cls): return cls()
    async def load(self): return 1
    async def shutdown(self): return 1
    def add(self): return 1
class App:
    def __init__(self):
        self._l = None
        self.other = None
    async def start(self):
        self._l = await Listener.new()
        await self._l.load()
    async def stop(self):
        if self._l:
            await self._l.shutdown()
        if self.other:
            self.other.shutdown()
