"""pytest's view of a project: its configuration, plugins, what it collects, which fixture a test gets."""

from __future__ import annotations
