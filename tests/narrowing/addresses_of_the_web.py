"""Addresses that are none: urllib without a network."""

import urllib.error
import urllib.parse
import urllib.request


def page(url: str) -> bytes:
    try:
        with urllib.request.urlopen(url, timeout=1) as answer:
            return answer.read()
    except Exception:
        return b""


def port(url: str) -> int | None:
    try:
        return urllib.parse.urlsplit(url).port
    except Exception:
        return -1


def host(url: str) -> str | None:
    try:
        return urllib.parse.urlparse(url).hostname
    except Exception:
        return "none"


def decoded(text: str) -> str:
    try:
        return urllib.parse.unquote(text, errors="strict")
    except Exception:
        return "none"


NARROWED = ["page", "host"]
ARRIVE = [
    ("ValueError", lambda: page("no address")),
    ("URLError", lambda: page("file:///no/such/file")),
    ("URLError", lambda: page("http://127.0.0.1:9/")),
    ("URLError", lambda: page("odd://a")),
    ("InvalidURL", lambda: page("http://127.0.0.1:port/")),
    ("ValueError", lambda: port("http://a:99999/")),
    ("ValueError", lambda: port("http://a:b/")),
    ("ValueError", lambda: host("http://[::1/")),
    ("UnicodeDecodeError", lambda: decoded("%ff")),
]
