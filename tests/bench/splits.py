"""Modules that people have split, from the histories of public projects: what they were, and where each definition went.

Of the histories that were searched, these are all commits that cut a module of at least 500 lines so that at least 20 of its
definitions, and 70 % of them, can be found in one new file or the old one each, at least three files have three or more of
them, and none has more than 60 %. A history is taken from `--mirrors DIR` (DIR/owner+name/repo) or cloned without its files.
"""

from __future__ import annotations

import ast
import json
import re
import subprocess
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from sdists import CACHE, Missing


@dataclass(frozen=True)
class Split:
    repository: str
    commit: str
    path: str

    @property
    def label(self) -> str:
        return f"{self.repository.partition('/')[2]} {self.commit[:7]}, {self.path.rpartition('/')[2]}"


# every other one is for working on the clustering, the others are what it is judged by; trio was one of these until
# somebody looked why the layout by banners did not follow its banners
DEVELOPMENT = (
    Split("HypothesisWorks/hypothesis", "3db02c78dd65de02edf115a9266a2f522401a107", "src/hypothesis/searchstrategy/__init__.py"),
    Split("ethereum/trinity", "2058916a589aa7854778d7dca331bfa292c2581a", "eth2/beacon/helpers.py"),
    Split("gptme/gptme", "36cc81dff6ee217145a027e5b3da65948de3bb37", "gptme/commands.py"),
    Split("gptme/gptme", "5003ab1bd762a268fae50a835ce3c771a3a03d93", "gpt_playground/society.py"),
    Split("gptme/gptme", "656027c2240c0a047328383a880e725f57b4f229", "gptme/tools/autocompact.py"),
    Split("gptme/gptme", "bc6cdd68b50b26bf593620b7c92ab26e8cb479e5", "gptme/prompts.py"),
    Split("gptme/gptme", "d604ca94e415f5b5512a60c165cd49280092c2c8", "gptme/llm/models.py"),
    Split("gptme/gptme", "e861bc842c9e7386d9bba7c2e52297980b521460", "gptme/cli/util.py"),
    Split("openvax/mhcflurry", "9245bb07fc8a4fe749d09c6715860f0b963d48f3", "mhcflurry/class1_neural_network.py"),
    Split("pola-rs/polars", "17a64fb07cdca0b15171bc8d42037cbab0102acb", "py-polars/polars/datatypes.py"),
    Split("pola-rs/polars", "bf5a87c0a86198d28e96d7506a19a6e4713193ff", "py-polars/polars/utils.py"),
    Split("pylint-dev/pylint", "3f11fe629a7b89d2a3b92dce09ac5818f3904cee", "pylint/checkers/base/__init__.py"),
    Split("python-wheel-build/fromager", "0379923b720afd7fa4dc286b41d6e7536eeefb2f", "src/fromager/packagesettings.py"),
    Split("yt-dlp/yt-dlp", "4432a9390c79253ac830702b226d2e558b636725", "yt_dlp/extractor/youtube.py"),
    Split("beetbox/beets", "59c93e70139f70e9fd1c6f3c1bceb005945bec33", "beets/ui/commands.py"),
    Split("buildbot/buildbot", "46bd20ec5d234d13726161d05d5334dbee84c0a3", "buildbot/process/step.py"),
    Split("mitmproxy/mitmproxy", "b53d2bd19acf09b9f2570cd744865608b877f452", "mitmproxy/proxy/layers/quic.py"),
    Split("pytest-dev/pytest", "8c49561470708761f7321504f5e8343811be87ac", "_pytest/python.py"),
    Split("sphinx-doc/sphinx", "4f962bf8e036e5d5d0a82c945327fe3d5123f204", "sphinx/domains/c/__init__.py"),
    Split("python-trio/trio", "991f91db6e717a3b5290ea1ba13cb4f6afefbe2e", "trio/testing.py"),
)  # fmt: skip
JUDGED = (
    Split("ethereum/trinity", "1a3d64fbfb0eea167baf09740b633a96909d285d", "eth/tools/fixture_tests.py"),
    Split("gptme/gptme", "023e99fbbdaf04b3edb6bb1ce253feb451a0079a", "gptme/tools/subagent.py"),
    Split("gptme/gptme", "473385144d78a9860003fa353de97a3dc11744be", "gptme/tools/shell.py"),
    Split("gptme/gptme", "5081c89c2951995a3912a47813649bec3c317d50", "gptme/cli.py"),
    Split("gptme/gptme", "a0c44f3b4321cce9575a450f39310f82767bf40b", "gptme/eval/suites/behavioral.py"),
    Split("gptme/gptme", "c2b67525605aef9481a5653f299065fc4c7749d5", "gptme/server/api_v2.py"),
    Split("gptme/gptme", "deb5072fb21ec5d06edb1d48e4de862505cfdd0b", "gptme/config.py"),
    Split("openvax/mhcflurry", "47c3fc80e04ef30688cdf75a270ffdd5429507c2", "mhcflurry/local_parallelism.py"),
    Split("opsmill/infrahub", "579f75008bf60955d3a2b84a098062846c94b4f1", "backend/infrahub/core/schema/__init__.py"),
    Split("pola-rs/polars", "3839e9773266db242767936cb619cf00d3f29dd5", "py-polars/polars/_utils/construction.py"),
    Split("psf/black", "f2ea461e9e9fa5c47bb61fd72d512c748928badc", "src/black/__init__.py"),
    Split("pzfreo/draftwright", "d43de14f549a4317b277395d9750c0a12236b80b", "src/draftwright/make_drawing.py"),
    Split("borgbackup/borg", "3e78549f76d38cc09e7a396c5ba1b72dd129109a", "src/borg/helpers/misc.py"),
    Split("element-hq/synapse", "87b62f8bb23f99d76bf0ee62c8217fa45a087673", "synapse/federation/transport/server.py"),
    Split("pytest-dev/pytest", "58d8b55beb7b341fb7d8a90a0a0bce1e701fb280", "src/_pytest/assertion/util.py"),
    Split("python/mypy", "f2ead8531efd95617a12155e69299c6cc19a7080", "mypyc/irbuild/function.py"),
)  # fmt: skip


def read(split: Split, mirrors: Path | None) -> tuple[str, dict[str, str]]:
    """The module as it was, and the file that has each definition afterwards; kept outside of this repository."""
    kept = CACHE / "splits" / f"{split.repository.replace('/', '+')}-{split.commit[:12]}-{Path(split.path).stem}.json"
    if not kept.exists():
        git = _history(split.repository, mirrors)
        old = _git(git, "show", f"{split.commit}^:{split.path}")
        homes: dict[str, set[str]] = defaultdict(set)
        rows = _git(git, "show", "--no-renames", "--numstat", "--format=", split.commit, "--", "*.py").splitlines()
        for added, deleted, path in (row.split("\t") for row in rows if row.count("\t") == 2):
            new = deleted == "0" and added.isdigit() and int(added) >= 20
            test = re.search(r"(^|/)tests?/|(^|/)test_", path)
            if path == split.path or (new and not test):
                for name in _defined(_git(git, "show", f"{split.commit}:{path}", missing="")) & _defined(old):
                    homes[name].add(path)
        truth = {name: min(paths) for name, paths in homes.items() if len(paths) == 1}
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps({"text": old, "truth": truth}))
    data = json.loads(kept.read_text())
    return data["text"], data["truth"]


def _history(repository: str, mirrors: Path | None) -> Path:
    name = repository.replace("/", "+")
    if mirrors is not None and (mirrors / name / "repo").exists():
        return mirrors / name / "repo"
    place = CACHE / "histories" / name
    if not place.exists():
        words = ["git", "clone", "-q", "--bare", "--filter=blob:none", f"https://github.com/{repository}", str(place)]
        if subprocess.run(words).returncode:
            raise Missing(f"error: there is no history of {repository}; name a folder of mirrors: --mirrors DIR")
    return place


def _git(where: Path, *words: str, missing: str | None = None) -> str:
    done = subprocess.run(["git", "--git-dir", str(where), *words], capture_output=True)
    if done.returncode:
        if missing is not None:
            return missing
        raise Missing(f"error: {where}: git {' '.join(words)}: {done.stderr.decode().strip()}")
    return done.stdout.decode("utf-8", "replace")


def _defined(text: str) -> set[str]:
    """What a module defines."""
    found: set[str] = set()
    for node in ast.parse(text).body:
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                found.add(name)
            case ast.Assign(targets=targets):
                found |= {t.id for t in targets if isinstance(t, ast.Name)}
            case ast.AnnAssign(target=ast.Name(id=name)):
                found.add(name)
    return {name for name in found if not name.startswith("__") or not name.endswith("__")}
