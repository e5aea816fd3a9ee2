import functools


def with_db(f):
    @functools.wraps(f)
    async def inner(*args, **kwargs):
        return await f(*args, **kwargs)

    return inner


def sync(f):
    def inner(*args, **kwargs):
        pass

    return inner
