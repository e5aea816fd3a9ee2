# args: --annotate
# path: case.py
# skips: 13 N01-unknown
# skips: 20 N21-signed
def number(text: str):
    try:
        return int(text)
    except Exception:
        print(text)
        raise


def ask(client):
    try:
        return client.fetch()
    # keep
    except Exception:
        return None


def told(text: str):
    try:
        return int(text)
    except Exception:  # noqa: BLE001 - whatever the parser does, the row is kept
        return None
# output
def number(text: str):
    try:
        return int(text)
    except Exception:  # broad: the handler raises it again
        print(text)
        raise


def ask(client):
    try:
        return client.fetch()
    # keep
    except Exception:
        return None


def told(text: str):
    try:
        return int(text)
    except Exception:  # noqa: BLE001 - whatever the parser does, the row is kept
        return None
