def shorten(text):
    return text


LIMIT = 1
