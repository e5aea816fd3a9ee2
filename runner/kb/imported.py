"""Import all modules of some packages: `PYTHON monitor.py OUT.json NAME,NAME imported.py NAME NAME` records their classes of exceptions."""

from __future__ import annotations

import contextlib
import importlib
import pkgutil
import sys
import warnings


def import_all(top: str) -> None:
    """Import a package and what is in it; what wants something that is not installed is left out."""
    package = importlib.import_module(top)
    for module in pkgutil.walk_packages(getattr(package, "__path__", ()), f"{top}.", onerror=lambda name: None):
        if not {"__main__", "tests", "testing", "mypy"} & set(module.name.split(".")):
            with contextlib.suppress(BaseException):
                importlib.import_module(module.name)


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    for name in sys.argv[1:]:
        import_all(name)
