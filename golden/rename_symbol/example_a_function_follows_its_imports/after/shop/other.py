import shop.text


class Film:
    def cut(self, reel):
        self.shorten = 1
        return reel.shorten()


def shorten(x):
    from shop.text import truncate

    return shop.text.truncate(x) + truncate(x)
