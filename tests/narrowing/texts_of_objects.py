"""Text and format of the objects of a project; formats of the language."""


class Unnamed(Exception):
    pass


class Item:
    def __init__(self, name: str) -> None:
        self.name = name

    def __str__(self) -> str:
        if not self.name:
            raise Unnamed("no name")
        return self.name

    def __repr__(self) -> str:
        raise Unnamed("no repr")

    def __format__(self, form: str) -> str:
        if form == "wrong":
            raise Unnamed("no such form")
        return str(self)


def label(item: Item) -> str:
    try:
        return f"<{item}>"
    except Exception:
        return "none"


def text(item: Item) -> str:
    try:
        return str(item)
    except Exception:
        return "none"


def shown(item: Item) -> str:
    try:
        return f"{item!r}"
    except Exception:
        return "none"


def percent(item: Item) -> str:
    try:
        return "%s" % item
    except Exception:
        return "none"


def formed(item: Item, form: str) -> str:
    try:
        return format(item, form)
    except Exception:
        return "none"


def filled(form: str, values: dict[str, str]) -> str:
    try:
        return form.format(**values)
    except Exception:
        return "none"


def old_filled(form: str, values: dict[str, int]) -> str:
    try:
        return form % values
    except Exception:
        return "none"


def number(value: float, form: str) -> str:
    try:
        return format(value, form)
    except Exception:
        return "none"


NARROWED = ["label", "text"]
ARRIVE = [
    ("Unnamed", lambda: label(Item(""))),
    ("Unnamed", lambda: text(Item(""))),
    ("Unnamed", lambda: shown(Item("a"))),
    ("Unnamed", lambda: percent(Item(""))),
    ("Unnamed", lambda: formed(Item("a"), "wrong")),
    ("KeyError", lambda: filled("{name}", {})),
    ("ValueError", lambda: filled("{name", {"name": "a"})),
    ("IndexError", lambda: filled("{}", {})),
    ("KeyError", lambda: old_filled("%(a)d", {})),
    ("ValueError", lambda: old_filled("%(a)y", {"a": 1})),
    ("ValueError", lambda: number(3.0, "Q")),
]
