class App:
    async def sync(self): ...

    def create_task(self, job): ...

    def start(self):
        self.create_task(self.sync())

    def delegate(self):
        return self.sync()
