"""Broad clauses of every shape; what a run must see of each stands beside it. The code is that of Python 3.8."""
# fmt: off
# ruff: noqa

import asyncio
import contextlib
import gc
import json
import sys
import threading


class AppError(Exception):
    class Inner(Exception):
        pass


def plain(x):
    try:
        return int(x)
    except Exception:  # reached 402 times: ValueError 401, TypeError 1
        return None


def one_line(x):
    try: return int(x)
    except Exception: return None  # reached 3 times: ValueError 2, TypeError 1


def one_line_bare(x):
    try: return int(x)
    except: return None  # reached 3 times: ValueError 2, TypeError 1


def one_line_over_several(x):
    try: return int(x)
    except Exception: print(  # reached 3 times: ValueError 2, TypeError 1
        x,
        x,
    )


def one_line_behind_another(x):
    try: return int(x)
    except ValueError: return 1
    except Exception: return 2  # reached once: TypeError 1


def comes_back_to_its_first_line(x):
    try:
        return int(x)
    except Exception as e:  # reached 3 times: ValueError 2, TypeError 1
        print(
            "a",
            e,
        )


def begins_with_a_loop(x):
    try:
        return int(x)
    except Exception:  # reached 3 times: ValueError 2, TypeError 1
        for i in range(5):
            try:
                {}[i]
            except KeyError:
                continue


def begins_with_a_with(x):
    try:
        return int(x)
    except Exception:  # reached 3 times: ValueError 2, TypeError 1
        with contextlib.suppress(KeyError):
            {}[x]


def passes(x):
    try:
        return int(x)
    except Exception:  # reached 3 times: ValueError 2, TypeError 1
        pass


def dots(x):
    try:
        return int(x)
    except Exception:  # reached 3 times: ValueError 2, TypeError 1
        ...


def passes_with_a_name(x):
    try:
        return int(x)
    except BaseException as e:  # reached 3 times: ValueError 2, TypeError 1
        pass


def long_tuple(x):
    try:
        return int(x)
    except (  # reached 3 times: ValueError 2, TypeError 1
        KeyError,
        Exception,
    ) as e:
        return e


def suppressed(x):
    with contextlib.suppress(Exception):  # reached 3 times: ValueError 2, TypeError 1
        return int(x)


def suppressed_twice(x):
    with contextlib.suppress(Exception):  # reached 3 times: json.decoder.JSONDecodeError 2, TypeError 1
        with contextlib.suppress(Exception):  # reached 3 times: ValueError 2, TypeError 1
            int(x)
        json.loads(x)


def behind_another(x):
    try:
        return int(x)
    except ValueError:
        return 1
    except Exception:  # reached once: TypeError 1
        return 2


def raises_again(x):
    try:
        return int(x)
    except Exception:  # reached 3 times: ValueError 2, TypeError 1
        raise


def nested(x):
    try:
        try:
            return int(x)
        except Exception as e:  # reached 3 times: ValueError 2, TypeError 1
            raise AppError.Inner from e
    except Exception:  # reached 3 times: shapes.AppError.Inner 3
        return "outer"


def is_entered(x):
    try:
        return x
    except Exception:  # entered, and nothing arrived
        return None


def is_not(x):
    try:
        return x
    except Exception:  # never entered
        return None


def bare(x):
    try:
        return int(x)
    except:  # reached 3 times: ValueError 2, TypeError 1
        return None


def everything(x):
    try:
        raise x
    except BaseException:  # reached 3 times: KeyboardInterrupt 1, SystemExit 1, ValueError 1
        return None


def not_everything(x):
    try: raise x
    except Exception: return None  # reached once: ValueError 1


def generator(x):
    try:
        yield x
        yield int(x)
    except Exception:  # reached 2 times: KeyError 1, ValueError 1
        yield 0


def decorator(f):
    def wrapper(*args):
        try:
            return f(*args)
        except Exception:  # reached 3 times: ValueError 2, TypeError 1
            return None
    return wrapper


@decorator
@decorator
def decorated(x):
    return int(x)


@decorator
def decorated_itself(x):
    try:
        return int(x)
    except Exception:  # reached 3 times: ValueError 2, TypeError 1
        return (lambda: 1)()


def in_finally(x):
    try:
        return 1
    finally:
        try:
            int(x)
        except Exception: pass  # reached 3 times: ValueError 2, TypeError 1


def recursion(n):
    try:
        if n == 0:
            raise KeyError
        return recursion(n - 1)
    except Exception:  # reached 5 times: KeyError 5
        raise


async def task(x):
    try:
        await asyncio.sleep(0)
        return int(x)
    except Exception:  # reached 10 times: ValueError 10
        return None


async def cancelled():
    try:
        await asyncio.sleep(100)
    except BaseException:  # reached once: asyncio.exceptions.CancelledError 1
        raise


class Holder:
    try:
        int("x")
    except Exception:  # reached once: ValueError 1
        value = 1

    def method(self, x):
        for i in range(3):
            try:
                int(x)
            except Exception:  # reached 3 times: ValueError 3
                continue


def deep(n):
    try:
        return deep(n + 1)
    except RecursionError:
        return n


def after(x):
    try:
        return int(x)
    except Exception:  # reached once: ValueError 1
        return None


try:
    import no_such_module_at_all
except Exception:  # reached once: ModuleNotFoundError 1
    no_such_module_at_all = None


async def tasks():
    await asyncio.gather(*(task("x") for _ in range(10)))
    late = asyncio.ensure_future(cancelled())
    await asyncio.sleep(0)
    late.cancel()
    try:
        await late
    except asyncio.CancelledError:
        pass


def main():
    for f in (
        one_line, one_line_bare, one_line_over_several, one_line_behind_another, comes_back_to_its_first_line,
        begins_with_a_loop, begins_with_a_with, passes, dots, passes_with_a_name, long_tuple, suppressed, suppressed_twice,
        behind_another, nested, is_entered, bare, decorated, decorated_itself, in_finally, raises_again,
    ):
        for x in ("1", "x", "y", None):
            try:
                f(x)
            except (ValueError, TypeError):
                assert f is raises_again
    plain("1"), plain("x"), plain(None)
    for e in (KeyboardInterrupt(), SystemExit(1), ValueError()):
        everything(e)
        try:
            not_everything(e)
        except (KeyboardInterrupt, SystemExit):
            pass
    list(generator("x"))
    thrown = generator("x")
    next(thrown)
    thrown.throw(KeyError())
    try:
        recursion(4)
    except KeyError:
        pass
    asyncio.run(tasks())
    threads = [threading.Thread(target=lambda: [plain("x") for _ in range(100)]) for _ in range(4)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    Holder().method("x")
    assert deep(0) > 100  # before Python 3.12 the tracing is lost, until the next collection
    gc.collect()
    after("x")
