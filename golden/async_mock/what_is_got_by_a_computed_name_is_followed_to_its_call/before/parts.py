import functools


class Part:
    def __init__(self, kind):
        self.hook = getattr(self, "on_" + kind)

    async def on_start(self): ...

    async def off_start(self): ...

    async def do_start(self): ...

    async def up_start(self): ...

    async def re_start(self): ...

    async def in_start(self): ...

    async def go_start(self): ...

    async def it_start(self): ...

    async def all(self):
        return [
            await self.on_start(),
            await self.off_start(),
            await self.do_start(),
            await self.up_start(),
            await self.re_start(),
            await self.in_start(),
            await self.go_start(),
            await self.it_start(),
        ]

    def fire(self):
        self.hook()

    def each(self, kinds):
        for method in [getattr(self, f"off_{kind}") for kind in kinds]:
            method()

    def held(self, kind):
        table = {"a": getattr(self, f"do_{kind}")}
        table["a"]()

    def later(self, loop, kind):
        loop.call_soon(getattr(self, f"up_{kind}"))

    def bound(self, kind):
        functools.partial(getattr(self, f"re_{kind}"), 1)()

    def walrus(self, kind):
        if method := getattr(self, f"in_{kind}", None):
            method()

    def many(self, kinds):
        methods = [getattr(self, f"go_{kind}") for kind in kinds]
        for method in methods:
            method()

    def shown(self, kind):
        value = getattr(self, f"it_{kind}")
        print(value)
        return value
