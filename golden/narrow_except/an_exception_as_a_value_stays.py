# path: case.py
# skips: 4 N22-generic-use
def number(text: str, errors: list):
    try:
        return int(text)
    except Exception as error:
        errors.append(error)
