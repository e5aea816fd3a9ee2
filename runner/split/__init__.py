"""Large modules: which there are, and the parts that one could have."""

from __future__ import annotations
