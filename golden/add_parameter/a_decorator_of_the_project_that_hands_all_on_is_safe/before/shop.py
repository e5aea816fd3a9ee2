from lib import first, logged, times, twice


@twice
def send(text):
    return text


@times(3)
def take(text):
    return text


@first
def give(text):
    return text


@logged
def keep(text):
    return text


send("a")
take("b")
give("c")
keep("d")
