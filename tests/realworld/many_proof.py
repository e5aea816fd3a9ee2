"""A batch over fifty repositories, of which one is broken, one empty and one archived: 47 pull requests, three named failures,
exit code 3; a retry asks nobody but these three. The forge is the fake GitHub of the tests, git is git.

    make realworld ARGS=--many
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.command import COMMAND
from tests.conftest import CONFIG
from tests.forge.github import GitHub

COUNT = 50
FILES = {
    "pyproject.toml": '[project]\nname = "x"\nrequires-python = ">=3.11"\n',
    "a.py": "from typing import Optional\nx: Optional[int] = None\n",
}


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        top = Path(name)
        (top / "gitconfig").write_text(CONFIG)
        os.environ |= {"GIT_CONFIG_GLOBAL": str(top / "gitconfig"), "GIT_CONFIG_NOSYSTEM": "1"}
        forge = GitHub(top / "forge")
        try:
            return _proved(top, forge)
        finally:
            forge.stop()


def _proved(top: Path, forge: GitHub) -> int:
    source = top / "source"
    source.mkdir()
    for path, text in FILES.items():
        (source / path).write_text(text)
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "Begin"]):
        subprocess.run(["git", *words], cwd=source, check=True)
    names = [f"acme/r{number}" for number in range(COUNT)]
    broken, empty, archived = names[20], names[7], names[30]
    for name in names:
        forge.add_repository(name, None if name == empty else source, archived=name == archived)
    shutil.rmtree(forge[broken].path / "objects")
    (forge[broken].path / "objects").mkdir()
    campaign = top / "campaign"
    campaign.mkdir()
    (campaign / "codemod.batch.toml").write_text('run = ["modernize-typing"]\n')
    (campaign / "repos.txt").write_text("\n".join(names))
    first, seconds = _run(top, forge, "run")
    print(first.stderr.splitlines()[-1])
    told = [name for name in names if f"failed: 127.0.0.1:{forge.url.rpartition(':')[2]}/{name}:" in first.stderr]
    opened = [name for name in names if len(forge.pulls(name)) == 1]
    print(f"{len(opened)} pull requests, failed: {', '.join(told)}, exit code {first.returncode}, {seconds:.0f} s")
    again, seconds = _run(top, forge, "retry", "--failed")
    tried = again.stderr.count("\n[") + again.stderr.startswith("[")
    print(f"retry: {tried} repositories, exit code {again.returncode}, {seconds:.0f} s")
    whole, seconds = _run(top, forge, "run")
    pulls = sum(len(forge.pulls(name)) for name in names)
    print(f"again: {pulls} pull requests, exit code {whole.returncode}, {seconds:.0f} s")
    wanted = (len(opened) == COUNT - 3, told == sorted([empty, broken, archived], key=names.index), tried == 3)
    codes = (first.returncode, again.returncode, whole.returncode)
    return 0 if all(wanted) and codes == (3, 3, 3) and pulls == COUNT - 3 and not forge.violations else 1


def _run(top: Path, forge: GitHub, command: str, *words: str) -> tuple[subprocess.CompletedProcess[str], float]:
    host = forge.url.partition("://")[2]
    environment = {
        **os.environ,
        "GITHUB_TOKEN": forge.token,
        "CODEMOD_FORGE": f"github:{forge.url}",
        "CODEMOD_PACE": "100000",
        "XDG_CACHE_HOME": str(top / "cache"),
        "XDG_STATE_HOME": str(top / "state"),
        "XDG_CONFIG_HOME": str(top / "config"),
    }
    begun = time.perf_counter()
    asked = [*COMMAND, "batch", command, "--repositories", "repos.txt", "--host", host, *words]
    done = subprocess.run(asked, cwd=top / "campaign", env=environment, capture_output=True, text=True, check=False)
    return done, time.perf_counter() - begun


if __name__ == "__main__":
    sys.exit(main())
