from __future__ import annotations

__name__ = __package__  # as before: loggers, pickles and reprs say it


def two() -> int: ...
