class Dispatcher:
    def dispatch(self, kind):
        return getattr(self, "handle_" + kind)()


class Bot(Dispatcher):
    async def handle_text(self): ...

    async def pull(self): ...

    async def run(self):
        await self.pull()


class Logged:
    def log(self, name):
        print(getattr(type(self), name)(self))


class Both(Bot, Logged):
    pass
