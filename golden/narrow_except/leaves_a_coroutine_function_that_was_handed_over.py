# args: --unsafe
# path: shop.py
# skips: 4 N11-callback
async def handle(event: str, handler) -> bool:
    try:
        await handler(event)
    except Exception:
        return False
    return True
