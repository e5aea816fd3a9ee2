import bank
import store


def price(name: str) -> str:
    try:
        return store.load(name) + bank.pay(name)
    except Exception:
        return ""
