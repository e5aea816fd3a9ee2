"""Forges: where branches become pull requests. One protocol, one adapter for each kind of host."""

from __future__ import annotations
