# args: --unsafe
# path: shop.py
import redis


def kept(client, name: str) -> object:
    try:
        return client.hgetall(name)
    except Exception:
        return None
# output
import redis


def kept(client, name: str) -> object:
    try:
        return client.hgetall(name)
    except redis.RedisError:
        return None
