"""Moving definitions: what belongs to each, what its text needs where it comes to, and the texts of both modules.

units.py    a module as a row of statements with what belongs to each
needs.py    what moved text needs where it comes to
late.py     where a function can import what it needs
lists.py    the lists that `__all__` is written as
paths.py    how modules are named: as a file, absolute, relative to a file
texts.py    moved statements as they arrive
graph.py    what must stay together and who needs whom: effects.py is what a statement does, circles.py who needs each other
values.py   what these hand to each other
"""

from __future__ import annotations
