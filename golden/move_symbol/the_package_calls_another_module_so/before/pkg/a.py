class Loud(Warning):
    pass


class Low(Warning):
    pass
