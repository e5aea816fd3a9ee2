class Sender:
    async def send(self, text): ...
    def close(self): ...


async def greet(sender: Sender):
    return await sender.send("hello")
