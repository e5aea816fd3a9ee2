# args: --unsafe
# path: host.py
def wire(host: str) -> bytes:
    try:
        return host.encode("idna")
    except Exception:
        return b""


def spoken(host: bytes) -> str:
    try:
        return host.decode(encoding="Punycode")
    except Exception:
        return ""


def any_way(host: str, encoding: str) -> bytes:
    try:
        return host.encode(encoding)
    except Exception:
        return b""


def plain(host: str) -> bytes:
    try:
        return host.encode("ascii", "strict")
    except Exception:
        return b""


def read(host: bytes) -> str:
    try:
        return host.decode()
    except Exception:
        return ""
# output
def wire(host: str) -> bytes:
    try:
        return host.encode("idna")
    except UnicodeError:
        return b""


def spoken(host: bytes) -> str:
    try:
        return host.decode(encoding="Punycode")
    except UnicodeError:
        return ""


def any_way(host: str, encoding: str) -> bytes:
    try:
        return host.encode(encoding)
    except (LookupError, UnicodeError):
        return b""


def plain(host: str) -> bytes:
    try:
        return host.encode("ascii", "strict")
    except UnicodeEncodeError:
        return b""


def read(host: bytes) -> str:
    try:
        return host.decode()
    except UnicodeDecodeError:
        return ""
