import functools


def storing(test):
    @functools.wraps(test)
    def run(*args, **kwargs):
        kwargs["db"] += 1
        return test(*args, **kwargs)
    return run
