"""What a run is asked to do, as one frozen value; each setting says of itself what it takes and where it belongs."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from codemods.engine.codemod import OptionError, option
from codemods.engine.options import Option, described
from codemods.engine.registry import Spec

from .cluster import address
from .repeat import Command

# Left out unless named: what no person writes.
GENERATED = (
    "*_pb2.py", "*_pb2.pyi", "*_pb2_grpc.py", "*/vendor/*", "*/_vendor/*", "*/vendored/*", "*/third_party/*",
    "*/node_modules/*", "*/site-packages/*", "*/.venv/*", "*/venv/*", "*/.tox/*", "*/.nox/*", "*/.eggs/*", "*/build/lib/*",
)  # fmt: skip
REVIEW = "github-review"  # an output format: suggestions on a pull request
# The headings of `codemod run --help`
WHAT, FILES, WHERE, VERIFY, OUTPUT, WORK = (
    "What to change", "Which files", "Where it goes", "Does it pass the tests", "What is shown", "How it works",
)  # fmt: skip


def declared(
    default: Any,
    *,
    help: str,
    group: str = "",
    flags: tuple[str, ...] = (),
    filed: bool = False,
    own: bool = False,
    **rest: Any,
) -> Any:
    """A setting of the runner: an option with a heading in the help, shorter flags, and whether a file may set it, or
    the user's own alone. Without a heading it has no flag."""
    made = option(default, help=help, **rest)
    more = {"group": group, "flags": flags, "filed": filed, "own": own}
    return field(default=made.default, metadata=made.metadata | more)


@dataclass(frozen=True)
class Options:
    """What a run is asked to do."""

    specs: tuple[Spec, ...]
    where: Path
    paths: tuple[str, ...] = ()
    title: str = ""  # of the run: a recipe's name, or those of the codemods
    asked: Command = field(default_factory=Command, compare=False)

    unsafe: bool = declared(False, group=WHAT, filed=True, help="Apply changes that may alter behaviour too.")
    format: str = declared(
        "auto", group=WHAT, filed=True, choices=("auto", "off"),
        help="Run the project's own formatter on files that follow it.",
    )  # fmt: skip
    diff_base: str = declared(
        "", group=FILES, metavar="REV", help="Edit only files changed since REV; facts stay whole."
    )
    exclude: tuple[str, ...] = declared(
        GENERATED, group=FILES, filed=True, metavar="GLOB", help="Do not edit these, in place of the default list."
    )
    extend_exclude: tuple[str, ...] = declared(
        (), group=FILES, filed=True, metavar="GLOB", help="Do not edit these either."
    )
    source_roots: tuple[str, ...] = declared((), filed=True, help="Where dotted module names begin.")
    dry_run: bool = declared(False, group=WHERE, flags=("-n",), help="Show the diff, change nothing.")
    check: bool = declared(False, group=WHERE, help="Change nothing; exit 1 when changes are pending.")
    in_place: bool = declared(
        False, group=WHERE, help="Read and edit the files of the working tree instead of making a branch."
    )
    base: str = declared("HEAD", group=WHERE, filed=True, metavar="REV", help="The commit to read and to build on.")
    branch: str = declared("", group=WHERE, metavar="NAME", help="The branch to make; codemod/NAME if not given.")
    force: bool = declared(False, group=WHERE, help="Replace the branch if it exists and did not move meanwhile.")
    push: bool = declared(False, group=WHERE, help="Push the branch to the remote.")
    pr: bool = declared(False, group=WHERE, help="Push the branch, and open a pull request of it.")
    blame_ignore: bool = declared(
        False, group=WHERE, help="List the commits in .git-blame-ignore-revs, by one more commit on the branch."
    )
    verify: str = declared(
        "", group=VERIFY, metavar="COMMAND",
        help="Run the project's tests on the result ('pytest -q'); what breaks them is left out.",
    )  # fmt: skip
    verify_setup: str = declared(
        "", group=VERIFY, metavar="COMMAND", help="Run this once before, in the same worktree."
    )
    verify_copy: tuple[str, ...] = declared(
        (), group=VERIFY, metavar="GLOB", help="Copy these untracked files of the checkout there (.env, *.so)."
    )
    verify_timeout: float = declared(
        0.0, group=VERIFY, metavar="SECONDS", least=0, most=1_000_000,
        help="Time for one run; if not given ten times what the base takes, a minute at least.",
    )  # fmt: skip
    verify_budget: float = declared(
        60.0, group=VERIFY, metavar="MINUTES", least=0, most=100_000, help="Time for all runs; 0 is no limit."
    )
    all_or_nothing: bool = declared(False, group=VERIFY, help="Deliver nothing where anything fails.")
    output_format: str = declared(
        "text", group=OUTPUT, choices=("text", "json", "jsonl", "patch", REVIEW),
        help="What stdout holds; github-review: what a dry run suggests on an open pull request.",
    )  # fmt: skip
    pull_request: int = declared(
        0, group=OUTPUT, metavar="N", least=0, most=1_000_000_000,
        help="The pull request for github-review; that of the branch if not given.",
    )  # fmt: skip
    stat: bool = declared(False, group=OUTPUT, help="Show a diffstat.")
    color: str = declared("auto", group=OUTPUT, choices=("auto", "always", "never"), help="Colours and bold.")
    quiet: bool = declared(False, group=OUTPUT, flags=("-q",), help="No talk on stderr.")
    verbose: bool = declared(
        False, group=OUTPUT, flags=("-v",), help="Show every skip, and the traceback of an internal error."
    )
    jobs: int = declared(
        0, group=WORK, flags=("-j",), filed=True, metavar="N", least=0, most=1000,
        help="Worker processes; 0 is one per processor.",
    )  # fmt: skip
    engine: str = declared(
        address.LOCAL, group=WORK, filed=True, own=True, form=address.FORM, metavar="URL",
        help="Who does the work: this machine, or the workers of a cluster: dask://HOST:PORT, tls://HOST:PORT.",
    )  # fmt: skip
    timeout: float = declared(
        60.0, group=WORK, filed=True, metavar="SECONDS", above=0, most=1_000_000, help="Time for one file."
    )
    cache: bool = declared(True, group=WORK, filed=True, help="Do not use answers of earlier runs.")
    max_file_size: int = declared(
        3_000_000, filed=True, least=1, most=100_000_000, help="Bytes of a file that is still read."
    )

    @property
    def name(self) -> str:
        """The run's name: that of its branch and of its plan."""
        return self.title or "-".join(spec.codemod().name for spec in self.specs)

    @property
    def command(self) -> tuple[str, ...]:
        """What to type, where the user stands, to ask for the same again."""
        return self.asked.here(self.paths)


_FIELDS = {f.name: f for f in fields(Options) if "group" in f.metadata}
SETTINGS: Mapping[str, Option] = {o.name: o for o in described(Options, _FIELDS.values())}
# What says which changes are made: a plan holds these, and is believed in nothing else
MAKING = (
    "unsafe", "format", "diff_base", "exclude", "extend_exclude", "source_roots", "in_place", "max_file_size",
)  # fmt: skip
FILED: Mapping[str, Option] = {o.flag[2:]: o for n, o in SETTINGS.items() if _FIELDS[n].metadata["filed"]}
# What no project may choose: the environment may, as the user's own configuration
OWN: Mapping[str, str] = {n: f"CODEMOD_{n.upper()}" for n in SETTINGS if _FIELDS[n].metadata["own"]}


def typed(name: str, value: Any) -> Any:
    """A setting from the command line. Raises OptionError."""
    return from_word(SETTINGS[name], value)


def from_word(option: Option, value: Any) -> Any:
    """A value from the command line. The order and the number of globs say nothing. Raises OptionError.

    An empty word is what a script's unset variable gives, and not the default.
    """
    if value == "" and option.kind is str and not option.choices:
        raise OptionError(option.name, value, "a value is needed; without the option the default holds")
    if option.many:
        return tuple(sorted({item for word in value for item in option.convert(word)}))
    return option.convert(value)


def of_environment(name: str) -> Any:
    """A setting that the environment has; None where it has none. Raises OptionError."""
    value = os.environ.get(OWN.get(name, ""), "")
    return typed(name, value) if value else None


def group_of(name: str) -> str:
    """The heading of a setting in the help; "" for one that only a file can set."""
    return str(_FIELDS[name].metadata["group"])


def short_flags(name: str) -> tuple[str, ...]:
    return tuple(_FIELDS[name].metadata["flags"])


def short_name(name: str) -> str:
    """The name that `-o` takes and a branch gets: of a file `a/my_codemod.py` it is my-codemod."""
    return Path(name).stem.replace("_", "-") if name.endswith(".py") else name


def names_of(given: str) -> tuple[str, ...]:
    """`a,b` → ("a", "b")."""
    return tuple(name for name in given.split(",") if name)
