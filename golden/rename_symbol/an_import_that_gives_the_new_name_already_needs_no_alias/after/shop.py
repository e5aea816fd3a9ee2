def sum_up(prices):
    return sum(prices)
