# path: case.py
# skips: 6 N03-taken
def number(text: str):
    try:
        return int(text)
    except ValueError:
        return 0
    except Exception:
        return None
