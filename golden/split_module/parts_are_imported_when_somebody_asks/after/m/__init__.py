import importlib as _importlib

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ._a import one
    from ._b import two
del TYPE_CHECKING

__all__ = ["one", "two"]


_LIVE = {  # these parts are imported when somebody asks for a name of theirs
    "one": "_a",
    "two": "_b",
}


def __getattr__(name: str) -> object:
    if name in _LIVE:
        part = _importlib.import_module(f"{__name__}.{_LIVE[name]}")
        return getattr(part, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *_LIVE})
