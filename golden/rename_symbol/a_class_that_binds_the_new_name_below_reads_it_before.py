# args: --symbol mod.FreshQoS --to QoS
# path: mod.py
class FreshQoS:
    pass


class Channel:
    QoS = FreshQoS

    def make(self):
        return self.QoS(), FreshQoS()


class Other(FreshQoS):
    QoS: type = FreshQoS
# output
class QoS:
    pass


class Channel:
    QoS = QoS

    def make(self):
        return self.QoS(), QoS()


class Other(QoS):
    QoS: type = QoS
