"""Classes that are iterated."""


class Broken(Exception):
    pass


class Lines:
    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.at = 0

    def __iter__(self) -> "Lines":
        if not self.lines:
            raise Broken("no lines")
        return self

    def __next__(self) -> int:
        if self.at == len(self.lines):
            raise StopIteration
        self.at += 1
        return int(self.lines[self.at - 1])


class Pages:
    def __init__(self, pages: list[str]) -> None:
        self.pages = pages

    def __iter__(self):
        for page in self.pages:
            if page == "torn":
                raise Broken(page)
            yield page

    def __len__(self) -> int:
        if not self.pages:
            raise Broken("empty")
        return len(self.pages)

    def __contains__(self, page: str) -> bool:
        if page == "":
            raise Broken("no page")
        return page in self.pages


def total(lines: Lines) -> int:
    result = 0
    try:
        for line in lines:
            result += line
    except Exception:
        return -1
    return result


def read(pages: Pages) -> list[str]:
    try:
        return [page.upper() for page in pages]
    except Exception:
        return []


def length(pages: Pages) -> int:
    try:
        return len(pages)
    except Exception:
        return 0


def has(pages: Pages, page: str) -> bool:
    try:
        return page in pages
    except Exception:
        return False


NARROWED = ["total", "read"]
ARRIVE = [
    ("Broken", lambda: total(Lines([]))),
    ("ValueError", lambda: total(Lines(["1", "x"]))),
    ("Broken", lambda: read(Pages(["a", "torn"]))),
    ("Broken", lambda: length(Pages([]))),
    ("Broken", lambda: has(Pages(["a"]), "")),
]
