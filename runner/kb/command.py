"""`codemod kb`: how the knowledge base is built."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..errors import UsageError, os_reason
from ..terminal import printable, say
from ..usage import HELP, Verbose

if TYPE_CHECKING:
    from codemods.engine.source import Source

    from .build import Ground
    from .observed import Observation


@click.group("kb", context_settings=HELP)
def kb() -> None:
    """Build a file of the knowledge base: what the callables of a library raise."""


@kb.command("build", cls=Verbose)
@click.argument("library")
@click.option(
    "--python",
    required=True,
    metavar="PYTHON",
    help="The interpreter that has the library; 3.12 or newer for --suite.",
)
@click.option(
    "--suite",
    multiple=True,
    metavar="COMMAND",
    help="Its own tests, for that interpreter: '-m pytest -q'. Several are run in turn.",
)
@click.option(
    "--module", multiple=True, metavar="NAME", help="A top-level module of the library; LIBRARY itself if not given."
)
@click.option(
    "--observed",
    multiple=True,
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="What the monitor wrote earlier.",
)
@click.option(
    "--source",
    multiple=True,
    metavar="PATH",
    type=click.Path(path_type=Path),
    help="The folder that holds its packages, in place of where the interpreter has them.",
)
@click.option(
    "--types",
    multiple=True,
    metavar="PATH",
    type=click.Path(path_type=Path),
    help="A folder with its stubs (or with both: NAME-stubs goes before NAME); its source if not given.",
)
@click.option(
    "--from",
    "weak",
    nargs=2,
    multiple=True,
    metavar="[deal|raiseattention] PATH",
    help="Another tool's data, a folder or a wheel: weak evidence.",
)
@click.option(
    "-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help="Where to write it; stdout if not given."
)
@click.option(
    "--older",
    multiple=True,
    metavar="PYTHON",
    help="An older interpreter that has the library: which classes of exceptions it lacks.",
)
def build_command(library: str, python: str, **given: Any) -> int:
    """Run the suite of LIBRARY under a monitor and write what its callables were seen to raise.

    \b
    The interpreter PYTHON and the COMMAND are yours: codemod itself imports nothing
    of the library. With what was seen go the `raise` statements of its source, what
    its stubs say of types, and what the documentation says. Where another tool's
    data say something else, both are shown side by side.

    \b
    Examples:
      codemod kb build httpx --python .venv/bin/python --suite '-m pytest -q' -o httpx.json
      codemod kb build stdlib --python python3.13 --suite '-m test test_json' --from deal deal.whl
    """  # fmt: skip
    from . import document
    from .documented import documented
    from .observed import merged, read, watch

    tops = ",".join(given["module"] or documented(library).modules) or library
    found = [watch(python, tops)[0]]
    for command in given["suite"]:
        seen, code = watch(python, tops, command)
        found.append(seen)
        if code:
            say(f"the suite ended with exit code {code}: {printable(command)}")
    found += [read(path) for path in given["observed"]]
    observation = merged(found)
    ground = _ground(library, observation, **{name: given[name] for name in ("source", "types", "weak")})
    ground = replace(ground, older=[watch(older, tops)[0] for older in given["older"]])
    text = document.text(library, ground)
    for line in document.told(ground):
        say(printable(line))
    if given["output"] is None:
        sys.stdout.write(text)
        return 0
    try:
        given["output"].write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{given['output']}: {os_reason(error)}") from None
    return 0


def _ground(
    library: str, observation: Observation, source: tuple[Path, ...], types: tuple[Path, ...], weak: tuple[Any, ...]
) -> Ground:
    from codemods.facts.exceptions import knowledge
    from codemods.facts.exceptions.skeleton import skeleton

    from . import trees
    from . import weak as tools
    from .build import Ground
    from .documented import documented
    from .flowing import flowed
    from .raised import raised

    for tool, _ in weak:
        if tool not in tools.TOOLS:
            raise UsageError(f"--from: there is no tool {tool!r}; it reads {' and '.join(tools.TOOLS)}")
    given = [tools.read(tools.TOOLS[tool], Path(path), observation.python) for tool, path in weak]
    files = {module: Path(path) for module, path in observation.files.items()}
    tops = {name.partition(":")[0].partition(".")[0] for name in (*files, *observation.names, *observation.callables)}
    tops |= {"builtins", "_typeshed"} if library == "stdlib" else set()
    sources = _sources(_below(source, tops, "*.py") if source else files)
    flow = flowed(sources)
    told, thin = documented(library), library != "stdlib"
    if thin and types:
        stubs = trees.installed(types, told.modules or (library,), told.unread)
    else:
        stubs = _sources(_below(types, tops, "*.pyi")) if types else sources
    known = knowledge.Modules() if thin else {}
    return Ground(
        observation=observation,
        raised=raised(sources),
        flowed=flow.known,
        reaching=flow.reaching,
        simple=flow.plain,
        defined=flow.defined,
        documented=told,
        weak=given,
        types=skeleton(stubs, known, whole=thin),
        tops=frozenset(told.modules or (library,)) if thin else frozenset(),
        others_known=frozenset({*sys.stdlib_module_names, *knowledge.libraries(), "builtins"})
        if thin
        else frozenset(),
    )


def _below(folders: tuple[Path, ...], tops: set[str], pattern: str) -> dict[str, Path]:
    """The modules in some folders by dotted name: those of the library."""
    found: dict[str, Path] = {}
    for folder in folders:
        for path in sorted(folder.rglob(pattern)):
            parts = path.relative_to(folder).with_suffix("").parts
            module = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            if module.partition(".")[0] in tops:
                found[module] = path
    if not found:
        raise UsageError(f"{', '.join(map(str, folders))}: no {pattern} of {', '.join(sorted(tops)[:5])}")
    return found


def _sources(files: Mapping[str, Path]) -> dict[str, Source]:
    """The files that can be read and parsed here."""
    from codemods.engine.source import Source
    from codemods.engine.values import Unreadable

    found = {}
    for module, path in files.items():
        try:
            source = Source(
                f"{module.replace('.', '/')}/{path.name}"
                if path.stem == "__init__"
                else f"{module.replace('.', '/')}{path.suffix}",
                path.read_bytes(),
            )
            _ = source.tree
        except (OSError, Unreadable):
            continue
        found[module] = source
    return found


@kb.command("missing", cls=Verbose)
@click.argument("paths", nargs=-1, metavar="[PATH…]", type=click.Path())
@click.option(
    "--most", type=click.IntRange(min=1), default=30, show_default=True, metavar="N", help="How many callees."
)
@click.option("--in-place", is_flag=True, help="Read the files of the working tree instead of a commit.")
@click.option(
    "--output-format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="What stdout holds.",
)
def missing_command(paths: tuple[str, ...], most: int, in_place: bool, output_format: str) -> None:
    """Rank the callees of which narrow-except does not know what they raise, by the clauses that each blocks.

    \b
    A clause counts for the first callee of its body that is unknown; `alone` are those
    where nothing else is. What is known: [tool.codemod.narrow-except.raises], or a file
    of the knowledge base by codemod kb build.
    """
    import json

    from ..request import Asked, make_options
    from ..settings import load
    from . import missing

    where = Path.cwd()
    asked = Asked(
        names=("narrow-except",),
        own={},
        pairs=(),
        settings={"dry_run": True, **({"in_place": True} if in_place else {})},
        paths=paths,
    )
    rows = missing.missing(make_options(asked, where, load(where)))
    if output_format == "json":
        click.echo(json.dumps([row.to_json() for row in rows], indent=2))
        return
    for line in missing.table(rows, most):
        click.echo(printable(line))
    blocked = sum(len(row.places) for row in rows)
    say(f"{len(rows):,} callees block {blocked:,} clauses" if rows else "no callee is unknown")
