"""Tokens: a value that shows itself to nobody, and the mask that every text passes which may hold one."""

from __future__ import annotations

import base64
import urllib.parse
from collections.abc import Iterator

from .. import errors

MASK = "***"
_LEAST = 4  # a shorter "token" is none, and would mask half of what is said
_hidden: dict[str, None] = {}  # every spelling of every secret that this process has seen, in the order they came


class Secret:
    """A token. It has to be asked for its text: shown, printed, compared or pickled it gives nothing away."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text
        for form in _forms(text):
            if len(form) >= _LEAST:
                _hidden[form] = None

    def reveal(self) -> str:
        """The token itself, for a header of a request to the host that it is for."""
        return self._text

    def basic(self, user: str) -> str:
        """The value of an Authorization header that says it as a password."""
        return f"Basic {Secret(_base64(f'{user}:{self._text}')).reveal()}"

    def __repr__(self) -> str:
        return MASK

    def __reduce__(self) -> str | tuple[object, ...]:
        raise TypeError("a secret is kept nowhere and sent to no other process")


def mask(text: str) -> str:
    """The text without any token that this process knows, however it is spelled there."""
    for form in sorted(_hidden, key=len, reverse=True):  # a longer one may hold a shorter one
        if form in text:
            text = text.replace(form, MASK)
    return text


errors.masks.append(mask)


def _forms(text: str) -> Iterator[str]:
    yield text
    yield urllib.parse.quote(text, safe="")
    yield _base64(text)
    for before in ("", ":", "::"):  # in base64 a text looks otherwise at each of three places
        whole = _base64(before + text)
        yield whole[(len(before) * 8 + 5) // 6 :].rstrip("=")[:-1]


def _base64(text: str) -> str:
    return base64.b64encode(text.encode("utf-8", "surrogateescape")).decode("ascii")
