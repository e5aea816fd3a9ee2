"""`codemod split`: layouts for a module, and the modules that need one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..errors import UsageError, os_reason
from ..terminal import printable, printable_lines, quoted, say
from ..usage import HELP, Verbose

if TYPE_CHECKING:
    from codemods.split_module.proposals import Proposal, Proposing

_MAX_LINES = click.option(
    "--max-lines",
    type=click.IntRange(min=1),
    default=500,
    show_default=True,
    metavar="N",
    help="How long a part may be.",
)


@click.group("split", context_settings=HELP)
def split() -> None:
    """Find modules that are too large, and propose the parts of a package in their place."""


@split.command("propose", cls=Verbose)
@click.argument("file", type=click.Path(path_type=Path))
@_MAX_LINES
@click.option(
    "--parts",
    type=click.IntRange(min=1),
    metavar="N",
    help="How many parts; as many as there are things if not given. --max-lines is then no limit.",
)
@click.option("--by", type=click.Choice(["banner", "graph", "name"]), help="Only the layout by these.")
@click.option(
    "--layout",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Start from this one: what it does not name goes where it belongs most.",
)
@click.option(
    "--output-format",
    "--format",
    "output",
    type=click.Choice(["toml", "json", "mermaid", "svg"]),
    default="toml",
    show_default=True,
    help="What stdout holds; the drawings are of the best layout.",
)
def propose_command(
    file: Path, max_lines: int, parts: int | None, by: str | None, layout: Path | None, output: str
) -> None:
    """Propose layouts for the module FILE: its definitions in parts that belong together.

    \b
    Definitions that need each other stay together, no part needs itself through another
    one. There are up to three layouts, by who uses whom (graph), by banner, by name, each
    with a score; the best comes first, the others are comments. Edit what you like, then:
    codemod run split-module --module FILE --layout LAYOUT. Nothing is executed or written.

    \b
    Examples:
      codemod split propose shop/orders.py > orders.toml
      codemod split propose shop/orders.py --by banner --max-lines 300
      codemod split propose shop/orders.py --layout orders.toml --format svg > orders.svg
    """
    from codemods.split_module import drawing, told

    proposing = _proposing(file, max_lines, parts or 0)
    found = _found(proposing, by, layout)
    match output:
        case "toml":
            click.echo(printable_lines(told.toml(proposing, found)), nl=False)
        case "json":
            click.echo(json.dumps(told.data(proposing, found), indent=2))
        case "mermaid":
            click.echo(printable_lines(drawing.mermaid(found[0])), nl=False)
        case "svg":
            click.echo(drawing.svg(found[0]), nl=False)
    if len(found[0].layout.parts) < 2:
        say(printable(f"{quoted(str(file))}: all of it belongs together, there is nothing to split"))


def _text(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise UsageError(f"{file}: {os_reason(error)}") from None


def _proposing(file: Path, max_lines: int, parts: int) -> Proposing:
    from codemods.engine.source import Source
    from codemods.engine.values import Unreadable
    from codemods.facts.moving.graph import Graph
    from codemods.facts.moving.units import Outline
    from codemods.split_module.cluster import Limits
    from codemods.split_module.proposals import Proposing

    if file.suffix != ".py":
        raise UsageError(f"{file}: no Python module; its name ends with .py")
    source = Source(file.as_posix(), _text(file))
    try:
        _ = source.tree
    except Unreadable as error:
        raise UsageError(f"{file}: cannot be read: {error}") from None
    limits = Limits(most_lines=max_lines, parts=parts)
    return Proposing(Graph(Outline(source, whole=True)), file.as_posix(), limits)


def _found(proposing: Proposing, by: str | None, layout: Path | None) -> list[Proposal]:
    from codemods.split_module.layout import read
    from codemods.split_module.proposals import VIEWS

    if layout is not None:
        if by is not None:
            raise UsageError("--by makes a layout and --layout starts from one; use one of them")
        try:
            return [proposing.from_layout(read(_text(layout).decode()))]
        except UnicodeDecodeError:
            raise UsageError(f"{layout}: not utf-8") from None
    if by == "banner" and len(proposing.blocks.titles) < 2:
        raise UsageError(
            "--by banner: the module has no banners, comments such as `# ==== Orders ====`; use graph or name"
        )
    view = next((each for each in VIEWS if each == by), None)
    return proposing.all() if view is None else [proposing.by(view)]


@split.command("candidates", cls=Verbose)
@click.argument("paths", nargs=-1, metavar="[PATH…]", type=click.Path())
@_MAX_LINES
@click.option(
    "--output-format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="What stdout holds.",
)
def candidates_command(paths: tuple[str, ...], max_lines: int, output_format: str) -> int:
    """List the modules of the working tree that have more than --max-lines lines, the longest first.

    Files of tests are left out: pytest finds them by their names.

    \b
    cohesion   1 where all definitions hang together, 0 where none uses another
    parts      of the best layout
    cut        the share of uses that would go from part to part
    one piece  the share of lines that cannot be cut: definitions that need each other

    \b
    Examples:
      codemod split candidates
      codemod split candidates src --max-lines 1000 --output-format json
    """
    from .candidates import candidates, table

    found, failed = candidates(Path.cwd(), paths, max_lines)
    if output_format == "json":
        data: list[dict[str, Any]] = [row.to_json() for row in found]
        click.echo(json.dumps(data, indent=2))
    else:
        for line in table(found):
            click.echo(printable(line))
        say(
            f"{len(found):,} modules have more than {max_lines:,} lines"
            if len(found) != 1
            else f"1 module has more than {max_lines:,} lines"
        )
    for path, reason in failed.items():
        say(printable(f"{quoted(path)}: {reason}"))
    return 3 if failed else 0
