# args: --function mod.send --function mod.take --function mod.leave --parameter "log: bool = False" --doc "Whether it is told."
# path: mod.py
def send(text, to):
    """Send a text.

    Parameters
    ----------
    text : str
        What is sent.
    to
        Where to.

    Returns
    -------
    str
        The text.
    """
    return text


class _:
    pass


def take(text):
    """Take a text.

    Parameters
    ----------
    text : str
      What is taken.

    """


def leave(text):
    """Leave a text, whatever it is."""
# output
def send(text, to, log: bool = False):
    """Send a text.

    Parameters
    ----------
    text : str
        What is sent.
    to
        Where to.
    log : bool, default False
        Whether it is told.

    Returns
    -------
    str
        The text.
    """
    return text


class _:
    pass


def take(text, log: bool = False):
    """Take a text.

    Parameters
    ----------
    text : str
      What is taken.
    log : bool, default False
      Whether it is told.

    """


def leave(text, log: bool = False):
    """Leave a text, whatever it is."""
