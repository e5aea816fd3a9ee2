def ask(name, names=globals):
    return names()[name]


VALUE = 1
