"""Digests of kinds that do not exist, keys of the wrong size."""

import hashlib
import hmac
import secrets
import ssl


def digest(kind: str, data: bytes) -> str:
    try:
        return hashlib.new(kind, data).hexdigest()
    except Exception:
        return "none"


def keyed(key: bytes, data: bytes, kind: str) -> str:
    try:
        return hmac.new(key, data, kind).hexdigest()
    except Exception:
        return "none"


def small(key: bytes) -> str:
    try:
        return hashlib.blake2b(b"a", key=key).hexdigest()[:2]
    except Exception:
        return "none"


def below(most: int) -> int:
    try:
        return secrets.randbelow(most)
    except Exception:
        return -1


def certificate(path: str) -> bool:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    try:
        context.load_verify_locations(path)
    except Exception:
        return False
    return True


ARRIVE = [
    ("ValueError", lambda: digest("no-such", b"")),
    ("ValueError", lambda: keyed(b"", b"", "no-such")),
    ("ValueError", lambda: small(b"a" * 100)),
    ("ValueError", lambda: below(0)),
    ("FileNotFoundError", lambda: certificate("/no/such/file")),
    ("SSLError", lambda: certificate("/dev/null")),
]
