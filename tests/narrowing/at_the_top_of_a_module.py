"""Clauses that stand in no function."""

import json
import os

try:
    SIZE = int(os.environ["NO_SUCH_VARIABLE"])
except Exception:
    SIZE = 3

try:
    with open("/no/such/settings.json", encoding="utf-8") as file:
        SETTINGS = json.load(file)
except Exception:
    SETTINGS = {}


class Shop:
    try:
        name = {"a": "b"}["c"]
    except Exception:
        name = "none"


def size() -> int:
    try:
        return [SIZE][1]
    except Exception:
        return SIZE + len(SETTINGS)


NARROWED = ["size"]
ARRIVE = [("IndexError", size)]
