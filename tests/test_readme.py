"""What the README says is generated or run, so that it stays true."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from codemods.engine import registry
from runner.commands import cli
from tests.command import COMMAND, codemod

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()


def codemod_table() -> str:
    told = ((name, registry.summary(cls).replace("|", r"\|")) for name, cls in registry.iterate())
    rows = [f"| `{name}` | {text} |" for name, text in told]
    return "\n".join(["| codemod | what it does |", "|---|---|", *rows]) + "\n"


def test_the_list_of_codemods_is_the_generated_one() -> None:
    """To renew it: python tests/test_readme.py"""
    listed = re.search(r"<!-- codemod list -->\n(.*?)<!-- end -->", README, re.S)
    assert listed
    assert listed[1] == codemod_table()


def test_the_example_codemod_runs(tmp_path: Path) -> None:
    code = next(c for c in re.findall(r"```python\n(.*?)```", README, re.S) if "AssertEqual" in c)
    (tmp_path / "assert_equal.py").write_text(code)
    golden = tmp_path / "golden" / "assert_equal"
    golden.mkdir(parents=True)
    (golden / "replaces_the_old_name.py").write_text(
        "self.assertEquals(1, other.assertEquals)\n# output\nself.assertEqual(1, other.assertEquals)\n"
    )
    done = codemod(tmp_path, "test", "assert_equal.py")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout == "ok   replaces the old name\n"


def test_the_codemod_for_two_files_runs(tmp_path: Path) -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text()
    code = next(c for c in re.findall(r"```python\n(.*?)```", text, re.S) if "NameFlags" in c)
    (tmp_path / "name_flags.py").write_text(code)
    definition = "def send(text, urgent=False): ...\n\n\n@retry\ndef poll(wait): ...\n"
    use = "import mail\nfrom api import send\n\ndef own(a, b): ...\n\nsend('x', {0})\nmail.poll(True)\nown(1, {1})\nprint('x', True)\n"
    before = {"mail.py": definition, "api.py": "from mail import send\n", "use.py": use.format("True", "True")}
    case = tmp_path / "golden/name_flags/across_files"
    for name, files in (("before", before), ("after", {"use.py": use.format("urgent=True", "b=True")})):
        (case / name).mkdir(parents=True)
        for path, content in files.items():
            (case / name / path).write_text(content)
    (case / "case.toml").write_text("")
    done = codemod(tmp_path, "test", "name_flags.py")
    assert (done.returncode, done.stdout) == (0, "ok   across files\n"), done.stdout + done.stderr


def test_single_cases_of_a_codemod_of_your_own_are_checked_and_stopped_in(tmp_path: Path) -> None:
    code = (ROOT / "tests/local/swap_call.py").read_text()
    (tmp_path / "swap_call.py").write_text(code)
    cases = tmp_path / "golden/swap_call"
    cases.mkdir(parents=True)
    (cases / "a_call.py").write_text("from legacy import old\nold(1)\n# output\nfrom lib import new\nnew(1)\n")
    (cases / "nothing_there.py").write_text("x = 1\n")
    other = codemod(tmp_path, "test", "swap_call.py", "nothing there")
    assert (other.returncode, other.stdout) == (0, "ok   nothing there\n")
    none = codemod(tmp_path, "test", "swap_call.py", "absent")
    assert (none.returncode, "no case has 'absent' in its name" in none.stderr) == (2, True)
    (tmp_path / "swap_call.py").write_text(
        code.replace("names = Names(file)", "breakpoint()\n        names = Names(file)")
    )
    words = [*COMMAND, "test", "swap_call.py", "a_call"]
    left = subprocess.run(words, cwd=tmp_path, input="q\n", capture_output=True, text=True, check=False)
    assert (left.returncode, left.stderr) == (130, "interrupted; nothing was changed\n")


def test_security_md_tells_of_every_command_and_of_all_that_starts_a_program() -> None:
    told = (ROOT / "SECURITY.md").read_text()
    assert "(SECURITY.md)" in README
    assert [name for name in cli.commands if not re.search(rf"`(codemod )?{name}\b", told)] == []
    start = re.compile(
        r"subprocess\.(run|Popen)\(|programs\.run\(|_wrapper\(repo|ProcessPool\(|os\.(system|exec|spawn)"
    )
    starting = {
        p.relative_to(ROOT / "runner").with_suffix("").as_posix()
        for p in (ROOT / "runner").rglob("*.py")
        if start.search(p.read_text())
    }
    # who adds to these adds to SECURITY.md as well
    told_of = "git blobs writing diff report terminal format workers programs review/edited verify/guard verify/stage observe/running kb/observed forges/tokens"
    assert starting == {*told_of.split()}
    reaching = re.compile(r"^\s*(import|from) (subprocess|socket|urllib|http)\b", re.M)
    assert [p.name for p in (ROOT / "codemods").rglob("*.py") if reaching.search(p.read_text())] == []


if __name__ == "__main__":
    text = re.sub(
        r"(<!-- codemod list -->\n).*?(<!-- end -->)",
        lambda m: m[1] + codemod_table() + m[2],
        README,
        flags=re.S,
    )
    (ROOT / "README.md").write_text(text)
