def trim(text):
    return text


def cut(text):
    return text
