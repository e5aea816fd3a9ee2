# path: case.py
# skips: 4 N08-group
def number(text: str):
    try:
        return int(text)
    except* Exception:
        print(text)
