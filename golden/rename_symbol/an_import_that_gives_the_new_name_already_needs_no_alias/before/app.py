from shop import total as sum_up, total as in_all


def bill(prices):
    from shop import (
        total  as  sum_up,
    )
    return sum_up(prices) + in_all(prices)
