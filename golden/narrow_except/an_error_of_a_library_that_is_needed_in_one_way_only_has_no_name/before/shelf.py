def kept(name: str) -> object:
    import redis

    return redis.Redis().get(name)
