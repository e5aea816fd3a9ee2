# args: --unsafe
# path: shop.py
# skips: 9 N12-plugin
from importlib.metadata import entry_points


def plugins() -> list[object]:
    found: list[object] = []
    for entry in entry_points(group="shop"):
        try:
            found.append(entry.load())
        except Exception:
            print("cannot load", entry.name)
    return found
