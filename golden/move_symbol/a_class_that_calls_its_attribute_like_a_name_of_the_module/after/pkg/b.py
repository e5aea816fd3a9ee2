from decimal import Decimal

B = 0


class One:
    Decimal = Decimal
