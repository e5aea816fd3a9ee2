from functools import wraps


def twice(function):
    @wraps(function)
    def inner(*args, **kwargs):
        function(*args, **kwargs)
        return function(*args, **kwargs)

    return inner


def times(count):
    def decorate(function):
        async def inner(self, *args, **kwargs):
            for _ in range(count):
                function(self, *args, **kwargs)

        return inner

    return decorate


def first(function):
    def inner(text, **kwargs):
        return function(text, **kwargs)

    return inner


def logged(function):
    def inner(*args, log=True, **kwargs):
        return function(*args, **kwargs)

    return inner
