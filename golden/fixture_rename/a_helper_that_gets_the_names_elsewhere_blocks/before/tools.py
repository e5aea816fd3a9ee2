def stores(names):
    return "db" in names
