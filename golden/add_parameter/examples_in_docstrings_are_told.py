# args: --function mod.send --parameter log --value 1
# path: mod.py
# skips: 4 P10-only-its-name
def send(text):
    """Send.

    >>> send("a")
    'a'

    Nobody calls send(…) here.
    """
    return text
# output
def send(text, log):
    """Send.

    >>> send("a")
    'a'

    Nobody calls send(…) here.
    """
    return text
