"""`codemod observe`: what really arrives at the broad handlers while a command of the user's runs."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .errors import RunFailed, UsageError, VerifyFailed, os_reason
from .plan_commands import chosen
from .terminal import line, printable, quoted, say
from .usage import BeforeDashes, behind_dashes, setting

if TYPE_CHECKING:
    from codemods.facts.exceptions.evidence import Evidence

    from .observe.clauses import Targets
    from .observe.seen import Seen
    from .place import Place


@click.command(
    "observe",
    cls=BeforeDashes,
    params=[
        click.Option(
            ["-o", "--output"], metavar="FILE", type=click.Path(path_type=Path, dir_okay=False),
            help="Write the evidence to FILE, for --evidence FILE; it is not kept as the latest then.",
        ),
        click.Option(["--output-format"], type=click.Choice(["text", "json"]), default="text",
            help="What stdout holds; with json the command prints to stderr.  [default: text]"),
        setting("quiet"),
        setting("verbose", "Name the clauses that nothing reached, too, and show the traceback of an internal error."),
    ],
)  # fmt: skip
@click.pass_context
def observe_command(ctx: click.Context, /, output: Path | None, output_format: str, **given: Any) -> int:
    """Run a command of yours, and record what arrives at each broad handler of the project meanwhile.

    \b
    Broad are `except:`, `except Exception`, `except BaseException`, a tuple with one of them, and
    `contextlib.suppress(Exception)`. COMMAND runs as you typed it: here, in your environment, with
    your Python (3.8 or newer; from 3.12 on it costs little). Each Python that it starts notes which
    classes arrive at which handler, and from where: raised in the project, a library, a test, or by
    a mock. Nothing is written into the work tree. codemod run narrow-except reads the latest
    evidence by itself: a class that arrived and is not in the new tuple forbids it. That something
    did not arrive proves nothing.

    \b
    Examples:
      codemod observe -- pytest -q
      codemod observe -- python -m unittest discover
      codemod observe -o evidence.json -- make test
      codemod run narrow-except --evidence evidence.json --dry-run
    """
    command = behind_dashes(ctx)
    if not command:
        raise UsageError("which command? codemod observe -- pytest -q")
    options = chosen(given)
    quiet, verbose = options.get("quiet", False), options.get("verbose", False)
    where, is_data = Path.cwd(), output_format == "json"
    here, targets = _targets(where)
    if not targets.found:
        say(printable(f"there is no broad handler in {targets.top}: nothing to observe, and nothing was run"))
        return 0
    evidence, seen, stopped = _observed(targets, here.state, command, where, is_data)
    kept = _kept(evidence, output, here.state)
    if is_data:
        click.echo(json.dumps(_document(evidence, targets, seen), indent=2))
    else:
        for row in _rows(evidence, verbose):
            click.echo(row)
    if not quiet:
        say(*_summary(evidence, targets, seen), printable(f"evidence: {kept}"))
    if stopped:
        raise KeyboardInterrupt
    return 0


def _targets(where: Path) -> tuple[Place, Targets]:
    """What is to be watched in the working tree."""
    from .config import Options
    from .files import FolderWorld
    from .observe import clauses
    from .place import Place
    from .workers import Pool

    here = Place.open(where)
    with Pool(1, 60.0) as pool:
        return here, clauses.find(FolderWorld(Options(specs=(), where=where), pool, here.repository))


def _observed(
    targets: Targets, state: Path, command: Sequence[str], where: Path, is_data: bool
) -> tuple[Evidence, Seen, bool]:
    """Raises VerifyFailed where the command cannot be run, or no Python of it was heard."""
    from .observe import running, seen

    code, noted, stopped = running.run(targets, state, command, where, is_data)
    if not (noted.pythons or stopped):
        why = next(iter(noted.failed), "it starts none from 3.8 on, or starts it with -I, -E or another PYTHONPATH")
        raise VerifyFailed(line(f"no Python of {shlex.join(command)} was heard: {why}; its exit code: {code}"))
    return seen.evidence(noted, targets, command, code), noted, stopped


def _kept(evidence: Evidence, output: Path | None, state: Path) -> str:
    """Where the evidence lies now. Raises RunFailed."""
    from codemods.facts.exceptions.evidence import write

    from .disk import write_atomically
    from .observe import latest

    text = write(evidence)
    try:
        if output is None:
            return quoted(str(latest.keep(state, text)))
        write_atomically(output.absolute(), text.encode("ascii"), 0o644)
        return quoted(str(output))
    except OSError as error:
        place = quoted(str(output or state))
        raise RunFailed(f"{place}: the evidence cannot be written: {os_reason(error)}") from None


def _rows(evidence: Evidence, verbose: bool) -> Iterator[str]:
    for (path, _), observed in evidence.clauses.items():
        if observed.arrived or verbose:
            yield line(f"{quoted(path)}:{observed.line} {observed.describe()}")


def _counts(evidence: Evidence) -> dict[str, int]:
    every = evidence.clauses.values()
    real = [o for o in every if any(a.origin in ("project", "library") for a in o.arrived)]
    reached = [o for o in every if o.arrived]
    return {
        "clauses": len(every),
        "entered": sum(o.entered for o in every),
        "reached": len(reached),
        "reached-by-real-code": len(real),
        "arrived": sum(o.count for o in every),
    }


def _summary(evidence: Evidence, targets: Targets, seen: Seen) -> Iterator[str]:
    from .observe.seen import processes

    counts = _counts(evidence)
    yield (
        f"{counts['clauses']} broad clauses: {counts['entered']} entered, {counts['reached']} reached, "
        f"of these {counts['reached-by-real-code']} by more than tests and mocks"
    )
    pythons = ", ".join(f"Python {version}" for version in evidence.pythons)
    yield line(
        f"{shlex.join(evidence.command)}: exit code {evidence.exit_code}; {processes(seen.processes)} of {pythons or 'no Python'}"
    )
    for remark in evidence.remarks:
        yield line(remark)
    for path, why in sorted(targets.unreadable.items()):
        yield line(f"{quoted(path)}: not looked at: {why}")


def _document(evidence: Evidence, targets: Targets, seen: Seen) -> dict[str, Any]:
    from .report import path_json

    clauses = []
    for (path, identity), observed in evidence.clauses.items():
        told = path_json(path) | {"line": observed.line, "function": identity.function, "entered": observed.entered}
        arrived = [{"type": a.name, "mro": a.mro, "origin": a.origin, "count": a.count} for a in observed.arrived]
        clauses.append(told | {"count": observed.count, "arrived": arrived, "text": observed.describe()})
    return {
        "command": evidence.command,
        "exit_code": evidence.exit_code,
        "processes": seen.processes,
        "pythons": evidence.pythons,
        "counts": _counts(evidence),
        "remarks": evidence.remarks,
        "unreadable": [path_json(path) | {"reason": why} for path, why in sorted(targets.unreadable.items())],
        "clauses": clauses,
    }
