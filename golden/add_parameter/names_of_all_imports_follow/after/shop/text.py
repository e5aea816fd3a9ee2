__all__ = ["send"]


def send(text, log=False):
    return text
