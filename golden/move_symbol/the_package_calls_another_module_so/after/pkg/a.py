class Low(Warning):
    pass
