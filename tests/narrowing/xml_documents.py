"""Documents that are not well-formed."""

import xml.etree.ElementTree as ET
from xml.dom import minidom


def root(text: str) -> str:
    try:
        return ET.fromstring(text).tag
    except Exception:
        return "none"


def price(text: str) -> int:
    try:
        return int(ET.fromstring(text).attrib["price"])
    except Exception:
        return -1


def parsed(path: str) -> str:
    try:
        return ET.parse(path).getroot().tag
    except Exception:
        return "none"


def dom(text: str) -> int:
    try:
        return len(minidom.parseString(text).childNodes)
    except Exception:
        return -1


NARROWED = ["root", "price", "parsed"]
ARRIVE = [
    ("ParseError", lambda: root("<a>")),
    ("ParseError", lambda: root("")),
    ("KeyError", lambda: price("<a/>")),
    ("ValueError", lambda: price('<a price="x"/>')),
    ("FileNotFoundError", lambda: parsed("/no/such/file.xml")),
    ("ParseError", lambda: parsed("/dev/null")),
    ("ExpatError", lambda: dom("<a>")),
]
