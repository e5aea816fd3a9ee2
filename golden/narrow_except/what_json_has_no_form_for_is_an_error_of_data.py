# args: --unsafe
# path: orders.py
import json


def written(order) -> str:
    try:
        return json.dumps(order)
    except Exception:
        return ""


def counted(order) -> int:
    try:
        return len(order) + len(json.dumps(order))
    except Exception:
        return 0


def text(order) -> str:
    return json.dumps(order, sort_keys=True)


def through_a_function(order) -> str:
    try:
        return text(order)
    except Exception:
        return ""


def with_a_default(order) -> str:
    try:
        return json.dumps(order, default=str)
    except Exception:
        return ""


def read(data) -> dict:
    try:
        return json.loads(data)
    except Exception:
        return {}


def number(value) -> int:
    try:
        return int(value)
    except Exception:
        return 0


def told(order, text: str) -> str:
    try:
        return json.dumps({"order": str(order), "of": [f"{text}", None, 3]}) + str(int(text))
    except Exception:
        return ""


def told_of(order, text: str) -> str:
    try:
        return json.dumps({"order": order, "of": text})
    except Exception:
        return ""
# output
import json


def written(order) -> str:
    try:
        return json.dumps(order)
    except (TypeError, ValueError):
        return ""


def counted(order) -> int:
    try:
        return len(order) + len(json.dumps(order))
    except (TypeError, ValueError):
        return 0


def text(order) -> str:
    return json.dumps(order, sort_keys=True)


def through_a_function(order) -> str:
    try:
        return text(order)
    except (TypeError, ValueError):
        return ""


def with_a_default(order) -> str:
    try:
        return json.dumps(order, default=str)
    except ValueError:
        return ""


def read(data) -> dict:
    try:
        return json.loads(data)
    except ValueError:
        return {}


def number(value) -> int:
    try:
        return int(value)
    except (OverflowError, ValueError):
        return 0


def told(order, text: str) -> str:
    try:
        return json.dumps({"order": str(order), "of": [f"{text}", None, 3]}) + str(int(text))
    except ValueError:
        return ""


def told_of(order, text: str) -> str:
    try:
        return json.dumps({"order": order, "of": text})
    except (TypeError, ValueError):
        return ""
