# args: --symbol mod.Item.name --to title
# path: mod.py
# skips: 5 S08-keys
# skips: 9 S10-only-the-name
from typing import TypedDict


class Item(TypedDict):
    name: str


def show(item: Item):
    return item["name"]
