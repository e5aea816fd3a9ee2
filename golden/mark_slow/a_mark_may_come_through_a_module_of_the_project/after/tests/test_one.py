from .compat import mark


@mark.slow
def test_marked():
    pass


@mark.slow
def test_unmarked():
    pass
