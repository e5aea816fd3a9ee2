from lib import first, logged, times, twice


@twice
def send(text, log=False):
    return text


@times(3)
def take(text, log=False):
    return text


@first
def give(text):
    return text


@logged
def keep(text):
    return text


send("a", log=True)
take("b", log=True)
give("c")
keep("d")
