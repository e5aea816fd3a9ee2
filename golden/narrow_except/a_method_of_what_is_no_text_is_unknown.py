# args: --unsafe
# path: host.py
# skips: 15 N01-unknown
# skips: 22 N01-unknown
# skips: 29 N01-unknown
# skips: 50 N01-unknown
import idna
from tokens import WORDS, Tokens, tokens


def spoken(name) -> bytes:
    try:
        return name.encode("ascii")
    except Exception:
        return b""


def written(name) -> bytes:
    try:
        return idna.encode(name)
    except Exception:
        return b""


def claims(body):
    try:
        return tokens.decode(body)
    except Exception:
        return None


def first(body):
    try:
        return Tokens(["RS256"]).decode(body)
    except Exception:
        return None


def known(number: str) -> list[str]:
    try:
        return WORDS.split(number, int(number))
    except Exception:
        return []


def parts(body, number: str):
    try:
        return body.split(",", maxsplit=int(number))
    except Exception:
        return None


def signed(body, key, number: str):
    try:
        return body.decode(int(number), key=key)
    except Exception:
        return None
# output
import idna
from tokens import WORDS, Tokens, tokens


def spoken(name) -> bytes:
    try:
        return name.encode("ascii")
    except UnicodeEncodeError:
        return b""


def written(name) -> bytes:
    try:
        return idna.encode(name)
    except Exception:
        return b""


def claims(body):
    try:
        return tokens.decode(body)
    except Exception:
        return None


def first(body):
    try:
        return Tokens(["RS256"]).decode(body)
    except Exception:
        return None


def known(number: str) -> list[str]:
    try:
        return WORDS.split(number, int(number))
    except ValueError:
        return []


def parts(body, number: str):
    try:
        return body.split(",", maxsplit=int(number))
    except ValueError:
        return None


def signed(body, key, number: str):
    try:
        return body.decode(int(number), key=key)
    except Exception:
        return None
