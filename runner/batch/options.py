"""The options that the commands of a batch share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from ..plan_commands import WORK, chosen
from ..usage import READ, Flag, Grouped, Verbose, flag, setting
from .settings import SETTINGS, group_of

# all that says what a batch is; None where it was not typed
OPTIONS: tuple[click.Option, ...] = (
    *(flag(option, group_of(name)) for name, option in SETTINGS.items()),
    Flag(["--spec"], READ, metavar="FILE", default="", help="Read this in place of codemod.batch.toml."),
)
MANY = "Which repositories"
# a batch over many repositories; None, or "", where one does not ask for that
REPOSITORIES: tuple[click.Option, ...] = (
    Flag(["--repositories"], MANY, metavar="FILE", default="", help="Those that are listed in FILE, a line each."),
    Flag(["--organisation"], MANY, metavar="NAME", default="", help="All of an organisation, but for archived ones."),
    Flag(["--search"], MANY, metavar="QUERY", default="", help="Those that the forge finds."),
    Flag(["--host"], MANY, "default: github.com", metavar="HOST", default="", help="The forge of these."),
)
WORKING = ("color", "quiet", *WORK)


class BatchCommand(Grouped, Verbose):
    """Its options are shown under the headings of their settings."""


def working(given: Mapping[str, Any]) -> dict[str, Any]:
    """Of what was typed the settings that say how to work and what to show."""
    return chosen({name: given.get(name) for name in WORKING})


def work_options() -> list[click.Option]:
    """The options for these."""
    return [setting(name) for name in WORKING]
