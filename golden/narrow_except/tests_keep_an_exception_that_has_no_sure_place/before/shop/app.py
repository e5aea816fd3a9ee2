def parse(text):
    return round(text)


def checked(text):
    try:
        return float(text)
    except Exception:
        return 0.0


def listed(text):
    try:
        return shared(text)
    except Exception:
        return 0


def found(table, text):
    try:
        return shared({"a": 1}[text])
    except Exception:
        return 0


def decoded(data):
    try:
        return loads(data)
    except Exception:
        return None


def loads(data):
    if not data:
        raise Strange(data, 1)
    return data


def shared(text):
    if not text:
        raise LookupError(text)
    return text


class Strange(Exception):
    def __init__(self, data, place):
        super().__init__(data)
        self.place = place
