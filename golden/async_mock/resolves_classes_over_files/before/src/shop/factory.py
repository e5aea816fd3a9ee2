from .client import Client


def make_client() -> Client: ...


async def open_client():
    return Client()
