from base import Told


class Part(Told):
    pass


KINDS = {"Part": 1}
