# args: --unsafe --raises ledger.Client.post=ledger.LedgerError,TimeoutError
# path: shop.py
# skips: 31 N01-unknown
import ledger

shared = ledger.Client("x")


def made(text: str):
    client = ledger.Client("x")
    try:
        return client.post(text)
    except Exception:
        return None


def handed(client: ledger.Client, text: str):
    try:
        return client.post(text)
    except Exception:
        return None


def of_the_module(text: str):
    try:
        return shared.post(text)
    except Exception:
        return None


def another(client: ledger.Client, text: str):
    try:
        return client.send(text)
    except Exception:
        return None
# output
import ledger

shared = ledger.Client("x")


def made(text: str):
    client = ledger.Client("x")
    try:
        return client.post(text)
    except (TimeoutError, ledger.LedgerError):
        return None


def handed(client: ledger.Client, text: str):
    try:
        return client.post(text)
    except (TimeoutError, ledger.LedgerError):
        return None


def of_the_module(text: str):
    try:
        return shared.post(text)
    except (TimeoutError, ledger.LedgerError):
        return None


def another(client: ledger.Client, text: str):
    try:
        return client.send(text)
    except Exception:
        return None
