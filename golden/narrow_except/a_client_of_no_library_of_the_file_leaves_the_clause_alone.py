# args: --unsafe
# path: shop.py
# skips: 4 N01-unknown
def kept(client, name: str) -> object:
    try:
        return client.hgetall(name)
    except Exception:
        return None
