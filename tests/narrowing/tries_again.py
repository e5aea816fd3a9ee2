"""What is tried several times."""


class Busy(Exception):
    pass


class Gate:
    def __init__(self, waits: int) -> None:
        self.waits = waits

    def enter(self) -> str:
        self.waits -= 1
        if self.waits >= 0:
            raise Busy
        return "inside"


def entered(gate: Gate, attempts: int) -> str:
    for _ in range(attempts):
        try:
            return gate.enter()
        except Exception:
            continue
    return "outside"


def entered_in_the_end(gate: Gate) -> int:
    tried = 0
    while True:
        tried += 1
        try:
            gate.enter()
            break
        except Exception:
            pass
    return tried


ARRIVE = [
    ("Busy", lambda: entered(Gate(2), 5)),
    ("Busy", lambda: entered(Gate(9), 3)),
    ("Busy", lambda: entered_in_the_end(Gate(4))),
]
