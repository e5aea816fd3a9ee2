"""When an annotation is evaluated, and whether something else than the module asks for it."""

from __future__ import annotations

import ast
import functools
import re

from ..engine.names import last_name
from .actions import Region
from .names import words

# Decorators that take a function as it is, whatever its annotations say
_BENIGN = frozenset(
    words(
        "staticmethod classmethod property setter getter deleter abstractmethod overload override final wraps lru_cache "
        "cache cached_property contextmanager asynccontextmanager fixture mark parametrize skipif skip total_ordering "
        "abstractproperty abstractclassmethod abstractstaticmethod no_type_check"
    )
)
_PLAIN_BASES = frozenset(words("object ABC Protocol Generic Exception ValueError RuntimeError TestCase Enum"))
# Libraries that evaluate the annotations of functions and classes which are merely handed to them
_READERS = re.compile(
    r"^[ \t]*(?:from|import)[ \t]+(?:beartype|cattrs?|cyclopts|dacite|fastapi|injector|lagom|litestar|mashumaro|msgspec"
    r"|ninja|punq|pydantic|sqlmodel|strawberry|typeguard|typer|tyro)\b|\b(?:get_type_hints|eval_str|singledispatch\w*)\b",
    re.M,
)


@functools.lru_cache(maxsize=8)
def reads_annotations(text: str) -> bool:
    """Whether a file works with something that evaluates annotations without a decorator or base to show it."""
    return _READERS.search(text) is not None


def is_local(region: Region) -> bool:
    """Whether a region is the annotation of a variable or attribute in a function: nothing evaluates or keeps it."""
    place = region.place
    inside = place.scope.function is not None and place.scope.owner is None
    return inside and region.role == "annotation" and isinstance(region.statement, ast.AnnAssign)


def introspected(region: Region, quoted: bool) -> bool:
    """Whether a library may evaluate this annotation on its own (pydantic, dataclasses, FastAPI, typer, …).

    Asked only where the lowest Python cannot evaluate the new form, so anything unknown counts.
    """
    statement = region.statement
    if region.when == "never" and not quoted:
        return False
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
        return not all(_last(d) in _BENIGN for d in statement.decorator_list)
    owner = region.place.scope.owner
    if owner is None:
        return False
    return bool(owner.decorator_list or owner.keywords) or not all(_last(b) in _PLAIN_BASES for b in owner.bases)


def _last(node: ast.expr) -> str:
    """The last name of a decorator or base: `lru_cache` for `functools.lru_cache(maxsize=None)`."""
    while isinstance(node, ast.Call | ast.Subscript):
        node = node.func if isinstance(node, ast.Call) else node.value
    return last_name(node)
