from typeguard import typechecked


@typechecked
def one() -> int:
    return 1


def two():
    return 2
