"""Add and drop imports in composed text: the edits that compose makes of `requires` and `frees`."""

from __future__ import annotations

from .adding import add as add
from .adding import add_instead as add_instead
from .dropping import comments_of as comments_of
from .dropping import drop as drop
from .dropping import dropped as dropped
from .dropping import uses as uses
