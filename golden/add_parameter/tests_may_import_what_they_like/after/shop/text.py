from .levels import Level


def send(text, level=0):
    return text, Level
