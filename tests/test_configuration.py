"""What a configuration may say, where it may lie, and that the one of an analysed project never names code to run."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from runner.cli import invoke
from runner.settings import load, user_file
from tests.command import codemod

MODULE = "from typing import List, Optional\n\n\ndef f(x: Optional[List[int]]) -> None:\n    pass\n"
PROJECT = '[project]\nname = "x"\nrequires-python = ">=3.11"\n'
TRAP = "import pathlib\npathlib.Path(__file__).with_name('ran').write_text('')\n"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """`run(folder, *words)` runs codemod in this process: exit code, stdout, stderr."""

    def call(where: Path, *words: str) -> tuple[int, str, str]:
        monkeypatch.chdir(where)
        capsys.readouterr()
        code = invoke(words)
        return (code, *capsys.readouterr())

    return call


@pytest.fixture
def own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The user's own configuration, which is not there yet."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "xdg"))
    path = user_file()
    path.parent.mkdir(parents=True)
    return path


# ---- code to run -------------------------------------------------------------------------------

RECIPES = {
    "the name of a codemod": ("modernize-typing = ['tools/lint.py']", "modernize-typing"),
    "a step that is a file": ("mine = ['tools/lint.py']", "mine"),
    "a table that is a file": ("mine = ['async-mock', {name = 'tools/lint.py', x = 1}]", "mine"),
    "a file outside": ("mine = ['../tools/lint.py']", "mine"),
    "an absolute file": ("mine = ['TOOLS/lint.py']", "mine"),
    "a file behind a comma": ("mine = ['fixture-scope,tools/lint.py']", "mine"),
}
WORDS = [("run", "NAME", "-n"), ("explain", "NAME"), ("run", "NAME", "--help"), ("list",), ("run", "NAME,async-mock", "-n"),
         ("run", "NAME", "-n", "--config", "pyproject.toml"), ("run", "--prune", "NAME"), ("NAME",)]  # fmt: skip


@pytest.mark.parametrize("recipe", RECIPES)
def test_no_recipe_of_a_project_runs_a_file_in_any_command(
    make_repo: Callable[..., Path], run: Run, recipe: str
) -> None:
    text, name = RECIPES[recipe]
    tools = {"tools/lint.py": TRAP, "../tools/lint.py": TRAP}
    repo = make_repo({"a.py": MODULE, "pyproject.toml": PROJECT, **tools})
    table = "[tool.codemod.recipes]\n" + text.replace("TOOLS", str(repo / "tools"))
    (repo / "pyproject.toml").write_text(f"{PROJECT}{table}\n")
    for words in WORDS:
        code, _, err = run(repo, *(word.replace("NAME", name) for word in words))
        if words[0] == "run" and "--help" not in words:
            assert code == 2, (words, err)
            assert err.count("\n") == 1, err
            assert "pyproject.toml: recipes" in err or "--prune" in words
    assert not (repo / "tools" / "ran").exists()
    assert not (repo.parent / "tools" / "ran").exists()


def test_a_recipe_with_the_name_of_a_codemod_is_a_mistake_in_the_users_own_file_too(
    make_repo: Callable[..., Path], run: Run, own: Path
) -> None:
    repo = make_repo({"a.py": MODULE, "pyproject.toml": PROJECT})
    own.write_text("[recipes]\nmodernize-typing = ['async-mock']\n")
    code, _, err = run(repo, "run", "modernize-typing", "-n")
    assert code == 2
    assert (
        err == f"codemod: {own}: recipes.modernize-typing: a codemod has this name; a recipe needs one of its own\n"
    )


LOCAL = (Path(__file__).parent / "local" / "swap_call.py").read_text()


def test_a_recipe_of_the_user_may_run_a_file_which_is_looked_for_beside_the_configuration(
    make_repo: Callable[..., Path], own: Path
) -> None:
    """Where the project has a file of that name too, it is not the one that is meant."""
    repo = make_repo({"a.py": "from legacy import old\nold(1)\n", "mine/swap_call.py": TRAP})
    (own.parent / "mine").mkdir()
    (own.parent / "mine" / "swap_call.py").write_text(LOCAL)
    own.write_text("[recipes]\ntidy = ['mine/swap_call.py']\n")
    done = codemod(repo, "run", "tidy", "-n")
    assert done.returncode == 0, done.stderr
    assert "+from lib import new" in done.stdout
    assert not (repo / "mine" / "ran").exists()


def test_a_typed_path_runs_and_takes_its_options_from_the_project(make_repo: Callable[..., Path]) -> None:
    settings = "[tool.codemod.'tools/swap_call.py']\nnew = 'configured'\n"
    repo = make_repo(
        {"a.py": "from legacy import old\nold(1)\n", "tools/swap_call.py": LOCAL, "pyproject.toml": settings}
    )
    done = codemod(repo / "tools", "run", "./swap_call.py", "-n", "../a.py")
    assert "+from lib import configured" in done.stdout, done.stderr


# ---- where it may lie --------------------------------------------------------------------------

JOBS = "[tool.codemod]\njobs = 3\n"


def jobs(where: Path, source: str = "") -> object:
    found = load(where, source).all.values.get("jobs")
    return found and found.value


def test_the_nearest_file_up_to_the_top_of_the_work_tree_counts(make_repo: Callable[..., Path]) -> None:
    repo = make_repo(
        {
            "pyproject.toml": JOBS,
            "pkg/deep/a.py": "",
            "other/codemod.toml": "jobs = 4\n",
            "quiet/pyproject.toml": "x = 1\n",
        }
    )
    found = [jobs(repo / folder) for folder in (".", "pkg/deep", "other", "quiet")]
    assert found == [3, 3, 4, 3]


def test_what_lies_above_the_top_does_not_count(make_repo: Callable[..., Path], git: Callable[..., str]) -> None:
    repo = make_repo({"a.py": "", "sub/a.py": ""})
    for name in ("codemod.toml", "pyproject.toml"):
        (repo.parent / name).write_text("nonsense = [")
    assert jobs(repo) is None
    assert jobs(repo / "sub") is None
    git(repo / "sub", "init", "-q")  # a repository within: its top is the nearest one
    (repo / "pyproject.toml").write_text(JOBS)
    assert jobs(repo / "sub") is None
    git(repo, "worktree", "add", "-q", str(repo.parent / "linked"))
    assert jobs(repo.parent / "linked") is None
    git(repo.parent, "clone", "-q", "--bare", str(repo), "bare.git")
    assert jobs(repo.parent / "bare.git") is None


def test_outside_of_git_only_the_folder_itself_counts(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(JOBS)
    (tmp_path / "below").mkdir()
    assert jobs(tmp_path) == 3
    assert jobs(tmp_path / "below") is None


def test_nothing_is_read_where_git_refuses(
    make_repo: Callable[..., Path], run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo = make_repo({"a.py": MODULE, "pyproject.toml": "[tool.codemod]\nnonsense = 1\n"})
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    for words in (("run", "modernize-typing", "-n"), ("run", "modernize-typing", "--in-place")):
        code, _, err = run(repo, *words)
        assert (code, err.count("\n")) == (2, 1)
        assert "git refuses" in err
    code, out, err = run(repo, "list")
    assert code == 0
    assert "modernize-typing" in out
    assert "nonsense" not in err
    assert (repo / "a.py").read_text() == MODULE


def test_a_link_that_leads_out_is_not_followed(make_repo: Callable[..., Path], run: Run) -> None:
    repo = make_repo({"a.py": MODULE, "shared/settings.toml": "jobs = 5\n"})
    (repo.parent / "outside.toml").write_text("jobs = 'secret'\n")
    (repo / "codemod.toml").symlink_to("shared/settings.toml")
    assert jobs(repo) == 5
    (repo / "codemod.toml").unlink()
    (repo / "codemod.toml").symlink_to("../outside.toml")
    code, _, err = run(repo, "run", "modernize-typing", "-n")
    assert code == 2
    assert "leads out of" in err
    assert "secret" not in err


def test_the_users_own_file_is_the_weakest(make_repo: Callable[..., Path], own: Path) -> None:
    own.write_text("jobs = 7\ntimeout = 9\n\n[mark-slow]\nreport = 'mine.xml'\nmarker = 'mine'\n")
    repo = make_repo({"pyproject.toml": f"{JOBS}\n[tool.codemod.mark-slow]\nmarker = 'theirs'\n"})
    found = load(repo).all
    assert {name: written.value for name, written in found.values.items()} == {"jobs": 3, "timeout": 9}
    assert {n: w.value for n, w in found.codemods["mark-slow"].items()} == {"report": "mine.xml", "marker": "theirs"}


def test_isolated_reads_none_and_config_reads_one(make_repo: Callable[..., Path], own: Path) -> None:
    own.write_text("timeout = 9\n")
    repo = make_repo({"pyproject.toml": JOBS, "pkg/a.py": ""})
    (repo.parent / "other.toml").write_text("jobs = 8\n")
    assert load(repo, "-").all.files == ()
    assert jobs(repo / "pkg", "../../other.toml") == 8
    assert load(repo, "../other.toml").all.files == (repo.parent / "other.toml",)
    assert jobs(repo / "pkg", str(repo / "pyproject.toml")) == 3


def test_settings_are_shown_with_their_places_as_toml(make_repo: Callable[..., Path], run: Run) -> None:
    repo = make_repo({"pyproject.toml": f"{JOBS}\n[tool.codemod.mark-slow]\nmarker = 'late'\n"})
    code, out, err = run(repo, "run", "mark-slow", "--report", "r.xml", "--show-settings", "--timeout", "5")
    assert (code, err) == (0, "")
    shown = tomllib.loads(out)
    assert (shown["jobs"], shown["timeout"], shown["format"]) == (3, 5.0, "auto")
    (step,) = shown["step"]
    assert step == {
        "codemod": "mark-slow", "report": "r.xml", "threshold": 1.0, "marker": "late", "all-cases": False, "prune": False
    }  # fmt: skip
    places = {line.split(" = ")[0]: line.rpartition("  # ")[2] for line in out.splitlines() if " = " in line}
    assert places["jobs"] == str(repo / "pyproject.toml")
    assert places["marker"] == f"{repo / 'pyproject.toml'}: mark-slow.marker"
    assert (places["report"], places["timeout"], places["format"]) == ("command line", "command line", "default")
    code, out, _ = run(repo, "run", "--isolated", "--show-settings")
    assert (code, tomllib.loads(out)["jobs"]) == (0, 0)
    code, _, err = run(repo, "run", "mark-slow", "--show-settings", "--config", "nowhere.toml")
    assert (code, err) == (2, f"codemod: {repo}/nowhere.toml: cannot be read: no such file\n")


# ---- shapes and ranges -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("tool = 3", "modernize-typing", "tool: 3 is not accepted; a table is needed"),
        ("[tool]\ncodemod = 3", "modernize-typing", "tool.codemod: 3 is not accepted; a table is needed"),
        ("[[tool.codemod]]\njobs = 1", "modernize-typing", "tool.codemod: [{jobs = 1}] is not accepted; a table is needed"),
        ("[tool.codemod]\nrecipes = 3", "modernize-typing", "recipes: 3 is not accepted; a table is needed"),
        ("[tool.codemod.recipes]\nmine = 3", "mine", "recipes.mine: 3 is not accepted; a list of steps is needed"),
        (
            '[tool.codemod.recipes]\nmine = "modernize-typing"', "mine",
            'recipes.mine: "modernize-typing" is not accepted; a list of steps is needed: ["modernize-typing"]',
        ),
        ("[tool.codemod.recipes]\nmine = []", "mine", "recipes.mine: [] is not accepted; a list of steps is needed"),
        (
            '[tool.codemod.recipes]\nmine = ["other"]\nother = ["modernize-typing"]', "mine",
            'recipes.mine, step 1: "other" is not accepted; it is a recipe itself; the steps of a recipe are codemods',
        ),
        (
            "[tool.codemod.recipes]\nmine = ['async-mock', 3]", "mine",
            "recipes.mine, step 2: 3 is not accepted; the name of a codemod, or a table with a name and options, is needed",
        ),
        (
            "[tool.codemod.recipes]\nmine = [{name = 3}]", "mine",
            "recipes.mine, step 1: {name = 3} is not accepted; the name of a codemod, or a table with a name and options, is needed",
        ),
        ("[tool.codemod.recipes]\nmine = ['nothing']", "mine", "recipes.mine, step 1: there is no codemod 'nothing'"),
        (
            "[tool.codemod.recipes]\nmine = [{name = 'modernize-typing', target-version = 3.10}]", "mine",
            'recipes.mine, step 1.target-version: 3.10 is not accepted; a text is needed; write it in quotes: "3.10"',
        ),
        ("[tool.codemod.recipes]\n'a/b' = ['async-mock']", "x", 'recipes."a/b": a recipe cannot have this name'),
        ("[tool.codemod.recipes]\n'-n' = ['async-mock']", "x", "recipes.-n: a recipe cannot have this name"),
        (f"[tool.codemod.recipes]\n{'x' * 61} = ['async-mock']", "x", "a recipe cannot have this name"),
        (
            "[tool.codemod.modernize-typing]\ntarget-version = 3.10", "modernize-typing",
            'modernize-typing.target-version: 3.10 is not accepted; a text is needed; write it in quotes: "3.10"',
        ),
        (
            "[tool.codemod.modernize-typing]\ntarget-version = 'new'", "modernize-typing",
            'modernize-typing.target-version: "new" is not accepted; a version like 3.10 is needed',
        ),
        (
            "[tool.codemod.modernize-typing]\nonly = '585'", "modernize-typing",
            'modernize-typing.only: "585" is not accepted; a list is needed, in brackets: ["585"]',
        ),
        ("[tool.codemod.modernize-typing]\ntarget-versoin = '3.10'", "modernize-typing", "did you mean 'target-version'"),
        ("[tool.codemod]\nmodernize-typing = 3", "modernize-typing", "modernize-typing: 3 is not accepted; a table is needed"),
        ("[tool.codemod.mark-slow]\nthreshold = -1\nreport = 'r'", "mark-slow", "mark-slow.threshold: -1 is not accepted; a number from 0 is needed"),
        ("[tool.codemod.mark-slow]\nthreshold = nan\nreport = 'r'", "mark-slow", "mark-slow.threshold: nan is not accepted; a number from 0"),
        ("[tool.codemod.mark-slow]\nprune = 'yes'\nreport = 'r'", "mark-slow", 'mark-slow.prune: "yes" is not accepted; true or false is needed'),
        ("[tool.codemod.fixture-scope]\nmatch = '('", "fixture-scope", 'fixture-scope.match: "(" is not accepted'),
        ("[tool.codemod]\njobs = -3", "async-mock", "jobs: -3 is not accepted; a whole number from 0 up to 1,000 is needed"),
        ("[tool.codemod]\njobs = 1_000_000", "async-mock", "jobs: 1000000 is not accepted; a whole number from 0"),
        ("[tool.codemod]\njobs = 2.5", "async-mock", "jobs: 2.5 is not accepted; a whole number"),
        ("[tool.codemod]\njobs = true", "async-mock", "jobs: true is not accepted; a whole number"),
        ("[tool.codemod]\ntimeout = -1", "async-mock", "timeout: -1 is not accepted; a number above 0 up to 1,000,000 is needed"),
        ("[tool.codemod]\ntimeout = 0", "async-mock", "timeout: 0 is not accepted; a number above 0"),
        ("[tool.codemod]\ntimeout = inf", "async-mock", "timeout: inf is not accepted; a number above 0"),
        ("[tool.codemod]\nmax-file-size = 0", "async-mock", "max-file-size: 0 is not accepted; a whole number from 1 up to 100,000,000 is needed"),
        ("[tool.codemod]\nmax-file-size = 9223372036854775807", "async-mock", "a whole number from 1 up to 100,000,000 is needed"),
        ('[tool.codemod]\nformat = "banana"', "async-mock", 'format: "banana" is not accepted; one of auto, off is needed'),
        ("[tool.codemod]\nformat = 1979-05-27", "async-mock", "format: 1979-05-27 is not accepted; one of auto, off is needed"),
        ("[tool.codemod]\nunsafe = 'no'", "async-mock", 'unsafe: "no" is not accepted; true or false is needed'),
        ("[tool.codemod]\ncache = 0", "async-mock", "cache: 0 is not accepted; true or false is needed"),
        ("[tool.codemod]\nexclude = [1]", "async-mock", 'exclude: 1 is not accepted; a text is needed; write it in quotes: "1"'),
        ("[tool.codemod]\nsource-roots = {a = 'src'}", "async-mock", 'source-roots: {a = "src"} is not accepted; a list is needed'),
        ("[tool.codemod]\ndry-run = true", "async-mock", 'unknown key "dry-run"'),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_one_line_that_names_file_and_key(
    make_repo: Callable[..., Path], run: Run, text: str, name: str, expected: str
) -> None:
    repo = make_repo({"pyproject.toml": f"{text}\n"})
    code, out, err = run(repo, "run", name, "-n")
    assert (code, out, err.count("\n")) == (2, "", 1), err
    assert err.startswith(f"codemod: {repo}/pyproject.toml: ")
    assert expected in err


def test_the_table_of_pyproject_is_told_to_go_where_it_stands_in_a_file_of_ours(
    make_repo: Callable[..., Path], run: Run
) -> None:
    repo = make_repo({"codemod.toml": "[tool.codemod]\nunsafe = true\n"})
    code, _, err = run(repo, "run", "async-mock", "-n")
    told = 'unknown key "tool"; [tool.codemod] is for pyproject.toml, here its keys stand at the top'
    assert (code, err) == (2, f"codemod: {repo}/codemod.toml: {told}\n")


@pytest.mark.parametrize(
    "value", ["3", "2.5", "true", "'x'", "[1]", "['x']", "[[]]", "{a = 1}", "1979-05-27", "07:32:00", "nan"]
)
def test_every_key_takes_its_own_type_and_refuses_the_others_in_one_line(
    make_repo: Callable[..., Path], run: Run, value: str
) -> None:
    from codemods.engine import registry
    from codemods.engine.options import describe
    from runner.config import FILED

    repo = make_repo({"a.py": ""})
    keys = [(f"[tool.codemod]\n{key} = {value}\n", "async-mock") for key in FILED]
    keys += [
        (f"[tool.codemod.recipes]\nmine = {value}\n", "mine"),
        (f"[tool.codemod]\nrecipes = {value}\n", "async-mock"),
    ]
    for codemod_name, cls in registry.iterate():
        keys += [(f"[tool.codemod]\n{codemod_name} = {value}\n", codemod_name)]
        keys += [(f"[tool.codemod.{codemod_name}]\n{o.flag[2:]} = {value}\n", codemod_name) for o in describe(cls)]
    for text, name in keys:
        (repo / "pyproject.toml").write_text(text)
        code, _, err = run(repo, "run", name, "--show-settings")
        assert code in (0, 2), (text, err)
        assert err.count("\n") == (1 if code else 0), (text, err)
        assert code == 0 or err.startswith(f"codemod: {repo}/pyproject.toml: "), (text, err)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--jobs", "-3"], "--jobs: '-3' is not accepted; a whole number from 0 up to 1,000 is needed"),
        (["--timeout=nan"], "--timeout: 'nan' is not accepted; a number above 0 up to 1,000,000 is needed"),
        (["--format", "banana"], "--format: 'banana' is not accepted; one of auto, off is needed"),
        (
            ["--output-format", "xml"],
            "--output-format: 'xml' is not accepted; one of text, json, jsonl, patch, github-review is needed",
        ),
        (["--threshold", "-1"], "--threshold: '-1' is not accepted; a number from 0 is needed"),
        (["-o", "mark-slow.threshold=-1"], "--threshold: '-1' is not accepted; a number from 0 is needed"),
    ],
)
def test_the_command_line_says_it_in_the_same_words(
    make_repo: Callable[..., Path], run: Run, words: list[str], expected: str
) -> None:
    code, _, err = run(make_repo({"a.py": ""}), "run", "mark-slow", "--report", "r.xml", *words)
    assert (code, err) == (2, f"codemod: {expected}\n")


def test_a_file_that_is_no_report_is_told_with_the_place_that_names_it(
    make_repo: Callable[..., Path], run: Run
) -> None:
    text = "[tool.codemod.mark-slow]\nreport = 'no.xml'\n"
    repo = make_repo({"a.py": "def f(): ...\n", "no.xml": "nothing", "pyproject.toml": text})
    code, _, err = run(repo, "run", "mark-slow", "-n")
    assert code == 2
    assert err.startswith(f'codemod: {repo}/pyproject.toml: mark-slow.report: "no.xml" is not accepted; ')
    assert run(repo, "run", "mark-slow", "-n", "--report", "no.xml")[2].startswith(
        "codemod: --report: 'no.xml' is not"
    )


@pytest.mark.parametrize("words", [(), ("--in-place",)])
def test_a_source_root_that_holds_nothing_is_told(
    make_repo: Callable[..., Path], run: Run, words: tuple[str, ...]
) -> None:
    table = '[tool.codemod]\nsource-roots = ["./src/", "lib", "srcs/../nowhere", "."]\n'
    repo = make_repo({"src/a.py": MODULE, "pyproject.toml": table})
    code, _, err = run(repo, "run", "modernize-typing", "-n", *words)
    told = [line.partition(" holds no file in ")[0] for line in err.splitlines() if "source-roots" in line]
    assert (code, told) == (0, ["source-roots: lib", "source-roots: srcs/../nowhere"])
    assert "--show-settings" in err


def test_a_broken_file_that_does_not_speak_of_codemod_is_nobodys_business(
    make_repo: Callable[..., Path], run: Run
) -> None:
    repo = make_repo({"a.py": "", "pyproject.toml": "[tool.other\n"})
    assert run(repo, "run", "async-mock", "--show-settings")[0] == 0
    code, _, err = run(repo, "run", "async-mock", "--show-settings", "--config", "pyproject.toml")
    assert code == 2
    assert "not valid TOML" in err
