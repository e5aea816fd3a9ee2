# args: --annotate
# path: shop.py
def each(orders, action):
    try:
        action(orders)
    except:
        print("no")
        raise
# output
def each(orders, action):
    try:
        action(orders)
    except BaseException:  # broad: the handler raises it again
        print("no")
        raise
