"""What a shell offers after TAB: names of codemods and recipes, their options. No file of code is loaded for it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from click.shell_completion import CompletionItem

from codemods.engine import registry
from codemods.engine.options import describe

from .settings import Settings
from .terminal import printable


def plain(words: Iterable[str], incomplete: str) -> list[CompletionItem]:
    return [CompletionItem(word) for word in words if word.startswith(incomplete)]


def one(configuration: Settings, incomplete: str) -> list[CompletionItem]:
    """Codemods and recipes; a file where none fits."""
    told = {name: registry.summary(cls) for name, cls in registry.iterate()}
    for name, recipe in configuration.recipes.items():  # a shell reads line by line: no step may bring a line along
        told[name] = printable(f"recipe: {', '.join(step.name for step in recipe.steps)}")
    found = [CompletionItem(name, help=told[name]) for name in sorted(told) if name.startswith(incomplete)]
    return found or [CompletionItem(incomplete, type="file")]


def several(configuration: Settings, incomplete: str) -> list[CompletionItem]:
    """The same, after a comma too, without those that are named already."""
    before, comma, word = incomplete.rpartition(",")
    taken = before.split(",")
    found = [item for item in one(configuration, word) if item.value not in taken or item.type == "file"]
    return [CompletionItem(f"{before}{comma}{item.value}", type=item.type, help=item.help) for item in found]


def plans(incomplete: str) -> list[CompletionItem]:
    """The ids of plans, and the names that have one."""
    from .place import Place
    from .plans import Shelf

    rows = Shelf(Place.open(Path.cwd()).state).rows()
    told = {row.name: f"its latest plan, {row.id}" for row in reversed(rows)}
    told |= {row.id: printable(row.name) for row in rows}
    return [CompletionItem(word, help=told[word]) for word in told if word.startswith(incomplete)]


def pairs(configuration: Settings, given: Iterable[str], incomplete: str) -> list[CompletionItem]:
    """`NAME.OPTION=` for the codemods that run, and the values where there is a choice."""
    target, equals, _ = incomplete.partition("=")
    found = []
    for name in given:
        recipe = configuration.recipes.get(name)
        for codemod in [step.name for step in recipe.steps] if recipe else [name]:
            for option in describe(registry.load(codemod)) if registry.is_known(codemod) else []:
                key = f"{codemod}.{option.flag[2:]}"
                choices = ("true", "false") if option.kind is bool else [str(c) for c in option.choices if c != ""]
                found += [f"{key}={c}" for c in choices] if equals and key == target else [f"{key}="]
    return plain(dict.fromkeys(found), incomplete)
