"""What is accepted follows from a plan and its decisions, in one place; decisions hold on over time, or are asked again."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from codemods.engine.values import Change, Edit, Part, Safety
from runner import decide, plans
from runner.decide import Decision, Decisions, Verdict, accepted, carried
from runner.errors import UsageError
from runner.plan import Plan, PlannedStep, Spec
from runner.plans import Shelf


def change(text: str, new: str = "new", ordinal: int = 0, safety: Safety = Safety.SAFE) -> Change:
    anchor = f"a.py:: {text} #{ordinal}"
    part = Part(path="a.py", line=1, reason="why", edits=(Edit("a.py", 0, 3, new),), safety=safety, group=anchor)
    return Change(codemod="swap", anchor=anchor, reason="why", safety=safety, parts=(part,))


def decided(verdict: Verdict, *changes: Change, new: tuple[str, ...] = ()) -> Decisions:
    return Decisions({c.key: Decision(key=c.key, digest=c.digest, verdict=verdict, new=new) for c in changes})


SAFE, UNSAFE, SUGGESTED = change("a"), change("b", safety=Safety.UNSAFE), change("c", safety=Safety.SUGGEST)
ALL = [SAFE, UNSAFE, SUGGESTED]


# ---- what is accepted --------------------------------------------------------------------------


def test_of_what_nobody_has_decided_on_safe_changes_are_accepted_and_unsafe_ones_where_that_was_asked() -> None:
    assert accepted(ALL, decide.NONE, unsafe=False) == [SAFE]
    assert accepted(ALL, decide.NONE, unsafe=True) == [SAFE, UNSAFE]


def test_what_was_accepted_is_applied_whatever_its_safety() -> None:
    assert accepted(ALL, decided(Verdict.ACCEPT, UNSAFE, SUGGESTED), unsafe=False) == ALL


@pytest.mark.parametrize("verdict", [Verdict.REJECT, Verdict.FAILS, Verdict.ASK])
def test_what_was_rejected_or_fails_or_is_asked_again_is_not(verdict: Verdict) -> None:
    assert accepted(ALL, decided(verdict, SAFE, UNSAFE), unsafe=True) == []


def test_an_edited_change_has_the_text_that_was_accepted() -> None:
    [found] = accepted([SAFE], decided(Verdict.ACCEPT, SAFE, new=("mine",)), unsafe=False)
    assert [e.new for e in found.edits] == ["mine"]
    assert (found.key, found.digest == SAFE.digest) == (SAFE.key, False)


def test_texts_that_are_not_as_many_as_the_edits_are_no_texts_of_this_change() -> None:
    assert accepted([SAFE], decided(Verdict.ACCEPT, SAFE, new=("one", "two")), unsafe=False) == [SAFE]


def test_a_decision_on_other_edits_does_not_hold_but_for_a_rejection() -> None:
    now = change("a", new="other")
    assert accepted([now], decided(Verdict.FAILS, SAFE), unsafe=False) == [now]
    assert accepted([now], decided(Verdict.REJECT, SAFE), unsafe=False) == []


def test_what_was_not_in_the_plan_is_not_applied_by_it() -> None:
    planned = Decisions(planned=frozenset({(SAFE.key, SAFE.digest)}))
    assert accepted([SAFE, change("new")], planned, unsafe=False) == [SAFE]


# ---- over time ---------------------------------------------------------------------------------


@pytest.mark.parametrize("verdict", [Verdict.ACCEPT, Verdict.REJECT, Verdict.FAILS, Verdict.ASK])
def test_a_decision_is_carried_to_the_same_change(verdict: Verdict) -> None:
    old = decided(verdict, SAFE)
    assert carried([SAFE], old, [SAFE, UNSAFE]) == old


def test_an_acceptance_of_what_altered_is_asked_again_and_a_rejection_kept() -> None:
    now = change("a", new="other")
    verdicts = {v: carried([SAFE], decided(v, SAFE), [now]).by_key.get(now.key) for v in Verdict}
    assert {v: d and (d.verdict, d.digest) for v, d in verdicts.items()} == {
        Verdict.ACCEPT: (Verdict.ASK, now.digest),
        Verdict.REJECT: (Verdict.REJECT, now.digest),
        Verdict.FAILS: None,  # other code may pass
        Verdict.ASK: (Verdict.ASK, now.digest),
    }


def test_where_the_number_of_equal_changes_differs_nobody_knows_which_was_accepted() -> None:
    first, second = change("a"), change("a", ordinal=1)
    held = carried([first], decided(Verdict.ACCEPT, first), [first, second])
    assert {k: d.verdict for k, d in held.by_key.items()} == {first.key: Verdict.ASK}
    held = carried([first], decided(Verdict.REJECT, first), [first, second])
    assert {k: d.verdict for k, d in held.by_key.items()} == {first.key: Verdict.REJECT}


@pytest.mark.parametrize("verdict", [Verdict.ACCEPT, Verdict.REJECT, Verdict.FAILS])
def test_a_decision_on_what_a_plan_does_not_have_waits_for_one_that_does(shelf: Shelf, verdict: Verdict) -> None:
    held = carried([SAFE], decided(verdict, SAFE), [UNSAFE])
    assert held.by_key[SAFE.key].elsewhere
    shelf.save(PLAN, held, {})
    assert (shelf.decided(shelf.find()), shelf.decisions(shelf.find())) == (0, held)
    assert carried([UNSAFE], held, [SAFE, UNSAFE]) == decided(verdict, SAFE)


# ---- as they are kept --------------------------------------------------------------------------

PLAN = Plan("0" * 40, (PlannedStep("swap", "1", Spec("swap"), tuple(ALL), (), where="swap"),), name="swap")


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "state")


def test_each_decision_is_on_the_disk_at_once_and_the_last_one_holds(shelf: Shelf) -> None:
    shelf.save(PLAN, decide.NONE, {})
    row = shelf.find()
    first = Decision(key=SAFE.key, digest=SAFE.digest, verdict=Verdict.REJECT, who="ada", note="no")
    last = Decision(key=SAFE.key, digest=SAFE.digest, verdict=Verdict.ACCEPT, new=("mine\n\udce9",))
    with shelf.deciding(row) as decider:
        decider.add([first])
        assert shelf.decisions(row).by_key == {SAFE.key: first}
        decider.add([last])
    assert shelf.decisions(row).by_key == {SAFE.key: last}
    assert shelf.decided(row) == 1


def test_one_line_may_decide_on_many_changes_and_take_back_what_was_decided(shelf: Shelf) -> None:
    shelf.save(PLAN, decide.NONE, {})
    row = shelf.find()
    keys = [(c.key, c.digest) for c in ALL]
    with shelf.deciding(row) as decider:
        decider.add_shared(keys, Verdict.ACCEPT, "shape: why")
        assert {d.who for d in shelf.decisions(row).by_key.values()} == {"shape: why"}
        assert shelf.decided(row) == 3
        decider.add_shared(keys[:2], None, "")
    assert shelf.decisions(row).by_key.keys() == {SUGGESTED.key}


def test_a_plan_that_is_made_again_keeps_what_is_decided_meanwhile(shelf: Shelf) -> None:
    shelf.save(PLAN, decide.NONE, {})
    row = shelf.find()
    with shelf.deciding(row) as decider:
        decider.add(decided(Verdict.REJECT, SAFE).by_key.values())
        shelf.save(PLAN, decided(Verdict.ACCEPT, UNSAFE), {})
        decider.add(decided(Verdict.ACCEPT, SUGGESTED).by_key.values())
    assert shelf.decisions(row).by_key.keys() == {c.key for c in ALL}


def test_a_line_that_was_cut_off_costs_itself_only(shelf: Shelf) -> None:
    shelf.save(PLAN, decided(Verdict.REJECT, SAFE), {})
    row = shelf.find()
    path = shelf.folder / f"{row.id}.decisions.jsonl"
    whole = path.read_bytes()
    for cut in range(len(whole)):
        path.write_bytes(whole + whole[:cut])
        assert shelf.decisions(row) == decided(Verdict.REJECT, SAFE)
        with shelf.deciding(row) as decider:
            decider.add(decided(Verdict.ACCEPT, UNSAFE).by_key.values())
        assert len(shelf.decisions(row).by_key) == 2


def test_decisions_that_came_with_a_repository_are_none(shelf: Shelf) -> None:
    shelf.save(PLAN, decide.NONE, {})
    row = shelf.find()
    [line] = map(decide.to_line, decided(Verdict.ACCEPT, SAFE, new=("import os",)).by_key.values())
    for planted in (line, f"{line} ", f"{line} {'0' * 64}", f"{line} ünsigned", "[" * 9999):
        (shelf.folder / f"{row.id}.decisions.jsonl").write_text(f"{planted}\n")
        assert shelf.decisions(row) == decide.NONE


def test_of_another_plan_the_same_line_is_none_either(shelf: Shelf) -> None:
    shelf.save(PLAN, decided(Verdict.REJECT, SAFE), {})
    shelf.save(replace(PLAN, base="1" * 40), decide.NONE, {})
    [new, old] = shelf.rows()
    data = (shelf.folder / f"{old.id}.decisions.jsonl").read_bytes()
    (shelf.folder / f"{new.id}.decisions.jsonl").write_bytes(data)
    assert shelf.decisions(new) == decide.NONE


def test_a_file_of_decisions_may_be_lines_or_a_list(tmp_path: Path) -> None:
    lines = [decide.to_line(d) for d in decided(Verdict.REJECT, *ALL).by_key.values()]
    for text in ("\n".join(lines), "\n".join(f"{line} {'0' * 64}" for line in lines), f"[{','.join(lines)}]"):
        (tmp_path / "f").write_text(text)
        assert plans.read_file(tmp_path / "f") == decided(Verdict.REJECT, *ALL)


@pytest.mark.parametrize("text", ["{", "[{}]", '{"key": 1, "digest": "", "decision": "accept"}', '{"key": "a", "digest": "b", "decision": "maybe"}'])  # fmt: skip
def test_a_file_that_cannot_be_read_is_refused_with_the_form(tmp_path: Path, text: str) -> None:
    (tmp_path / "f").write_text(text)
    with pytest.raises(UsageError, match="decision 1 cannot be read; each line is"):
        plans.read_file(tmp_path / "f")


# ---- plans -------------------------------------------------------------------------------------


def test_a_plan_is_found_by_id_by_name_and_as_the_newest(shelf: Shelf) -> None:
    old = shelf.save(PLAN, decide.NONE, {})
    new = shelf.save(replace(PLAN, base="1" * 40), decide.NONE, {})
    other = shelf.save(replace(PLAN, name="other"), decide.NONE, {})
    assert [row.id for row in shelf.rows()] == [other, new, old]
    assert [shelf.find(asked).id for asked in ("", "swap", "other", old, old[:4])] == [other, new, other, old, old]
    assert shelf.load(shelf.find(old)) == PLAN


def test_a_plan_that_is_not_there_is_refused_with_what_to_do(shelf: Shelf) -> None:
    with pytest.raises(UsageError, match="there is no plan here; make one: codemod run NAME --dry-run"):
        shelf.find("swap")
    shelf.save(PLAN, decide.NONE, {})
    with pytest.raises(UsageError, match="there is no plan 'swop' here; see: codemod plans"):
        shelf.find("swop")


def test_a_damaged_plan_is_refused(shelf: Shelf) -> None:
    shelf.save(PLAN, decide.NONE, {})
    path = shelf.folder / f"{PLAN.id}.json"
    for data in (b"", b"{", path.read_bytes()[:-1], path.read_bytes().replace(b"why", b"shy"), b"[" * 99999):
        path.write_bytes(data)
        with pytest.raises(UsageError, match="damaged; plan again"):
            shelf.load(shelf.find())


def test_the_oldest_plans_go_but_the_latest_of_each_name_stays(shelf: Shelf) -> None:
    first = shelf.save(replace(PLAN, name="first"), decided(Verdict.ACCEPT, SAFE), {})
    made = [shelf.save(replace(PLAN, base=f"{n:040}"), decided(Verdict.ACCEPT, SAFE), {}) for n in range(55)]
    kept = {row.id for row in shelf.rows()}
    assert kept == {first, *made[-50:]}
    assert {p.name.partition(".")[0] for p in shelf.folder.iterdir()} == kept


def test_where_a_local_codemod_lies_is_believed_of_this_user_alone(shelf: Shelf) -> None:
    shelf.save(PLAN, decide.NONE, {"swap.py": "/home/ada/swap.py"})
    assert shelf.find().files == {"swap.py": "/home/ada/swap.py"}
    path = shelf.folder / f"{PLAN.id}.row.json"
    text, _, mark = path.read_text().partition("\n")
    path.write_text(text.replace("/home/ada", "/tmp/evil") + "\n" + mark)
    assert shelf.find().files == {}
    told = json.loads(text)
    for wrong in ({**told, "id": "../../etc"}, {**told, "changes": "many"}, [], None):
        path.write_text(json.dumps(wrong))
        assert shelf.rows() == []
