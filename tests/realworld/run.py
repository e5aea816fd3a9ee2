"""Real suites before and after a codemod: `run.py [NAME…] [--codemod C] [--before] [--list]`.

Every suite is a repository of its own in the cache, with an environment of its own. A fixture
rename is proven twice: every test's fixture graph is the same but for the one name, and every test
ends as before. Exit code 1 when any suite differs. Proofs of their own: `--typing` (typing_proof.py),
`--mocks` (mock_roundtrip.py), `--fixtures` (fixtures_oracle.py), `--names` (names_oracle.py),
`--kills [WAY…] [--times N]` (kill.py), `--verify` (verify_proof.py), `--rename` (rename_proof.py),
`--moves` (move_proof.py), `--split` (split_proof.py), `--narrow [WHAT]` (narrow_proof.py), `--knowledge` (knowledge_beside.py),
`--forge` (forge_proof.py), `--batches [ROUNDS]` (batch_proof.py),
`--many` (many_proof.py).
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "bench"))

import mock_roundtrip
from compare import Rename, graphs, outcomes
from corpus import git
from steps import BRANCH, command, known_suites, prepare
from suites import Step, Suite
from trees import before, home, source, suite_run

CODEMOD = Path(sys.executable).with_name("codemod")


def _undefined(folder: Path, revision: str) -> int:
    git(folder, "checkout", "-qf", revision)
    ruff = [str(Path(sys.executable).with_name("ruff")), "check", "--isolated", "--no-cache"]
    done = subprocess.run(
        [*ruff, "--select", "F821,F823,F811", "--output-format", "json", "."],
        cwd=folder,
        capture_output=True,
        text=True,
    )
    git(folder, "checkout", "-qf", "main")
    return len(json.loads(done.stdout or "[]"))


def check(suite: Suite, step: Step) -> list[str]:
    """What is wrong after one codemod on one suite; prints what was done."""
    reference = before(suite)
    folder = source(suite)
    base = prepare(folder, step)
    rename = Rename(step.arguments[1], step.arguments[3]) if "--old" in step.arguments else None
    title = f"{suite.sdist.label} {step.codemod} {' '.join(step.arguments)}".strip()
    done = command(folder, step, base)
    into = (
        home(suite)
        / "after"
        / "-".join([step.codemod, *(a.removeprefix("--") for a in step.arguments if not rename or a[0] != "-")])
    )
    into.mkdir(parents=True, exist_ok=True)
    talk = done.stdout + done.stderr
    if done.returncode not in (0, 3):
        return [f"{title}: exit code {done.returncode}: {talk.strip()[-400:]}"]
    failed = [f"exit code 3: {talk.strip()[-400:]}"] if done.returncode == 3 else []
    if not git(folder, "branch", "--list", BRANCH):
        print(f"{title}: nothing to do: {talk.strip()[-300:]}")
        return [f"{title}: {line}" for line in failed or ["nothing done"] if failed or step.prepare]
    changed = git(folder, "diff", "--shortstat", base, BRANCH)
    suite_run(suite, folder, BRANCH, into)
    (into / "talk.txt").write_text(talk)
    wrong, count = graphs(reference / "fixtures.jsonl", into / "fixtures.jsonl", rename)
    ended, ends = outcomes(reference / "outcomes.jsonl", into / "outcomes.jsonl", rename)
    if step.prepare == "no-async-mock":  # evidence is not always there: never worse, nothing strange
        told = mock_roundtrip.account(folder, done.stdout)
        (into / "missed.txt").write_text("\n".join([*told.missed, *(f"new: {line}" for line in told.new), ""]))
        print(f"{title}: {dict(told.ends)}; {len(told.new)} new; {len(ended)} tests not restored")
        suite_run(suite, folder, base, into.with_name(f"{into.name}-prepared"))
        prepared = into.with_name(f"{into.name}-prepared") / "outcomes.jsonl"
        changes, _ = outcomes(prepared, into / "outcomes.jsonl", None)
        ended = [line for line in changes if ": call passed →" in line]
        print(f"{title}: {len(changes) - len(ended)} tests better, {len(ended)} worse")
    new_undefined = _undefined(folder, BRANCH) - _undefined(folder, base)
    if new_undefined > 0:
        ended.append(f"{new_undefined} new undefined or shadowed names")
    git(folder, "branch", "-qD", BRANCH)
    print(f"{title}: {changed}; {dict(count)}; {dict(ends)}; {len(wrong)} and {len(ended)} differ")
    return [f"{title}: {line}" for line in failed + wrong + ended]


def main() -> int:
    if "--typing" in sys.argv:
        import typing_proof

        return typing_proof.main([argument for argument in sys.argv[1:] if argument != "--typing"])
    if "--kills" in sys.argv:
        import kill

        return kill.main([argument for argument in sys.argv[1:] if argument != "--kills"])
    if "--fixtures" in sys.argv:
        import fixtures_oracle

        return fixtures_oracle.main([argument for argument in sys.argv[1:] if argument != "--fixtures"])
    if "--names" in sys.argv:
        import names_oracle

        return names_oracle.main([argument for argument in sys.argv[1:] if argument != "--names"])
    if "--verify" in sys.argv:
        import verify_proof

        return verify_proof.main([argument for argument in sys.argv[1:] if argument != "--verify"])
    if "--narrow" in sys.argv:
        import narrow_proof

        return narrow_proof.main([argument for argument in sys.argv[1:] if argument != "--narrow"])
    if "--cluster" in sys.argv:
        import cluster_proof

        return cluster_proof.main([argument for argument in sys.argv[1:] if argument != "--cluster"])
    if "--forge" in sys.argv:
        import forge_proof

        return forge_proof.main()
    if "--many" in sys.argv:
        import many_proof

        return many_proof.main()
    if "--batches" in sys.argv:
        import batch_proof

        return batch_proof.main([argument for argument in sys.argv[1:] if argument != "--batches"])
    if "--knowledge" in sys.argv:
        import knowledge_beside

        return knowledge_beside.main([argument for argument in sys.argv[1:] if argument != "--knowledge"])
    if "--split" in sys.argv:
        import split_proof

        return split_proof.main([argument for argument in sys.argv[1:] if argument != "--split"])
    if "--moves" in sys.argv:
        import move_proof

        return move_proof.main([argument for argument in sys.argv[1:] if argument != "--moves"])
    if "--rename" in sys.argv:
        import rename_proof

        return rename_proof.main([argument for argument in sys.argv[1:] if argument != "--rename"])
    if "--mocks" in sys.argv:
        return mock_roundtrip.main([argument for argument in sys.argv[1:] if argument != "--mocks"])
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="suites; all without")
    parser.add_argument("--codemod", help="only this codemod")
    parser.add_argument("--old", help="rename another fixture than the listed ones")
    parser.add_argument("--new")
    parser.add_argument("--checkout", action="append", default=[], metavar="NAME=DIR", help="its source is there")
    parser.add_argument("--before", action="store_true", help="only run the suites as released")
    parser.add_argument("--list", action="store_true", help="say what is there and what it proves")
    chosen = parser.parse_args()
    known = known_suites(chosen.checkout)
    if unknown := set(chosen.names) - known.keys():
        parser.error(f"no suite {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    suites = [known[name] for name in chosen.names or known]
    wrong: list[str] = []
    if not (chosen.list or chosen.before):
        listed = subprocess.run([CODEMOD, "list"], capture_output=True, text=True).stdout
        there = set(re.findall(r"[a-z]+(?:-[a-z]+)+", listed))
    for suite in suites:
        if chosen.list:
            steps = ", ".join(" ".join([step.codemod, *step.arguments]) for step in suite.steps)
            print(f"{suite.sdist.label}: {suite.proves}; {steps}")
        elif chosen.before:
            into = before(suite)
            _, ends = outcomes(into / "outcomes.jsonl", into / "outcomes.jsonl", None)
            print(f"{suite.sdist.label}: {(into / 'seconds').read_text()} s, {dict(ends)}", flush=True)
        else:
            own = Step("fixture-rename", ("--old", chosen.old, "--new", chosen.new))
            for step in [own] if chosen.old else suite.steps:
                if step.codemod in there and chosen.codemod in (None, step.codemod):
                    wrong += check(suite, step)
    for line in wrong:
        print(line, file=sys.stderr)
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
