"""Plans are plain JSON that comes back whole, and their hash knows no machine and no time."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from codemods.engine.registry import Spec
from codemods.engine.values import Change, Edit, Import, Part, Safety, Skip, Span
from runner import decide, plan
from runner.decide import Decision, Verdict
from runner.errors import UsageError
from runner.plan import FileDigests, Plan, PlannedStep
from tests.command import codemod
from tests.test_run import SWAP, repo

__all__ = ["repo"]

DOCS = Path(__file__).parent.parent / "docs"

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
MADE = Part(
    "b.py",
    1,
    "why",
    (
        Edit("b.py", 0, 0, "# new\n", "create", Span("tests/caf\udce9.py")),
        Edit("b.py", 0, 0, "x = 1\n", moved=Span("tests/caf\udce9.py", 10, 16)),
    ),
    group="a -> b",
)
CHANGE = Change("swap", "a -> b", "why", Safety.UNSAFE, (PART, MADE), stage=2, needs=("first",))
PLAN = Plan(
    "0" * 40,
    (
        PlannedStep(
            "swap", "1", Spec("swap", (("names", ("a", "b")), ("deep", True))),
            (CHANGE,), (Skip("x.py", 1, "C001-syntax", "bad", "g"),), {"x.py": "bad"},
            code="c0de", files={"x.py": FileDigests("a" * 64, None)}, dropped={"k": "does not parse any more"}, where="swap",
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


# ---- the published schemas ---------------------------------------------------------------------


def schema(name: str) -> Draft202012Validator:
    told = json.loads((DOCS / name).read_text())
    Draft202012Validator.check_schema(told)
    return Draft202012Validator(told)


def test_plans_are_as_the_published_schema_says(repo: Path) -> None:
    codemod(repo, "run", SWAP, "-n", "--unsafe", "--extend-exclude", "x", "-j2")
    [path] = (repo / ".git/codemod/plans").glob("????????.json")
    made = json.loads(path.read_text())
    assert list(schema("plan.schema.json").iter_errors(made)) == []
    assert path.stem == plan.from_json(made).id
    odd = plan.to_json(replace(PLAN, steps=(replace(PLAN.steps[0], code="0" * 16, dropped={}),)))
    assert list(schema("plan.schema.json").iter_errors(odd)) == []


def test_the_schema_refuses_what_is_no_plan() -> None:
    whole = plan.to_json(replace(PLAN, steps=(replace(PLAN.steps[0], code="0" * 16),)))
    for name in whole:
        assert list(schema("plan.schema.json").iter_errors({k: v for k, v in whole.items() if k != name}))
    assert list(schema("plan.schema.json").iter_errors(whole | {"schema_version": 1}))
    assert list(schema("plan.schema.json").iter_errors(whole | {"more": 1}))


@pytest.mark.parametrize("verdict", list(Verdict))
def test_decisions_are_as_the_published_schema_says(verdict: Verdict) -> None:
    for decision in (Decision("k", "d", verdict), Decision("k", "d", verdict, who="ada", note="why", new=("x",))):
        assert list(schema("decision.schema.json").iter_errors(json.loads(decide.to_line(decision)))) == []


def test_a_plan_that_says_other_things_than_a_plan_is_refused() -> None:
    whole = plan.to_json(PLAN)
    for name in whole:
        if name != "schema_version":
            for wrong in (None, 7, [[7]]):
                with pytest.raises(UsageError, match="no plan that codemod wrote"):
                    plan.from_json(whole | {name: wrong})
