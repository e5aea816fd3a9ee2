class Missing(Exception):
    pass
