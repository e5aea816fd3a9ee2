"""`codemod batch plan`: what is asked of a batch and where that may stand, and the table of its items."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from codemods.engine.codemod import OptionError
from runner.batch.settings import SETTINGS, BatchSettings
from runner.batch.spec import load
from runner.errors import UsageError
from runner.settings import user_file
from tests.command import codemod

Make = Callable[..., Path]
Git = Callable[..., str]
SWAP = str(Path(__file__).parent / "local" / "swap_call.py")
MODULE = "from legacy import old\n\n\ndef f():\n    return old(1), old(2, key=3)\n"
FILES = {
    **dict.fromkeys(("api/a.py", "api/b.py", "web/c.py", "web/d/e.py", "f.py"), MODULE),
    "CODEOWNERS": "/api/ @org/api\n/web/ @org/web @ada\n",
}
OPTIONAL = "from typing import Optional\nx: Optional[int] = None\n"
TYPING = {
    "pyproject.toml": '[project]\nname = "x"\nrequires-python = ">=3.11"\n',
    "a/x.py": OPTIONAL,
    "b/y.py": OPTIONAL,
    "codemod.batch.toml": 'run = ["modernize-typing"]\nname = "typing"\n',
}


@pytest.fixture
def repo(make_repo: Make) -> Path:
    repo = make_repo(FILES)
    assert codemod(repo, "run", SWAP, "-n", "-q", "-j", "1").returncode == 0
    return repo


# ---- the table ---------------------------------------------------------------------------------


def test_the_table_shows_each_item_and_then_how_many_there_are(repo: Path) -> None:
    done = codemod(repo, "batch", "plan", "-j", "1", "--per-hour", "2")
    assert done.stdout.split("\n") == [
        "ITEM         FILES  LINES  CHANGES  SAFETY  OWNERS",
        "ada-org-web      2      6        2  safe    @ada, @org/web",
        "org-api          2      6        2  safe    @org/api",
        "top              1      3        1  safe",
        "",
    ]
    lines = done.stderr.split("\n")
    assert lines[:2] == [
        "3 pull requests, 5 files, 15 lines; 2 hours at 2 an hour",
        "left out: waits for a decision × 5",
    ]
    assert lines[2].startswith("on HEAD as it is here; open them with: codemod batch run ")
    assert done.returncode == 0


def test_what_is_unsafe_large_or_later_stands_in_the_table(make_repo: Make) -> None:
    repo = make_repo({"a/x.py": MODULE, "b/y.py": "from lib import new\n\nprint(new)\n"})
    rename = str(Path(SWAP).with_name("rename_everywhere.py"))
    codemod(repo, "run", f"{SWAP},{rename}", "-n", "-q", "--unsafe", "-j", "1")
    done = codemod(repo, "batch", "plan", "-j", "1", "--split", "codemod", "--max-files", "1", "-q")
    assert done.stderr == ""
    assert done.stdout.split("\n") == [
        "PHASE  ITEM               FILES  LINES  CHANGES  SAFETY    OWNERS",
        "    1  swap-call              1      4        2  1 unsafe",
        "    2  rename-everywhere      2      8        1  safe",
        "rename-everywhere: larger than asked for (2 files, --max-files 1): its changes link all its files",
        "",
    ]


def test_json_has_everything(repo: Path) -> None:
    done = codemod(
        repo, "batch", "plan", "-j", "1", "--json", "--split", "size", "--max-files", "4", "--max-open", "1", "-q"
    )
    told = json.loads(done.stdout)
    assert done.stderr == ""
    assert [[path["path"] for path in item["files"]] for item in told["items"]] == [
        ["api/a.py", "api/b.py", "f.py", "web/c.py"],
        ["web/d/e.py"],
    ]
    assert [item["key"] for item in told["items"]] == ["part", "part-2"]
    assert told["items"][0]["owners"] == ["@ada", "@org/api", "@org/web"]
    assert told["left"] == {"waits for a decision": 5}
    assert told["estimate"] == ["2 days if each day 1 are merged (--max-open)"]
    assert told["batch"] == "swap-call"


def test_nothing_is_written_but_what_a_dry_run_writes(repo: Path, git: Git) -> None:
    before = git(repo, "for-each-ref"), git(repo, "status", "--porcelain"), git(repo, "count-objects", "-v")
    files = {path.name for path in (repo / ".git").iterdir()}
    assert codemod(repo, "batch", "plan", "-j", "1").returncode == 0
    assert before == (git(repo, "for-each-ref"), git(repo, "status", "--porcelain"), git(repo, "count-objects", "-v"))
    assert files == {path.name for path in (repo / ".git").iterdir()}


def test_it_is_of_what_the_remote_has_and_keeps_what_its_branches_hold(repo: Path, git: Git, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--bare", str(repo), "there.git")
    git(repo, "remote", "add", "there", str(tmp_path / "there.git"))
    git(repo, "fetch", "-q", "there")
    git(repo, "branch", "-q", "--set-upstream-to", "there/main")
    (repo / "api" / "late.py").write_text(MODULE)
    git(repo, "add", "-A")
    git(repo, "commit", "-qm", "not there yet")
    done = codemod(repo, "batch", "plan", "-j", "1", "--base", "main")
    assert "3 pull requests, 5 files" in done.stderr
    assert "on refs/remotes/there/main as it is here" in done.stderr
    assert "no refs" not in done.stderr
    away = codemod(repo, "batch", "plan", "-j", "1", "--base", "nowhere")
    assert away.returncode == 2
    assert away.stderr == "codemod: branch 'nowhere' is not here; fetch it: git fetch there nowhere\n"


def test_without_a_plan_it_says_how_to_make_one(make_repo: Make) -> None:
    done = codemod(make_repo({"a.py": ""}), "batch", "plan", "-j", "1")
    assert done.returncode == 2
    assert done.stderr == (
        "codemod: there is no plan here; make one: codemod run NAME --dry-run, "
        'or write codemod.batch.toml with run = ["NAME", …]\n'
    )


def test_a_name_of_a_file_cannot_speak_to_the_terminal(make_repo: Make) -> None:
    repo = make_repo({"e\x1b[2Jvil/a.py": MODULE, "CODEOWNERS": "*.py @x\x1b[2J\u202e\n"})
    codemod(repo, "run", SWAP, "-n", "-q", "-j", "1")
    for words in (["plan", "-j", "1"], ["plan", "-j", "1", "--split", "directory"]):
        done = codemod(repo, "batch", *words)
        assert done.returncode == 0
        assert "\x1b" not in done.stdout + done.stderr
        assert "\u202e" not in done.stdout


# ---- where its settings stand ------------------------------------------------------------------


def settings(repo: Path, **given: object) -> BatchSettings:
    return load(repo, repo, given).settings


def test_the_command_line_wins_over_the_spec_and_that_over_the_project_and_the_user(make_repo: Make) -> None:
    repo = make_repo(
        {
            "pyproject.toml": "[tool.codemod.batch]\nmax-files = 2\nmax-lines = 2\nmax-open = 2\n",
            "codemod.batch.toml": "max-lines = 3\nmax-open = 3\n",
        }
    )
    user_file().parent.mkdir(parents=True, exist_ok=True)
    user_file().write_text("[batch]\nmax-files = 1\nmax-lines = 1\nmax-open = 1\ncanary = 1\n")
    try:
        found = settings(repo, max_open="4")
    finally:
        user_file().unlink()
    assert (found.canary, found.max_files, found.max_lines, found.max_open) == (1, 2, 3, 4)


def test_lists_keep_their_order(make_repo: Make) -> None:
    repo = make_repo({"codemod.batch.toml": 'globs = ["b/*", "a/*"]\nlabels = ["z", "a"]\n'})
    assert settings(repo).globs == ("b/*", "a/*")
    assert settings(repo, globs=("c/*,b/*", "a/*")).globs == ("c/*", "b/*", "a/*")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('splt = "size"', 'unknown key "splt"; did you mean "split"?'),
        ('split = "sise"', 'split: "sise" is not accepted; owner, directory, directory:DEPTH, size, codemod'),
        ('split = "directory:0"', 'split: "directory:0" is not accepted'),
        ('max-files = "3"', 'max-files: "3" is not accepted; a whole number from 1 up to 100,000 is needed'),
        ("max_files = 3", 'unknown key "max_files"; did you mean "max-files"?'),
        ('labels = "one"', 'labels: "one" is not accepted; a list is needed, in brackets: ["one"]'),
        ('name = "a/b"', 'name: "a/b" is not accepted; letters, digits, dots and dashes'),
        ('name = "a..b"', 'name: "a..b" is not accepted'),
        ('name = "-x"', 'name: "-x" is not accepted'),
        (
            'merge-method = "octopus"',
            'merge-method: "octopus" is not accepted; one of merge, squash, rebase is needed',
        ),
        ("split = ", "not valid TOML"),
        ('run = "modernize-typing"', 'run: "modernize-typing" is not accepted; the words of codemod run are needed'),
        ("run = []", "run: [] is not accepted"),
        (
            'run = ["modernise-typing"]',
            "run: there is no codemod 'modernise-typing'; did you mean modernize-typing?",
        ),
        ('run = ["modernize-typing", "--unsave"]', "run: No such option '--unsave'"),
        ('run = ["modernize-typing", "--verify", "rm -rf ."]', 'run: "--verify" is not accepted'),
        ('run = ["modernize-typing", "--verify-setup=x"]', 'run: "--verify-setup" is not accepted'),
        ('run = ["modernize-typing", "--in-place"]', 'run: "--in-place" is not accepted'),
        ('run = ["modernize-typing", "--branch", "main"]', 'run: "--branch" is not accepted'),
        ('run = ["modernize-typing", "--force"]', 'run: "--force" is not accepted'),
        ('run = ["modernize-typing", "--base", "x"]', "the branch to build on is a key of its own"),
        ('run = ["modernize-typing", "--config", "/etc/passwd"]', 'run: "--config" is not accepted'),
        ('run = ["modernize-typing", "--help"]', "run: No such option '--help'"),
        ('run = ["evil.py"]', 'run: "evil.py" is not accepted; a spec names codemods, never a file'),
        ('run = ["modernize-typing,evil.py"]', 'run: "evil.py" is not accepted'),
        ('run = ["--unsafe", "evil.py"]', "there is no codemod '--unsafe'"),
        ('run = ["mine"]', 'run: "mine" is not accepted; a spec names codemods, never a file'),
        ('run = ["rename-symbol", "--map", "/etc/passwd"]', 'run: "/etc/passwd" is not accepted; a table is needed'),
        ('run = ["rename-symbol", "-o", "rename-symbol.map=/etc/x"]', "a table is needed, not the name of a file"),
        ('body = "../outside.md"', "leads out of"),
        ('body = "/etc/hostname"', "leads out of"),
        ('title = "link.md"', "leads out of"),
        ('body = "none.md"', "no such file"),
    ],
)
def test_what_a_spec_may_not_say_is_told(text: str, told: str, make_repo: Make, tmp_path: Path) -> None:
    evil = f"open({str(tmp_path / 'ran')!r}, 'w')\n"
    repo = make_repo({"codemod.batch.toml": text + "\n", "evil.py": evil})
    (repo / "link.md").symlink_to("/etc/hostname")
    user_file().parent.mkdir(parents=True, exist_ok=True)
    user_file().write_text(f'[recipes]\nmine = ["{repo}/evil.py"]\n')
    try:
        with pytest.raises(UsageError) as raised:
            load(repo, repo, {})
    finally:
        user_file().unlink()
    assert told in str(raised.value)
    assert "codemod.batch.toml" in str(raised.value)
    assert not (tmp_path / "ran").exists()


def test_a_template_is_a_file_of_the_project_or_what_the_user_names(make_repo: Make, tmp_path: Path) -> None:
    repo = make_repo({"codemod.batch.toml": 'body = "docs/body.md"\n', "docs/body.md": "Hello $summary\n"})
    assert load(repo, repo, {}).templates == {"body": "Hello $summary\n"}
    (tmp_path / "own.md").write_text("Mine\n")
    assert load(repo, repo, {"body": str(tmp_path / "own.md")}).templates == {"body": "Mine\n"}


def test_a_spec_may_not_lead_out_of_the_work_tree(make_repo: Make, tmp_path: Path) -> None:
    repo = make_repo({"a": ""})
    (tmp_path / "outside.toml").write_text('name = "x"\n')
    (repo / "codemod.batch.toml").symlink_to(tmp_path / "outside.toml")
    with pytest.raises(UsageError, match="leads out of"):
        load(repo, repo, {})
    assert load(repo, repo, {}, str(tmp_path / "outside.toml")).settings.name == "x"


def test_the_spec_says_what_to_run_and_where_one_stands_does_not_matter(make_repo: Make) -> None:
    repo = make_repo(TYPING)
    for where in (repo, repo / "a"):
        done = codemod(where, "batch", "plan", "-j", "1")
        assert [line.split()[0] for line in done.stdout.splitlines()] == ["ITEM", "a", "b"], done.stderr
        assert "open them with: codemod batch run\n" in done.stderr
    options = load(repo, repo, {}).run
    assert options is not None
    assert options.where == repo
    other = repo / "other.toml"
    other.write_text('run = ["modernize-typing", "--exclude", "a/*", "b"]\n')
    done = codemod(repo, "batch", "plan", "-j", "1", "--spec", "other.toml")
    assert [line.split()[0] for line in done.stdout.splitlines()] == ["ITEM", "b"], done.stderr


def test_each_setting_is_an_option_and_a_wrong_one_is_told(make_repo: Make) -> None:
    repo = make_repo({"a": ""})
    help = codemod(repo, "batch", "plan", "-j", "1", "--help").stdout
    assert [flag for option in SETTINGS.values() if (flag := option.flag) not in help] == []
    for words, told in (
        (("--split", "sise"), "--split: 'sise' is not accepted; owner"),
        (("--spilt", "size"), "there is no option '--spilt'; did you mean '--split'"),
        (("--max-files", "0"), "--max-files: '0' is not accepted"),
        (("--split", "glob"), "--globs: is needed; --split glob says nothing without them"),
    ):
        done = codemod(repo, "batch", "plan", "-j", "1", *words)
        assert done.returncode == 2
        assert told in done.stderr
    with pytest.raises(OptionError):
        BatchSettings(name="x/y")
