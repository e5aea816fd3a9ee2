# path: case.py
# skips: 4 N21-signed
def number(text: str):
    try:
        return int(text)
    except Exception:  # noqa: BLE001 - whatever the parser does, the row is kept
        return None
