import functools


class Denied(Exception):
    pass


class Failed(Exception):
    pass


def allowed(func):
    @functools.wraps(func)
    def wrapper(name: str) -> int:
        if name == "":
            raise Denied
        return func(name)

    return wrapper


def translated(func):
    @functools.wraps(func)
    def wrapper(name: str) -> int:
        try:
            return func(name)
        except KeyError as error:
            raise Failed(name) from error

    return wrapper
