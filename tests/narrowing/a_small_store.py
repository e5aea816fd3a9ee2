"""A store of lines in a file: layers that translate, and a cache before them."""

import json
import os
import tempfile
from typing import Any


class StoreError(Exception):
    pass


class Missing(StoreError):
    pass


class Store:
    def __init__(self, path: str) -> None:
        self.path = path
        self._cache: dict[str, Any] | None = None

    @property
    def rows(self) -> dict[str, Any]:
        if self._cache is None:
            self._cache = self._read()
        return self._cache

    def _read(self) -> dict[str, Any]:
        try:
            with open(self.path, encoding="utf-8") as file:
                return json.load(file)
        except FileNotFoundError:
            return {}
        except ValueError as error:
            raise StoreError(self.path) from error

    def get(self, name: str) -> Any:
        try:
            return self.rows[name]
        except KeyError:
            raise Missing(name) from None


class Service:
    def __init__(self, store: Store) -> None:
        self.store = store

    def price(self, name: str) -> int:
        try:
            return int(self.store.get(name)["price"])
        except Missing:
            return 0
        except Exception:
            return -1

    def known(self, name: str) -> bool:
        try:
            self.store.get(name)
        except Exception:
            return False
        return True


def with_text(text: str, name: str) -> tuple[int, bool]:
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "store.json")
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        service = Service(Store(path))
        return service.price(name), service.known(name)


NARROWED = ["Service.known"]
ARRIVE = [
    ("Missing", lambda: with_text("{}", "a")),
    ("StoreError", lambda: with_text("{", "a")),
    ("KeyError", lambda: with_text('{"a": {}}', "a")),
    ("ValueError", lambda: with_text('{"a": {"price": "x"}}', "a")),
    ("IsADirectoryError", lambda: Service(Store("/")).price("a")),
    ("IsADirectoryError", lambda: Service(Store("/")).known("a")),
]
