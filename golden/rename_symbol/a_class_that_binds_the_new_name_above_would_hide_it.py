# args: --symbol mod.FreshQoS --to QoS
# path: mod.py
# skips: 8 S02-taken
class FreshQoS:
    pass


class Channel:
    other = FreshQoS

    QoS = None
    again = FreshQoS
