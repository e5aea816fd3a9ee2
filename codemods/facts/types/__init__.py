"""What a callee or a receiver is, over the files of a project, and what it returns."""

from __future__ import annotations
