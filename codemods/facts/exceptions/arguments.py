"""What the arguments of a call rule out of all that its callee can raise."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from .data import Call

# with so many arguments these give a default in place of raising
_DEFAULTS: Mapping[str, tuple[int, str]] = {
    "builtins.dict.pop": (2, "builtins.KeyError"), "builtins.next": (2, "builtins.StopIteration"),
    "builtins.getattr": (3, "builtins.AttributeError"), "collections.OrderedDict.pop": (2, "builtins.KeyError"),
    "os._Environ.pop": (2, "builtins.KeyError"), "builtins.anext": (2, "builtins.StopAsyncIteration"),
}  # fmt: skip
_CONVERTING = {f"builtins.{cls}{method}" for cls in ("int", "float") for method in ("", ".__new__", ".__init__")}
_FINITE = {"time.time()", "time.monotonic()", "time.perf_counter()", "builtins.len()", "builtins.round()"}
_TEMPLATES = {"re.Pattern.sub": "0", "re.Pattern.subn": "0", "re.sub": "1", "re.subn": "1"}
_OF_HOSTS = "builtins.str!!"
_WRITTEN = ("builtins.str!", _OF_HOSTS)
_TEXTS = {"str", "bytes", "bytearray"}
_ENCODING = {"open": "3", "encode": "0", "decode": "0", "read_text": "0", "write_text": "1"}  # which argument says it


def ruled_out(dotted: str, term: Call, first: str) -> Callable[[str], bool]:
    """Whether a class cannot be raised by a call; `first` is the builtin class of its first argument, "" where that is not known."""
    given = dict(term.given)
    last = dotted.rpartition(".")[2]
    out: set[str] = set()
    count, missing = _DEFAULTS.get(dotted, (0, ""))
    if count and (term.positional >= count or "default" in term.keywords):
        out.add(missing)
    if dotted in ("builtins.min", "builtins.max") and (term.positional > 1 or "default" in term.keywords):
        out.add("builtins.ValueError")
    if last in _ENCODING and _written(given, term, _ENCODING[last]):
        out.add("builtins.LookupError")  # an encoding that stands there is one
    if last in ("encode", "decode") and not _of_hosts(given, term):
        out.add("builtins.UnicodeError")  # its subclasses say what other encodings refuse
    if dotted.startswith("re.") and given.get("0", "").endswith("!"):
        out |= {"re.error", "builtins.OverflowError"}  # a pattern that is written there was tried
    if dotted in _TEMPLATES and given.get(_TEMPLATES[dotted], "").endswith("!"):
        out |= {"re.error", "builtins.IndexError"}  # so was what is put in place
    if dotted in ("json.dumps", "json.dump") and given.get("0", "").endswith("!"):
        out |= {"builtins.TypeError", "builtins.ValueError"}  # it has a form in JSON
    if dotted == "builtins.dict.update" and first == "dict":
        out.add("builtins.ValueError")
    if dotted.startswith("subprocess."):
        more = term.positional > 90  # `**settings`
        out |= (
            {"subprocess.CalledProcessError"}
            if last == "run" and "check" not in term.keywords and not more
            else set()
        )
        waits = more or "timeout" in term.keywords or (last in ("wait", "communicate") and term.positional > 0)
        out |= set() if waits else {"subprocess.TimeoutExpired"}
    if dotted in _CONVERTING and first in _TEXTS:
        return lambda cls: cls != "builtins.ValueError"
    finite = given.get("0") in _FINITE
    if dotted in _CONVERTING and (first in ("int", "bool") or finite or not term.positional):
        return lambda cls: True
    return lambda cls: cls in out


def _of_hosts(given: Mapping[str, str], term: Call) -> bool:
    """Whether an encoding may be one of host names."""
    said = given.get("encoding" if "encoding" in term.keywords else "0", "")
    return not _written(given, term, "0") or said == _OF_HOSTS


def _written(given: Mapping[str, str], term: Call, position: str) -> bool:
    """Whether an encoding is a text that is written there, or left to the default."""
    if "encoding" in term.keywords:
        return given.get("encoding") in _WRITTEN
    return term.positional <= int(position) or given.get(position) in _WRITTEN
