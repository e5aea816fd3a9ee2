from shop import sum_up, sum_up as in_all


def bill(prices):
    from shop import (
        sum_up,
    )
    return sum_up(prices) + in_all(prices)
