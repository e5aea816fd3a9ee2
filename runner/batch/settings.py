"""What a batch is asked to do, as one frozen value: how it is split, what its pull requests are like, how many at a time.

Values come from the command line, `codemod.batch.toml`, `[tool.codemod.batch]` and the user's own configuration, see
`spec.py`; the options of `codemod batch` are made from the same table.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from codemods.engine.codemod import OptionError
from codemods.engine.options import Option, described

from ..config import WHERE, declared, from_word

# The headings of `codemod batch run --help`
SPLIT, PULLS, WAVES = "How it is split", "What pull requests are like", "How many at a time"
_SPLITS = "owner, directory, directory:DEPTH, size, codemod, stage, glob or none is needed"
_SPLIT = re.compile(r"|owner|directory(:[1-9]\d?)?|size|codemod|stage|glob|none")
_NAME = re.compile(r"|[A-Za-z0-9_][A-Za-z0-9._+-]*")
_LONGEST = 60  # letters of a name: a branch begins with it


@dataclass(frozen=True)
class BatchSettings:
    """What a batch is asked to do."""

    name: str = declared(
        "", group=WHERE, filed=True, metavar="NAME", help="The batch's name, that of its plan if not given."
    )
    base: str = declared(
        "", group=WHERE, filed=True, metavar="BRANCH",
        help="The branch of the remote to build on and to merge into; its default branch if not given.",
    )  # fmt: skip
    remote: str = declared(
        "", group=WHERE, filed=True, metavar="NAME",
        help="Where branches are pushed; the upstream of the branch that is checked out, or origin, if not given.",
    )  # fmt: skip
    split: str = declared(
        "", group=SPLIT, filed=True, metavar="owner|directory[:N]|size|codemod|stage|glob|none",
        help="What one pull request has in common; owners if there is a CODEOWNERS, directories if not.",
    )  # fmt: skip
    globs: tuple[str, ...] = declared(
        (), group=SPLIT, filed=True, metavar="GLOB", help="For --split glob: files go with the first that fits."
    )
    phases: str = declared(
        "", group=SPLIT, filed=True, choices=("", "codemod", "stage"),
        help="Each codemod, or each stage of one, waits until what comes before it is merged.",
    )  # fmt: skip
    max_files: int = declared(
        100, group=SPLIT, filed=True, metavar="N", least=1, most=100_000, help="Files of one pull request."
    )
    max_lines: int = declared(
        2_000, group=SPLIT, filed=True, metavar="N", least=1, most=10_000_000, help="Changed lines of one."
    )
    max_kilobytes: int = declared(
        700, group=SPLIT, filed=True, metavar="N", least=1, most=1_000_000, help="Size of the diff of one."
    )
    title: str = declared(
        "", group=PULLS, filed=True, metavar="FILE", help="A template of the title, with $summary and others."
    )
    body: str = declared(
        "", group=PULLS, filed=True, metavar="FILE",
        help="A template of the text: $summary $codemods $safety $owners $verified $repeat $left.",
    )  # fmt: skip
    labels: tuple[str, ...] = declared(("codemod",), group=PULLS, filed=True, metavar="LABEL", help="Labels of each.")
    reviewers: tuple[str, ...] = declared(
        (), group=PULLS, filed=True, metavar="LOGIN", help="Who is asked to review; owners are those of its files."
    )
    max_reviewers: int = declared(
        2, group=PULLS, filed=True, metavar="N", least=0, most=100, help="Reviewers of one, at most."
    )
    draft: bool = declared(False, group=PULLS, filed=True, help="Open them as drafts.")
    auto_merge: bool = declared(False, group=PULLS, filed=True, help="Have each merged when its checks pass.")
    merge_method: str = declared(
        "squash", group=PULLS, filed=True, choices=("merge", "squash", "rebase"), help="How they are merged."
    )
    canary: int = declared(
        0, group=WAVES, filed=True, metavar="N", least=0, most=10_000,
        help="Open so many first, the others when the checks of these have passed.",
    )  # fmt: skip
    max_open: int = declared(
        0, group=WAVES, filed=True, metavar="N", least=0, most=100_000, help="Open ones at a time; 0 is no limit."
    )
    max_open_per_owner: int = declared(
        0, group=WAVES, filed=True, metavar="N", least=0, most=100_000, help="The same for each owner."
    )
    max_open_per_directory: int = declared(
        0, group=WAVES, filed=True, metavar="N", least=0, most=100_000, help="The same for each top directory."
    )
    per_hour: int = declared(
        0, group=WAVES, filed=True, metavar="N", least=0, most=100_000, help="How many are opened in an hour."
    )

    def __post_init__(self) -> None:
        """Raises OptionError."""
        if not _SPLIT.fullmatch(self.split):
            raise OptionError("split", self.split, _SPLITS)
        if not _NAME.fullmatch(self.name) or len(self.name) > _LONGEST or self.name.endswith((".lock", ".")):
            needed = f"letters, digits, dots and dashes, {_LONGEST} at most, are needed: branches begin with it"
            raise OptionError("name", self.name, needed)
        if ".." in self.name:
            raise OptionError("name", self.name, "a name without two dots is needed: branches begin with it")
        if self.split == "glob" and not self.globs:
            raise OptionError("globs", None, "--split glob says nothing without them")

    @property
    def by_step(self) -> str:
        """Whether codemods or stages have items, and phases, of their own."""
        return self.split if self.split in ("codemod", "stage") else self.phases


_FIELDS = {f.name: f for f in fields(BatchSettings)}
SETTINGS: Mapping[str, Option] = {o.name: o for o in described(BatchSettings, _FIELDS.values())}
FILED: Mapping[str, Option] = {o.flag[2:]: o for o in SETTINGS.values()}
TEMPLATES = ("title", "body")


def group_of(name: str) -> str:
    """The heading of a setting in the help."""
    return str(_FIELDS[name].metadata["group"])


def typed(given: Mapping[str, Any]) -> dict[str, Any]:
    """The settings of a batch among what was typed; globs keep their order. Raises OptionError."""
    found = {}
    for name, value in given.items():
        if name in SETTINGS and value not in (None, ()):
            option = SETTINGS[name]
            if option.many:
                found[name] = tuple(dict.fromkeys(item for word in value for item in option.convert(word)))
            else:
                found[name] = from_word(option, value)
    return found
