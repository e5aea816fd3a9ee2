"""Plans are plain JSON that comes back whole, and their hash knows no machine and no time."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from codemods.engine.registry import Spec
from codemods.engine.values import Change, Edit, Import, Part, Safety, Skip
from runner import plan
from runner.errors import UsageError
from runner.plan import FileDigests, Plan, PlannedStep

PART = Part(
    "tests/caf\udce9.py",
    3,
    "why",
    (Edit("tests/caf\udce9.py", 5, 7, "new"), Edit("tests/caf\udce9.py", 0, 0, "x.py", "move")),
    Safety.UNSAFE,
    "a -> b",
    (Import("lib", "new"),),
    (Import("legacy", "old", "o"),),
    deletes_comments=True,
    instead=((Import("lib.types", "Shape"), Import("typing", "Shape")),),
)
CHANGE = Change("swap", "a -> b", "why", Safety.UNSAFE, (PART,))
PLAN = Plan(
    "0" * 40,
    (
        PlannedStep(
            "swap", "1", Spec("swap", (("names", ("a", "b")), ("deep", True))),
            (CHANGE,), (Skip("x.py", 1, "C001-syntax", "bad", "g"),), {"x.py": "bad"},
            code="c0de", files={"x.py": FileDigests("a" * 64, None)}, dropped={"k": "does not parse any more"},
        ),
    ),
    name="swap",
    command=("run", "swap"),
    paths=("tests",),
    settings={"unsafe": True, "exclude": ("a", "b")},
)  # fmt: skip


def test_a_plan_comes_back_from_json_as_it_was() -> None:
    text = json.dumps(plan.to_json(PLAN))
    again = plan.from_json(json.loads(text))
    assert again == PLAN
    assert again.hash == PLAN.hash


def test_a_plan_of_another_version_is_refused_with_advice() -> None:
    with pytest.raises(UsageError, match=r"newer codemod .schema version 99.; install that"):
        plan.from_json({"schema_version": 99})


def test_the_hash_does_not_depend_on_where_a_local_codemod_lies() -> None:
    here, there = (
        replace(PLAN, steps=(replace(PLAN.steps[0], spec=Spec(f"{folder}/swap.py")),))
        for folder in ("/home/a", "/srv/b")
    )
    assert here.hash == there.hash
