# path: case.py
# skips: 4 N10-reraises
def number(text: str):
    try:
        return int(text)
    except Exception:
        print(text)
        raise
