import till


class Missing(Exception):
    pass


def fail(name: str) -> None:
    print(till.RATE)
    raise Missing(name)
