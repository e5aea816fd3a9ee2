"""What a pull request says: by shape, with examples and reasons, and nothing of the repository that does anything."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from runner.batch.items import split
from runner.batch.owners import Owners
from runner.batch.seen import marker as read_marker
from runner.batch.settings import BatchSettings
from runner.batch.text import LONGEST, check_templates, reviewers, shortened, wanted
from runner.batch.values import Item
from runner.errors import UsageError
from runner.forges.values import Wanted
from runner.git import Repository
from runner.markdown import block, code, defused, plain
from runner.outcome import Report
from runner.request import Asked, make_options
from runner.run import run
from runner.settings import Configuration

Make = Callable[..., Path]
LOCAL = Path(__file__).parent / "local"
MODULE = "from legacy import old\n\n\ndef f():\n    return old(1), old(2, key=3)\n"
OWNERS = Owners(place="CODEOWNERS", text="/api/ @org/api @ada\n")


def reported(repo: Path, *names: str, unsafe: bool = False) -> Report:
    paths = tuple(str(LOCAL / f"{name}.py") for name in names)
    settings = {"dry_run": True, "jobs": 1, "unsafe": unsafe}
    return run(make_options(Asked(names=paths, own={}, pairs=(), settings=settings, paths=()), repo, Configuration()))


def texts(repo: Path, report: Report, settings: BatchSettings, **templates: str) -> dict[str, Wanted]:
    repository = Repository.open(repo)
    return {
        item.key: wanted(item, report, repository, batch="swap", base="main", settings=settings, templates=templates)
        for item in split(report, settings, OWNERS)
    }


def test_the_text_of_a_pull_request_in_whole(make_repo: Make) -> None:
    repo = make_repo({"api/a.py": MODULE, "api/b.py": MODULE, "web/c.py": MODULE})
    report = reported(repo, "swap_call", unsafe=True)
    told = texts(repo, report, BatchSettings(labels=("codemod",), draft=True))
    assert [*told] == ["ada-org-api", "web"]
    found = told["ada-org-api"]
    assert (found.branch, found.base, found.draft, found.labels) == (
        "codemod/swap/ada-org-api", "main", True, ("codemod",),
    )  # fmt: skip
    assert found.title == "Replace calls of legacy.old by lib.new (ada, org/api)"
    golden = Path(__file__).parent / "batch_body.md"
    assert found.body == golden.read_text().replace("PLAN", report.plan.id)


def test_its_marker_is_read_again_also_behind_one_of_a_template(make_repo: Make) -> None:
    repo = make_repo({"api/a.py": MODULE})
    report = reported(repo, "swap_call")
    [found] = texts(repo, report, BatchSettings(), body="<!-- codemod:x/y plan=12345678 -->\n$summary").values()
    assert read_marker(found.body) == {"batch": "swap", "key": "ada-org-api", "plan": report.plan.id}


def test_a_template_of_the_user_holds(make_repo: Make) -> None:
    repo = make_repo({"web/a.py": MODULE, "web/b.py": MODULE})
    report = reported(repo, "swap_call")
    body = "Hi @reviewers, fixes #12: $files\n\n$owners\n\nthat costs $$5\n"
    told = texts(repo, report, BatchSettings(max_files=1), title="[$batch] $summary$about of $codemods", body=body)
    assert told["web-2"].title == "[swap] Replace calls of legacy.old by lib.new (web, part 2) of swap-call"
    assert told["web-2"].body == (
        "Hi @reviewers, fixes #12: 1 file\n\nNobody, by CODEOWNERS.\n\nthat costs $5\n\n"
        f"<!-- codemod:swap/web-2 plan={report.plan.id} -->\n"
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("$sumary", "there is nothing to put for $sumary; did you mean $summary?"),
        ("costs $5", "a $ that begins no name is written $$"),
        ("${summary", "a $ that begins no name is written $$"),
    ],
)
def test_a_template_that_asks_for_what_there_is_not_is_refused(text: str, told: str) -> None:
    with pytest.raises(UsageError) as raised:
        check_templates({"body": text}, BatchSettings(body="body.md"))
    assert str(raised.value) == f"body.md: {told}"


def test_text_of_the_repository_does_nothing(make_repo: Make) -> None:
    name = "ap`i/``` @ada fixes #1 <!-- x --> [a](http:x).py"
    module = MODULE.replace(
        "def f():", "def f():  # ``` @ada fixes #1 \u202e\x1b[2J ````\n    '''\n```\n@bob closes #2\n'''"
    )
    repo = make_repo({name: module, "@carol fixes #3/x.py": MODULE})
    report = reported(repo, "swap_call", unsafe=True)
    for found in texts(repo, report, BatchSettings()).values():
        outside = without_code(found.body)
        assert not re.search(r"@\w|#\d|://|\]\(|<(?!!-- codemod:swap/)", outside), outside
        assert "\x1b" not in found.body
        assert "\u202e" not in found.body
        assert not re.search(r"@\w|#\d|\n", found.title), found.title


def without_code(body: str) -> str:
    """What a reader of Markdown takes for text: fenced blocks and code spans are gone, as CommonMark reads them."""
    text, fence = [], ""
    for line in body.split("\n"):
        opens = re.match(r" {0,3}(`{3,})[^`]*$", line)
        if fence:
            if re.fullmatch(rf" {{0,3}}{fence}`*\s*", line):
                fence = ""
        elif opens:
            fence = opens[1]
        else:
            text.append(line)
    return re.sub(r"(?<!`)(`+)(?!`)(.*?)(?<!`)\1(?!`)", "", "\n".join(text))


@pytest.mark.parametrize("text", ["a", "", "`", "``a`", "a`", " `a", "a ``` b `` c", "\n", "x" * 500])
def test_code_stays_code(text: str) -> None:
    assert without_code(f"before {code(text)} after") == "before  after"
    assert without_code(f"before\n{block(text)}\nafter") == "before\nafter"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("fixes #1, closes org/repo#22, GH-3", "fixes # 1, closes org/repo# 22, GH- 3"),
        ("@ada and @org/team: a@b.c", "@ ada and @ org/team: a@ b.c"),
        ("https://github.com/o/r/issues/1", "https: //github.com/o/r/issues/1"),
        ("!5 ~label &2 50% done # one", "! 5 ~ label & 2 50% done # one"),
        ("plain words, a: b", "plain words, a: b"),
    ],
)
def test_what_calls_somebody_or_names_an_issue_does_so_no_more(text: str, told: str) -> None:
    assert defused(text) == told


def test_words_within_markdown_are_words() -> None:
    assert plain("get_db *is* [a](b) <b>") == r"get\_db \*is\* \[a\](b) \<b\>"


def test_it_is_cut_between_lines_and_outside_of_code() -> None:
    assert shortened("abc", 3) == "abc"
    text = "first\n\n" + "```diff\n" + "+ x\n" * 100 + "```\n\nlast\n"
    cut = shortened(text, 300)
    assert cut == "first\n\n*The rest is cut: a text on a forge ends here.*"
    whole = text + "more\n" * 100
    assert shortened(whole, 600).count("```") == 2
    assert len(shortened(whole, 600)) <= 600
    assert len(shortened("x" * 1000, 100)) <= 100


def test_it_never_lists_everything_and_fits_into_what_a_forge_takes(make_repo: Make) -> None:
    line = "    x = old(1)  # " + "long " * 60 + "\n"
    module = "from legacy import old\n\n\ndef f():\n" + line * 80
    repo = make_repo({f"web/{number}_{'name' * 20}.py": module for number in range(12)})
    report = reported(repo, "swap_call")
    [found] = texts(repo, report, BatchSettings()).values()
    assert len(found.body) < 4_000
    assert sum(found.body.count(f"web/{number}_") for number in range(12)) <= 6
    [long] = texts(repo, report, BatchSettings(), body="$summary\n" * 40).values()
    assert len(long.body) <= LONGEST
    assert long.body.endswith(f" plan={report.plan.id} -->\n")


def test_reviewers_are_the_owners_that_can_be_asked_and_not_too_many() -> None:
    item = Item(key="a", about="", paths=("a.py",), changes=(), owners=("@ada", "@org/api", "@zoe", "me@example.com"))
    three = ("ada", "org/api", "zoe")
    assert reviewers(item, BatchSettings()) == ()
    some = reviewers(item, BatchSettings(reviewers=("owners",)))
    assert len(some) == 2
    assert {*some} < {*three}
    assert {*reviewers(item, BatchSettings(reviewers=("owners",), max_reviewers=9))} == {*three}
    assert reviewers(item, BatchSettings(reviewers=("@bob", "owners"), max_reviewers=1)) == ("bob",)
    asked = [
        reviewers(replace(item, key=str(n)), BatchSettings(reviewers=("owners",), max_reviewers=1)) for n in range(9)
    ]
    assert len({*asked}) == 3  # the work is spread
    assert reviewers(item, BatchSettings(reviewers=("owners",), max_reviewers=0)) == ()
