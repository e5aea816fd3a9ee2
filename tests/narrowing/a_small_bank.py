"""Accounts: checks in properties, transfers that are undone, errors that carry values."""

from decimal import Decimal, InvalidOperation


class BankError(Exception):
    pass


class Overdrawn(BankError):
    def __init__(self, missing: Decimal) -> None:
        super().__init__(str(missing))
        self.missing = missing


class Unknown(BankError, LookupError):
    pass


class Account:
    def __init__(self, balance: str) -> None:
        self._balance = Decimal(balance)

    @property
    def balance(self) -> Decimal:
        return self._balance

    @balance.setter
    def balance(self, value: Decimal) -> None:
        if value < 0:
            raise Overdrawn(-value)
        self._balance = value


class Bank:
    def __init__(self) -> None:
        self.accounts = {"ann": Account("10"), "bob": Account("5")}

    def account(self, name: str) -> Account:
        if name not in self.accounts:
            raise Unknown(name)
        return self.accounts[name]

    def move(self, source: str, target: str, amount: str) -> None:
        value = Decimal(amount)
        giver, taker = self.account(source), self.account(target)
        giver.balance -= value
        taker.balance += value

    def try_move(self, source: str, target: str, amount: str) -> str:
        try:
            self.move(source, target, amount)
        except Overdrawn as error:
            return f"{error.missing} missing"
        except Exception:
            return "not moved"
        return "moved"

    def quietly(self, source: str, target: str, amount: str) -> bool:
        try:
            self.move(source, target, amount)
        except Exception:
            return False
        return True

    def opened(self, name: str, balance: str) -> bool:
        try:
            self.accounts[name] = Account(balance)
        except InvalidOperation:
            return False
        return True


NARROWED = []
ARRIVE = [
    ("Overdrawn", lambda: Bank().try_move("ann", "bob", "11")),
    ("Unknown", lambda: Bank().try_move("ann", "cid", "1")),
    ("InvalidOperation", lambda: Bank().try_move("ann", "bob", "x")),
    ("Overdrawn", lambda: Bank().quietly("ann", "bob", "11")),
    ("Unknown", lambda: Bank().quietly("cid", "bob", "1")),
    ("InvalidOperation", lambda: Bank().quietly("ann", "bob", "x")),
    ("InvalidOperation", lambda: Bank().opened("eve", "x")),
]
