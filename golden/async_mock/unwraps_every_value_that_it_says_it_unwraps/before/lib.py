class Stream:
    async def readany(self) -> bytes: return b""
class Response:
    def __init__(self) -> None: self.content: Stream = Stream()
    async def body(self) -> bytes: return await self.content.readany()
