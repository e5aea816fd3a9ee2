# args: --unsafe
# path: shop.py
# skips: 10 N01-unknown
import json

import aiofiles


async def load(path: str) -> object:
    try:
        async with aiofiles.open(path) as file:
            return json.loads(await file.read())
    except Exception:
        return None
