"""What instrumented clauses call, in every Python that a suite starts: narrow_mutants.py puts the calls there.

With $NARROW_MAP each clause that is entered is noted with the test that entered it. With $NARROW_RAISE (or `aim`, called in the
process) the body of one clause raises an exception once, as a call in it would; it is noted whether the handler got it.
"""

from __future__ import annotations

import builtins
import json
import os
import sys
from types import TracebackType
from typing import Any


class Outside(Exception):
    """What no clause names."""


class Beyond(BaseException):
    """What `except Exception` does not take."""


class State:
    clause = -1
    text = ""  # the type as the clause writes it, one of OUTSIDE for one outside
    raised: BaseException | None = None
    seen: frozenset[tuple[int, str]] = frozenset()


def note(**record: Any) -> None:
    with open(os.environ["NARROW_LOG"], "a") as log:
        log.write(json.dumps(record) + "\n")


def aim(clause: int, text: str) -> None:
    State.clause, State.text, State.raised = clause, text, None


def body(clause: int) -> None:
    """Stands first in the body of a clause."""
    if "NARROW_MAP" in os.environ:
        test = os.environ.get("PYTEST_CURRENT_TEST", "").rpartition(" (")[0]
        if (clause, test) not in State.seen:
            State.seen |= {(clause, test)}
            note(clause=clause, test=test)
    elif clause == State.clause and State.raised is None:
        try:
            State.raised = exception(sys._getframe(1))
        except NameError as error:  # what the clause names is not there
            State.raised = error
            note(clause=clause, text=State.text, what="unresolved")
            return
        note(clause=clause, text=State.text, what="raised")
        raise State.raised


def exception(frame: Any) -> BaseException:
    """An instance without a call of its constructor, which may want arguments."""
    if State.text in OUTSIDE:
        return OUTSIDE[State.text]()
    cls = eval(State.text, frame.f_globals, dict(frame.f_locals))
    made: BaseException = cls.__new__(cls)
    return made


def handler(clause: int) -> None:
    """Stands first in the handler of a clause."""
    if clause == State.clause and State.raised is not None and sys.exc_info()[1] is State.raised:
        note(clause=clause, text=State.text, what="caught")


class Manager:
    """Around `suppress(…)`."""

    def __init__(self, clause: int, inner: Any) -> None:
        self.clause, self.inner = clause, inner

    def __enter__(self) -> Any:
        return self.inner.__enter__()

    def __exit__(self, kind: Any, error: BaseException | None, where: TracebackType | None) -> Any:
        swallowed = self.inner.__exit__(kind, error, where)
        if swallowed and self.clause == State.clause and error is not None and error is State.raised:
            note(clause=self.clause, text=State.text, what="caught")
        return swallowed


OUTSIDE: dict[str, type[BaseException]] = {"": Outside, "-": Beyond}
for name, value in {"body": body, "handler": handler, "manager": Manager, "aim": aim}.items():
    setattr(builtins, f"__narrow_{name}__", value)
if os.environ.get("NARROW_RAISE"):
    aim(*json.loads(os.environ["NARROW_RAISE"]))
