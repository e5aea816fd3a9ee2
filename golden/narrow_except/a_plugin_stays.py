# path: case.py
# skips: 7 N12-plugin
import importlib


def load(name):
    try:
        return importlib.import_module(name)
    except Exception:
        return None
