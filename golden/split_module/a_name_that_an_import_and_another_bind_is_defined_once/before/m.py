import json

try:
    from fast import loads
except ImportError:
    loads = json.loads


def two():
    return loads("2")
