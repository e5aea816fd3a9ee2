# skips: 16 M23-thread
# skips: 19 M23-thread
# skips: 24 M23-thread
import asyncio
import threading
from unittest.mock import Mock

from fastapi import FastAPI

app = FastAPI()


class Api:
    async def fetch(self): ...


async def test_thread(loop):
    api = Api()
    api.fetch = Mock()
    await asyncio.to_thread(api.fetch, 1)
    other = Api()
    other.fetch = Mock()
    threading.Thread(target=other.fetch).start()


def test_override():
    override = Mock()
    app.dependency_overrides[Api.fetch] = override
    api = Api()
    api.fetch = override
