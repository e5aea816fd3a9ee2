"""Project knowledge that codemods share: each module scans files into plain data and answers questions."""

from __future__ import annotations
