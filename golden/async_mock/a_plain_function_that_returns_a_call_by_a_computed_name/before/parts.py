class Bot:
    async def handle_text(self): ...

    async def handle_file(self): ...

    def dispatch(self, kind):
        return getattr(self, "handle_" + kind)()
