"""Operators in assignments, reflected ones, and matrices."""


class Mixed(Exception):
    pass


class Vector:
    def __init__(self, *values: float) -> None:
        self.values = list(values)

    def __iadd__(self, other: "Vector") -> "Vector":
        if len(other.values) != len(self.values):
            raise Mixed("lengths")
        self.values = [a + b for a, b in zip(self.values, other.values)]
        return self

    def __rmul__(self, factor: float) -> "Vector":
        if factor == 0:
            raise Mixed("zero")
        return Vector(*(factor * v for v in self.values))

    def __matmul__(self, other: "Vector") -> float:
        raise Mixed("no product")

    def __truediv__(self, by: float) -> "Vector":
        return Vector(*(v / by for v in self.values))

    def __contains__(self, value: float) -> bool:
        if not self.values:
            raise Mixed("empty")
        return value in self.values

    def __invert__(self) -> "Vector":
        raise Mixed("no inverse")

    def __getitem__(self, place: int) -> float:
        return self.values[place]

    def __ge__(self, other: "Vector") -> bool:
        raise Mixed("no order")


def added(left: Vector, right: Vector) -> int:
    try:
        left += right
    except Exception:
        return -1
    return len(left.values)


def scaled(factor: float, vector: Vector) -> int:
    try:
        return len((factor * vector).values)
    except Exception:
        return -1


def product(left: Vector, right: Vector) -> float:
    try:
        return left @ right
    except Exception:
        return -1.0


def divided(vector: Vector, by: float) -> int:
    try:
        return len((vector / by).values)
    except Exception:
        return -1


def has(vector: Vector, value: float) -> bool:
    try:
        return value in vector
    except Exception:
        return False


def inverse(vector: Vector) -> int:
    try:
        return len((~vector).values)
    except Exception:
        return -1


def first(vector: Vector) -> float:
    try:
        return vector[0]
    except Exception:
        return -1.0


def each(vector: Vector) -> float:
    total = 0.0
    try:
        for value in vector:
            total += 1 / value
    except Exception:
        return -1.0
    return total


def at_least(left: Vector, right: Vector) -> bool:
    try:
        return left >= right
    except Exception:
        return False


def total(vectors: list[Vector]) -> int:
    try:
        return len(sum(vectors, Vector(0.0)).values)
    except Exception:
        return -1


NARROWED = ["added", "product", "first"]
ARRIVE = [
    ("Mixed", lambda: added(Vector(1), Vector())),
    ("Mixed", lambda: scaled(0, Vector(1))),
    ("Mixed", lambda: product(Vector(1), Vector(1))),
    ("ZeroDivisionError", lambda: divided(Vector(1), 0)),
    ("Mixed", lambda: has(Vector(), 1)),
    ("Mixed", lambda: inverse(Vector(1))),
    ("IndexError", lambda: first(Vector())),
    ("ZeroDivisionError", lambda: each(Vector(1, 0))),
    ("Mixed", lambda: at_least(Vector(), Vector())),
]
PROGRAMMING = [("TypeError", lambda: total([Vector(1.0)]))]
