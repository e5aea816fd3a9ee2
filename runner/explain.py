"""`codemod explain` and `codemod test`: documentation and cases, both straight from the codemod's own file and folder."""

from __future__ import annotations

import difflib
import inspect
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from codemods.engine import golden, registry
from codemods.engine.options import describe

from .errors import UsageError
from .settings import Recipe
from .terminal import printable

SHOWN_CASES = 3
_EXAMPLE = "example "


def explain(name: str, color: bool = False) -> str:
    """Docstring, options, skip codes and the first cases as diffs."""
    cls = registry.load(name)
    lines = [name, "=" * len(name), "", inspect.cleandoc(cls.__doc__ or ""), ""]
    options = describe(cls)
    if options:
        lines += ["Options", "-------"]
        for option in options:
            default = (
                ""
                if option.required or option.default in ("", (), {}, False)
                else f" [default: {option.word(option.default)}]"
            )
            default = " [required]" if option.required else default
            choices = f" ({'|'.join(str(c) for c in option.choices if c != '')})" if option.choices else ""
            lines.append(f"  {option.flag}{choices}  {option.help}{default}")
        lines.append("")
    for title, codes in (("Reasons to leave something alone", cls.codes), ("Remarks on changes", cls.remarks)):
        if codes:
            lines += [title, "-" * len(title), *(f"  {code:24} {meaning}" for code, meaning in codes.items()), ""]
    folder = cases_folder(name)
    for case in _shown(folder) if folder else []:
        lines += [
            f"Example: {case.name.removeprefix(_EXAMPLE)}"
            + (f"  ({' '.join(case.arguments)})" if case.arguments else "")
        ]
        for path, after in case.after.items():
            before = case.before.get(path, b"").decode("utf-8", "replace").splitlines()
            text = (after or b"").decode("utf-8", "replace").splitlines()
            lines += [f"  {path}:"] if len(case.after) > 1 else []
            diff = list(difflib.unified_diff(before, text, lineterm="", n=2))[2:]
            lines += [_colored(f"  {line}", color) for line in diff if not line.startswith("@@")]
        lines.append("")
    return "\n".join(lines)


def _shown(folder: Path) -> list[golden.Case]:
    """The cases to show: those that are called an example, then the plainest ones."""
    changing = [case for case in map(golden.load_case, golden.cases(folder)) if case.after]
    return sorted(changing, key=_plainness)[:SHOWN_CASES]


def _plainness(case: golden.Case) -> tuple[object, ...]:
    size = sum(map(len, case.before.values()))
    return (not case.name.startswith(_EXAMPLE), any(case.said.values()), len(case.arguments), len(case.before), size)


def explain_recipe(recipe: Recipe) -> str:
    """The steps of a recipe with their options, and what each does. Nothing is loaded from a file."""
    told = f"A recipe of {recipe.file}; each step is a commit on codemod/{recipe.name}:"
    lines = [recipe.name, "=" * len(recipe.name), "", told, ""]
    for number, (step, told) in enumerate(zip(recipe.steps, recipe.told, strict=True), 1):
        lines.append(printable(f"{number}. {told}"))
        if registry.is_known(step.name):
            lines.append(f"   {registry.summary(registry.load(step.name))}")
    return "\n".join([*lines, "", "More of a step: codemod explain NAME", ""])


def _colored(line: str, color: bool) -> str:
    style = {"+": "32", "-": "31"}.get(line[2:3])
    return f"\033[{style}m{line}\033[0m" if color and style else line


def cases_folder(name: str) -> Path | None:
    """Where a codemod's cases lie: beside the packages in a checkout, inside the wheel when installed."""
    if name.endswith(".py"):
        path = Path(name)
        places = [path.parent / "golden" / path.stem]
    else:
        package = Path(golden.__file__).parents[1]
        stem = name.replace("-", "_")
        places = [package.parent / "golden" / stem, package / "_golden" / stem]
    return next((p for p in places if p.is_dir()), None)


def test_cases(path: Path, words: Sequence[str]) -> int:
    """Check the cases beside a codemod, or those with one of some words in their names; 0 when all hold, 3 otherwise."""
    folder = cases_folder(str(path))
    if folder is None:
        raise UsageError(f"{path}: no cases; put them into {path.parent / 'golden' / path.stem}/")
    if "PYTHONBREAKPOINT" not in os.environ:
        sys.breakpointhook = _breakpoint
    failed = 0
    found = golden.cases(folder)
    if words:
        found = [where for where in found if any(word.replace(" ", "_") in where.name for word in words)]
    if words and not found:
        raise UsageError(f"{folder}: no case has {' or '.join(map(repr, words))} in its name")
    for where in found:
        case = golden.load_case(where)
        try:
            wrong = golden.check(str(path), case)
        except _Left:
            raise KeyboardInterrupt from None
        failed += bool(wrong)
        print(f"{'FAIL' if wrong else 'ok  '} {case.name}")
        for text in wrong:
            print("     " + text.replace("\n", "\n     "))
    print(f"{len(found) - failed} passed, {failed} failed", file=sys.stderr)
    return 3 if failed else 0


class _Left(BaseException):
    """`q` at a breakpoint: no crash of the codemod, which would be a finding of its case."""


def _breakpoint() -> None:
    import pdb

    class Debugger(pdb.Pdb):
        def set_quit(self) -> None:
            raise _Left

    Debugger().set_trace(sys._getframe(1))
