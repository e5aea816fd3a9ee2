class Feed:
    async def pull(self): ...

    async def push(self): ...

    async def run(self):
        return await self.pull(), await self.push()

    def emit(self, kind):
        getattr(self, f"on_{kind}")()
        getattr(self, kind + "_done")()
        getattr(self, "do_{}".format(kind))()
        getattr(self, "pull_%s" % kind)()
