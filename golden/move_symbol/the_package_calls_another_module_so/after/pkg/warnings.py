class Loud(Warning):
    pass
