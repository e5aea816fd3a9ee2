from typing import Union, get_origin, get_type_hints

from app.model import Model


def test_name():
    assert get_origin(get_type_hints(Model)["name"]) is Union
