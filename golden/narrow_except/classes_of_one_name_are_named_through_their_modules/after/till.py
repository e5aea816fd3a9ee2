import bank
import store


def price(name: str) -> str:
    try:
        return store.load(name) + bank.pay(name)
    except (bank.Failed, store.Failed):
        return ""
