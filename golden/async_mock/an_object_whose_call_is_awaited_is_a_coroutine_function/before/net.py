from collections.abc import Awaitable, Callable
from typing import Protocol


class Response:
    async def close(self): ...
    def header(self, name): ...


class Request:
    async def __call__(self, url) -> Response: ...


class Traced(Request):
    def name(self): ...


class Sends(Protocol):
    def __call__(self, url) -> Awaitable[Response]: ...


Hook = Callable[[str], Awaitable[None]]
Plain = Callable[[str], None]


class Plainly:
    def __call__(self, url): ...


class Session:
    retry: Traced

    def __init__(self, request: Request, sends: Sends | None = None, hook: Hook = None, log: Plain = print):
        self.request = request
        self.sends = sends
        self.hook = hook
        self.log = log

    async def get(self, url):
        response = await self.request(url)
        await response.close()
        self.log(url)
        return response


class Untyped:
    def __init__(self, request):
        self._request = request

    async def get(self, url):
        return await self._request(url)


def render(plain: Plainly, quoted: "Callable[[str], 'Awaitable[str]']" = None): ...
