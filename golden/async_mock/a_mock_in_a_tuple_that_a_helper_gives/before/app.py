class Bidi:
    def __init__(self, start):
        self._start = start
    async def open(self):
        return await self._start(1)
class Plain:
    def __init__(self, start):
        self._start = start
    def open(self):
        return self._start(1)
