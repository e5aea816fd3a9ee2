"""Batches: one plan as many pull requests, and a reconciler that does what is left to do."""

from __future__ import annotations
