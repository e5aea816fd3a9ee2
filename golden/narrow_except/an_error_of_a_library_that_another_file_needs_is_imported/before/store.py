import redis

client = redis.Redis()


def kept(name: str) -> object:
    return client.get(name)
