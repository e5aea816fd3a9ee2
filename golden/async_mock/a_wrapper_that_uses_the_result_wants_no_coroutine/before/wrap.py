import functools


def stream(function):
    @functools.wraps(function)
    async def wrapped(*args):
        call = function(*args)
        await call.connected()
        return call

    return wrapped


def unary(function):
    @functools.wraps(function)
    async def wrapped(*args):
        return await function(*args)

    return wrapped
