from .compat import mark


@mark.slow
def test_marked():
    pass


def test_unmarked():
    pass
