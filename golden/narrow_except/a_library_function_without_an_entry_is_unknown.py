# args: --unsafe
# path: shop.py
# skips: 7 N01-unknown
import anyio


async def opened(paths: dict[str, str], name: str) -> bool:
    try:
        await anyio.open_file(paths[name])
    except Exception:
        return False
    return True
