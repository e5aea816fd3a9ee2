# args: --unsafe
# path: shop.py
import json


def load(text: str) -> object:
    try:
        return json.loads(text)
    except Exception:
        return None
# output
import json


def load(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return None
