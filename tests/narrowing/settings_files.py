"""Settings: sections and options that are missing, values of the wrong kind."""

import configparser


def read(text: str) -> configparser.ConfigParser:
    parser = configparser.ConfigParser()
    parser.read_string(text)
    return parser


def accepted(text: str) -> bool:
    parser = configparser.ConfigParser()
    try:
        parser.read_string(text)
    except Exception:
        return False
    return True


def option(parser: configparser.ConfigParser, section: str, name: str) -> str:
    try:
        return parser.get(section, name)
    except Exception:
        return "none"


def number(parser: configparser.ConfigParser, section: str, name: str) -> int:
    try:
        return parser.getint(section, name)
    except Exception:
        return -1


def switch(parser: configparser.ConfigParser, name: str) -> bool:
    try:
        return parser.getboolean("a", name)
    except Exception:
        return False


def by_key(parser: configparser.ConfigParser, section: str, name: str) -> str:
    try:
        return parser[section][name]
    except Exception:
        return "none"


TEXT = "[a]\nsize = 3\ncolor = red\nloop = %(missing)s\nodd = %\n"
NARROWED = ["accepted", "option", "number", "switch"]
ARRIVE = [
    ("MissingSectionHeaderError", lambda: accepted("a = 1")),
    ("DuplicateSectionError", lambda: accepted("[a]\n[a]\n")),
    ("DuplicateOptionError", lambda: accepted("[a]\nb = 1\nb = 2\n")),
    ("ParsingError", lambda: accepted("[a]\nhello\n")),
    ("NoSectionError", lambda: option(read(TEXT), "b", "size")),
    ("NoOptionError", lambda: option(read(TEXT), "a", "price")),
    ("InterpolationMissingOptionError", lambda: option(read(TEXT), "a", "loop")),
    ("InterpolationSyntaxError", lambda: option(read(TEXT), "a", "odd")),
    ("ValueError", lambda: number(read(TEXT), "a", "color")),
    ("NoOptionError", lambda: number(read(TEXT), "a", "price")),
    ("ValueError", lambda: switch(read(TEXT), "color")),
    ("NoOptionError", lambda: switch(read(TEXT), "price")),
    ("KeyError", lambda: by_key(read(TEXT), "b", "size")),
    ("KeyError", lambda: by_key(read(TEXT), "a", "price")),
]
