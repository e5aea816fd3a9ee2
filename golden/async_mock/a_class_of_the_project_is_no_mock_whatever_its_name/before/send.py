class Sender:
    async def send(self, text): ...


async def greet(sender: Sender):
    return await sender.send("hello")
