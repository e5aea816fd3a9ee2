# args: --unsafe
# path: orders.py
import json


class OrderError(Exception):
    pass


class Reader(json.JSONDecoder):
    def __init__(self, **settings):
        settings["object_hook"] = self.checked
        super().__init__(**settings)

    def checked(self, given):
        if "id" not in given:
            raise OrderError("no id")
        return given


class Writer(json.JSONEncoder):
    def default(self, value):
        return float(value)


class Plain(json.JSONDecoder):
    pass


def read(text: str):
    try:
        return json.loads(text, cls=Reader)
    except Exception:
        return None


def written(order) -> str:
    try:
        return json.dumps(order, cls=Writer)
    except Exception:
        return ""


def plain(text: str):
    try:
        return json.loads(text, cls=Plain)
    except Exception:
        return None
# output
import json


class OrderError(Exception):
    pass


class Reader(json.JSONDecoder):
    def __init__(self, **settings):
        settings["object_hook"] = self.checked
        super().__init__(**settings)

    def checked(self, given):
        if "id" not in given:
            raise OrderError("no id")
        return given


class Writer(json.JSONEncoder):
    def default(self, value):
        return float(value)


class Plain(json.JSONDecoder):
    pass


def read(text: str):
    try:
        return json.loads(text, cls=Reader)
    except (ValueError, OrderError):
        return None


def written(order) -> str:
    try:
        return json.dumps(order, cls=Writer)
    except (OverflowError, TypeError, ValueError):
        return ""


def plain(text: str):
    try:
        return json.loads(text, cls=Plain)
    except ValueError:
        return None
