# args: --function mod.send --function mod.take --function mod.leave --parameter "log: str = 'a'"
# path: mod.py
def send(text, to):
    r"""Send a text.

    Args:
      text (str): what is sent.
      to (str, optional): where
          it is sent to.

    Raises:
      Lost: nobody is there.
    """


def take(text):
    """Take a text.

    Args:
        text: what is taken."""


def leave(text):
    """Leave a text.

    Args: it has some.
    """
# output
def send(text, to, log: str = 'a'):
    r"""Send a text.

    Args:
      text (str): what is sent.
      to (str, optional): where
          it is sent to.
      log (str): Defaults to 'a'.

    Raises:
      Lost: nobody is there.
    """


def take(text, log: str = 'a'):
    """Take a text.

    Args:
        text: what is taken."""


def leave(text, log: str = 'a'):
    """Leave a text.

    Args: it has some.
    """
