from pytest import mark
