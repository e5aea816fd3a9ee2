# args: --max-types 2
# path: case.py
# skips: 4 N05-too-many
def much(kind):
    try:
        work(kind)
    except Exception:
        return None


class A(Exception): ...


class B(Exception): ...


class C(Exception): ...


def work(kind):
    if kind == 1:
        raise A
    if kind == 2:
        raise B
    raise C
