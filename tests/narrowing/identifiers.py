"""UUIDs and IP addresses."""

import ipaddress
import uuid


def identifier(text: str) -> str:
    try:
        return str(uuid.UUID(text))
    except Exception:
        return "none"


def address(text: str) -> str:
    try:
        return str(ipaddress.ip_address(text))
    except Exception:
        return "none"


def network(text: str) -> int:
    try:
        return ipaddress.ip_network(text).num_addresses
    except Exception:
        return 0


def fourth(text: str) -> str:
    try:
        return str(ipaddress.IPv4Address(text))
    except Exception:
        return "none"


NARROWED = ["identifier", "address", "network", "fourth"]
ARRIVE = [
    ("ValueError", lambda: identifier("123")),
    ("ValueError", lambda: identifier("z" * 32)),
    ("ValueError", lambda: address("1.2.3")),
    ("ValueError", lambda: network("1.2.3.4/8")),
    ("AddressValueError", lambda: fourth("1.2.3.400")),
]
