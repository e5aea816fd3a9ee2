# args: --unsafe
# path: till.py
# skips: 10 N01-unknown
try:
    import fastjson as json
except ImportError:
    import json


def price(text: str) -> object:
    try:
        return json.loads(text)
    except Exception:
        return 0
