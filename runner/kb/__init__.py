"""The knowledge base: how it is built and what it misses."""

from __future__ import annotations
