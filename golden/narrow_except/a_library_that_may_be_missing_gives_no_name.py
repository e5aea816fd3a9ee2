# args: --unsafe
# path: shop.py
# skips: 10 N04-no-name
try:
    import redis
except ImportError:
    redis = None


def kept(name: str) -> object:
    try:
        return redis.Redis().get(name)
    except Exception:
        return None
