"""Texts."""

__all__ = ["shorten", "widen"]


def shorten(text, size=10):
    return text if len(text) <= size else shorten(text[:-1], size)


def widen(text):
    shorten = len(text)
    return " " * shorten
