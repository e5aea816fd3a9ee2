from shop import texts
