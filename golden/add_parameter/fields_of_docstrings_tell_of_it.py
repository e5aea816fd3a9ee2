# args: --function mod.send --function mod.take --function mod.give --function mod.leave --parameter "log: bool = False"
# path: mod.py
def send(text, to):
    """Send a text.

    :param text: what is sent
    :param to: where
        it is sent to
    :return: the text
    """


def take(text):
    """Take a text.

    :param str text: what is taken
    :type text: str
    """


def give(text):
    """Give a text.

    @param text: what is given
    @return: the text"""


def leave(text):
    """Leave a text.

    :param log: nothing any more
    :param text: what is left"""
# output
def send(text, to, log: bool = False):
    """Send a text.

    :param text: what is sent
    :param to: where
        it is sent to
    :param log: defaults to False
    :return: the text
    """


def take(text, log: bool = False):
    """Take a text.

    :param str text: what is taken
    :type text: str
    :param bool log: defaults to False
    :type log: bool
    """


def give(text, log: bool = False):
    """Give a text.

    @param text: what is given
    @param log: defaults to False
    @return: the text"""


def leave(text, log: bool = False):
    """Leave a text.

    :param log: nothing any more
    :param text: what is left"""
