"""A parser by hand: positions, errors of its own, recursion."""


class ParseError(Exception):
    def __init__(self, text: str, place: int) -> None:
        super().__init__(f"{text!r} at {place}")
        self.place = place


class Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def peek(self) -> str:
        if self.at >= len(self.text):
            raise ParseError("end", self.at)
        return self.text[self.at]

    def number(self) -> int:
        start = self.at
        while self.at < len(self.text) and self.text[self.at].isdigit():
            self.at += 1
        if start == self.at:
            raise ParseError(self.peek(), self.at)
        return int(self.text[start : self.at])

    def term(self) -> int:
        if self.peek() == "(":
            self.at += 1
            value = self.sum()
            if self.peek() != ")":
                raise ParseError(self.peek(), self.at)
            self.at += 1
            return value
        return self.number()

    def sum(self) -> int:
        value = self.term()
        while self.at < len(self.text) and self.text[self.at] in "+/":
            sign = self.text[self.at]
            self.at += 1
            value = value + self.term() if sign == "+" else value // self.term()
        return value


def worth(text: str) -> int:
    try:
        return Parser(text).sum()
    except Exception:
        return -1


def complaint(text: str) -> str:
    try:
        return str(Parser(text).sum())
    except ParseError as error:
        return f"bad at {error.place}"
    except Exception as error:
        return f"cannot: {error}"


NARROWED = ["worth", "complaint"]
ARRIVE = [
    ("ParseError", lambda: worth("(1+")),
    ("ParseError", lambda: worth("(1a")),
    ("ZeroDivisionError", lambda: worth("1/0")),
    ("ParseError", lambda: complaint("a")),
    ("ZeroDivisionError", lambda: complaint("4/(0+0)")),
    ("ValueError", lambda: worth("\u00b2")),
]
