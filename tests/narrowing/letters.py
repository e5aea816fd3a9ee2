"""Messages and headers."""

import email
import email.utils
import html
import http.client
import http.cookies
import mimetypes
from email.message import EmailMessage


def address(line: str) -> str:
    try:
        return email.utils.parseaddr(line)[1]
    except Exception:
        return "none"


def moment(text: str) -> str:
    try:
        return str(email.utils.parsedate_to_datetime(text))
    except Exception:
        return "none"


def header(name: str, value: str) -> bool:
    message = EmailMessage()
    try:
        message[name] = value
    except Exception:
        return False
    return True


def cookie(text: str) -> int:
    try:
        return len(http.cookies.SimpleCookie(text))
    except Exception:
        return -1


def cookie_key(name: str) -> bool:
    jar = http.cookies.SimpleCookie()
    try:
        jar[name] = "a"
    except Exception:
        return False
    return True


def asked(port: int) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=1)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status
    except Exception:
        return -1


def bad_path(path: str) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", 9, timeout=1)
    try:
        connection.putrequest("GET", path)
    except Exception:
        return False
    return True


NARROWED = ["asked"]
ARRIVE = [
    ("ValueError", lambda: moment("yesterday")),
    ("ValueError", lambda: header("a", "b\nc")),
    ("CookieError", lambda: cookie_key("a b")),
    ("ConnectionRefusedError", lambda: asked(9)),
    ("InvalidURL", lambda: bad_path("/a b")),
]
