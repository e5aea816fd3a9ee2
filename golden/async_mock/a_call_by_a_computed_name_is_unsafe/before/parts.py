class Part:
    async def on_start(self): ...

    async def on_stop(self): ...

    async def close(self): ...

    async def fetch_all(self): ...

    async def go(self): ...

    async def run(self):
        return [await self.on_start(), await self.on_stop(), await self.close(), await self.fetch_all(), await self.go()]

    def emit(self, kind):
        getattr(self, f"on_{kind}")()

    def shut(self, how):
        handler = getattr(self, "cl" + how, None)
        if handler:
            handler()

    def all(self, what):
        results = []
        results.append(self.__getattribute__("%s_all" % what)())
        return results

    def start(self, name):
        vars(self)[name + "_never"]()
