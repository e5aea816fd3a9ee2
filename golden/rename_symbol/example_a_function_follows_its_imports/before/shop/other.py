import shop.text


class Film:
    def cut(self, reel):
        self.shorten = 1
        return reel.shorten()


def shorten(x):
    from shop.text import shorten

    return shop.text.shorten(x) + shorten(x)
