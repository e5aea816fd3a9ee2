STORES = ("db", "cache")
