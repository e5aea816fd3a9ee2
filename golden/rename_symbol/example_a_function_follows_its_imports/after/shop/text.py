"""Texts."""

__all__ = ["truncate", "widen"]


def truncate(text, size=10):
    return text if len(text) <= size else truncate(text[:-1], size)


def widen(text):
    shorten = len(text)
    return " " * shorten
