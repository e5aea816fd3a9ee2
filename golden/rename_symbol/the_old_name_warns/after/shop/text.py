def abridge(text):
    return text


def __getattr__(name):
    if name == "shorten":
        import warnings

        warnings.warn("shop.text.shorten is called abridge now", DeprecationWarning, stacklevel=2)
        return abridge
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


if __name__ == "__main__":
    abridge("a")
