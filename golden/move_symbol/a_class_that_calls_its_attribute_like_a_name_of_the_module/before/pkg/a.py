from decimal import Decimal


class One:
    Decimal = Decimal


X = 1
