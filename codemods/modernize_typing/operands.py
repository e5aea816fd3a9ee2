"""Whether `X | Y` works with an operand at run time: classes and typing's own forms do, functions, `None`
in some branch, strings and enum members do not (T6–T9).

The stdlib lists were made by asking every public name on Python 3.10–3.13.
"""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..engine.bindings import Binding
from ..engine.names import is_stdlib
from ..engine.scopes import Scope
from ..engine.source import Source
from .facts import Share
from .mocked import is_mocked
from .names import FUNCTIONS, KNOWN_FUNCTIONS, MODULES, TYPEVARS, words
from .references import TypingNames, bound
from .scan import A_TYPE

_LOWER_CLASSES = frozenset(
    words(
        "array.array ast.alias ast.arg ast.arguments ast.boolop ast.cmpop ast.comprehension ast.excepthandler ast.expr "
        "ast.keyword ast.match_case ast.mod ast.operator ast.pattern ast.slice ast.stmt ast.unaryop ast.withitem "
        "collections.defaultdict collections.deque contextlib.aclosing contextlib.closing contextlib.nullcontext "
        "contextlib.redirect_stderr contextlib.redirect_stdout contextlib.suppress csv.excel curses.window datetime.date "
        "datetime.datetime datetime.time datetime.timedelta datetime.timezone datetime.tzinfo enum.auto filecmp.dircmp "
        "functools.cached_property functools.partial functools.partialmethod functools.singledispatchmethod itertools.chain "
        "itertools.count itertools.cycle itertools.groupby itertools.islice itertools.repeat itertools.starmap mailbox.mbox "
        "mmap.mmap netrc.netrc operator.attrgetter operator.itemgetter operator.methodcaller os.stat_result "
        "os.terminal_size os.times_result os.uname_result pwd.struct_passwd re.error sched.scheduler select.epoll "
        "shlex.shlex socket.error socket.gaierror socket.herror socket.socket socket.timeout struct.error time.struct_time "
        "warnings.catch_warnings weakref.finalize weakref.ref zlib.error zipfile.error zipimport.zipimporter "
        "unittest.mock._patch urllib.response.addinfourl os.error select.error"
    )
)
# lower-case classes of libraries, by their last component
_KNOWN_LOWER = re.compile(
    r"ndarray|dtype|generic|number|integer|floating|inexact|signedinteger|unsignedinteger|complexfloating|flexible|character"
    r"|u?int(8|16|32|64|p|c)?_?|float(16|32|64|128)?_?|complex(64|128)?_?|bool_|str_|bytes_|object_|datetime64|timedelta64"
    r"|recarray|record|memmap|matrix|ufunc|device|layout|memory_format|spmatrix|c[ps][rc]_(matrix|array)|coo_(matrix|array)|local"
    r"|c_\w+|date|datetime|timedelta|deque|defaultdict|partial|module|frozendict|sessionmaker|scoped_session|relativedelta"
)
_MAKES_CLASS = frozenset(
    words(
        "TypeVar ParamSpec TypeVarTuple NewType NamedTuple TypedDict namedtuple type new_class Enum IntEnum StrEnum Flag "
        "IntFlag make_dataclass create_model TypeAliasType make_class declarative_base automap_base get_user_model "
        "with_metaclass conint constr confloat conlist conset condecimal conbytes condate confrozenset"
    )
)
_CONSTANT = re.compile(r"_*[A-Z0-9]+(_[A-Z0-9]+)+")  # MAX_SIZE; UUID and JSON may well be classes


@dataclass(frozen=True)
class Problem:
    """Why an operand may not stand beside `|`."""

    code: str
    reason: str
    sure: bool = True  # False: nothing is known of it


class Operands(TypingNames):
    """The names of one file as operands of its unions."""

    def __init__(self, file: Source, share: Share) -> None:
        super().__init__(file)
        self.share = share

    def problem(self, node: ast.expr, scope: Scope, depth: int = 6) -> Problem | None:
        """What speaks against an operand; None when nothing does."""
        if depth == 0:
            return Problem("T08-operand", "nothing is known of it", sure=False)
        if (typing := self.typing(node, scope)) is not None:
            return Problem("T07-function", f"typing.{typing} is a function") if typing in FUNCTIONS else None
        match node:
            case ast.Constant(value=None):
                return None
            case ast.Subscript(value=base):
                return self.problem(base, scope, depth)
            case ast.Name(id=name):
                return self._name(name, scope, depth)
            case ast.Attribute():
                return self._attribute(node, scope)
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in _MAKES_CLASS:
                return None
        return Problem("T08-operand", f"{ast.unparse(node)} is not known to be a class", sure=False)

    def mocked(self, node: ast.expr, scope: Scope, depth: int = 6) -> str:
        """The full name of an operand in whose place the documentation has a mock; "" where it has none."""
        while isinstance(node, ast.Subscript):
            node = node.value
        if depth == 0 or not self.share.mocked or not isinstance(node, ast.Name | ast.Attribute):
            return ""
        if found := self.share.mocks.get(ast.unparse(node), ""):
            return found
        meaning = self.meaning(node, scope=scope)
        if is_mocked(meaning, self.share.mocked):
            return meaning
        values = (b.node for b in bound(node, scope) if b.kind == "value" and isinstance(b.node, ast.expr))
        return next((m for v in values if (m := self.mocked(v, scope, depth - 1))), "")

    def _name(self, name: str, scope: Scope, depth: int) -> Problem | None:
        if (found := scope.find(name)) is None:
            value = getattr(builtins, name, None)
            if value is not None and not isinstance(value, type):
                return Problem("T07-function", f"{name} is a function")
            if value is None and self.stars and _is_odd_name(name):
                return Problem("T08-operand", f"{name} comes from a star import", sure=False)
            return None
        home, bindings = found
        if any(b.guard == "global" for b in bindings):
            return Problem("T06-may-be-none", f"{name} is assigned by a function", sure=False)
        return next((p for b in bindings if (p := self._binding(name, b, home, depth))), None)

    def _binding(self, name: str, binding: Binding, scope: Scope, depth: int) -> Problem | None:
        match binding.kind:
            case "import":
                return self._imported(name, binding.dotted)
            case "class":
                return self._class(name)
            case "value":
                return self._value(name, binding.node, scope, depth - 1)
            case "type" | "annotation":
                return None
            case "function":
                return Problem("T07-function", f"{name} is a function")
        kind = "parameter" if binding.kind == "parameter" else "variable"
        return Problem("T08-operand", f"{name} is a {kind}", sure=False)

    def _value(self, name: str, value: ast.AST, scope: Scope, depth: int) -> Problem | None:
        match value:
            case ast.Constant(value=None):
                return Problem("T06-may-be-none", f"{name} may be None")
            case ast.Constant():
                return Problem("T08-operand", f"{name} is {value.value!r}")
            case ast.Lambda():
                return Problem("T07-function", f"{name} is a function")
            case ast.Call(func=ast.Name(id=maker) | ast.Attribute(attr=maker)):
                sure = "Mock" in maker or maker in ("ForwardRef", "partial")
                # Base = declarative_base(): the code works today, so it is callable, and named as a class
                if maker in _MAKES_CLASS or not (sure or _is_odd_name(name)):
                    return None
                return Problem("T08-operand", f"{name} is made by {maker}()", sure)
            case ast.IfExp(body=body, orelse=orelse):
                return self._value(name, body, scope, depth) or self._value(name, orelse, scope, depth)
            case ast.Name() | ast.Attribute():
                return self.problem(value, scope, depth)
            case ast.Subscript() | ast.BinOp(op=ast.BitOr()):
                return None
        return Problem("T08-operand", f"{name} is a variable", sure=False)

    def _class(self, name: str) -> Problem | None:
        found = self.share.classes.get(name)
        return found and Problem(found[0], found[1].format(name))

    def _attribute(self, node: ast.Attribute, scope: Scope) -> Problem | None:
        text = ast.unparse(node)
        bindings = bound(node, scope)
        if bindings and (meaning := self.meaning(node, scope=scope)) and meaning[0] != ":":
            return self._imported(text, meaning)
        known = bool(bindings) and all(b.kind in ("class", "import") for b in bindings)
        if known and isinstance(node.value, ast.Name) and (problem := self._member(text, node.attr, bindings)):
            return problem
        if not known or _is_odd_name(node.attr) or node.attr.isupper():
            return Problem("T08-operand", f"{text} is not known to be a class", sure=False)
        return self._class(text)

    def _member(self, text: str, name: str, owners: Sequence[Binding]) -> Problem | None:
        """`Color.RED` where the class is in this file: a member of an enum, or another value."""
        for owner in owners:
            if isinstance(owner.node, ast.ClassDef):
                values = [b for b in self.of(owner.node).names.get(name, ()) if b.kind == "value"]
                if values and any(ast.unparse(base).endswith(("Enum", "Flag")) for base in owner.node.bases):
                    return Problem("T08-operand", f"{text} is a member of an enum")
        return None

    def may_be_many(self, node: ast.expr, scope: Scope) -> bool:
        """Whether a name that stands alone in `Union[…]` may be a tuple of types (T16): it comes from
        somewhere else and nothing says what it is."""
        if not isinstance(node, ast.Name | ast.Attribute) or self.typing(node, scope) is not None:
            return False
        bindings = bound(node, scope)
        if not bindings:
            return self.stars != () or isinstance(node, ast.Attribute)
        if isinstance(node, ast.Attribute):
            return not is_stdlib(self.meaning(node, scope=scope))
        return any(b.kind == "import" and not is_stdlib(b.dotted) for b in bindings)

    def is_variable(self, name: ast.Name, scope: Scope) -> bool:
        """Whether a name is a type variable, as far as this file and the name's own module say."""
        for binding in bound(name, scope):
            match binding.node:
                case ast.Call(func=ast.Name(id=maker) | ast.Attribute(attr=maker)) if maker in TYPEVARS:
                    return True
            if binding.kind == "type":
                return True
            if binding.kind == "import" and isinstance(binding.node, ast.ImportFrom):
                bare = name.id.lstrip("_")
                looks = len(bare) <= 2 or bare.endswith(("_co", "_contra", "T")) or binding.dotted == "typing.AnyStr"
                what = self.share.odd.get(name.id)
                return what == "typevar" or (looks and what != A_TYPE)
        return False

    def _imported(self, text: str, meaning: str) -> Problem | None:
        """An operand that is imported, by its dotted name and by what its module's text says."""
        what = self.share.odd.get(text, "")
        if what in KNOWN_FUNCTIONS:
            meaning, what = what, ""
        if (problem := self._class(text)) or what == A_TYPE:
            return problem
        if what and what != "typevar":
            code = {"None in some branch": "T06-may-be-none", "a function": "T07-function"}.get(what, "T08-operand")
            return Problem(code, f"{text} is {what}")
        last = meaning.rpartition(".")[2]
        if meaning in KNOWN_FUNCTIONS:
            since, target = KNOWN_FUNCTIONS[meaning], self.share.target
            still = since is None or target is None or target < since
            return Problem("T07-function", f"{meaning} is a function") if still else None
        if meaning.partition(".")[0] in MODULES or meaning in _LOWER_CLASSES:
            return None
        if is_stdlib(meaning) and not meaning.startswith("."):
            if _lower(last) and not re.fullmatch(r"c_\w+|struct_\w+|error(_\w+)?", last):
                return Problem("T07-function", f"{meaning} is a function or a module")
            return None
        owner = meaning.rpartition(".")[0].rpartition(".")[2]
        looks = (
            (_lower(last) and not _KNOWN_LOWER.fullmatch(last), "T07-function", "a function"),
            (_CONSTANT.fullmatch(last), "T08-operand", "a constant"),
            (last.isupper() and not _lower(owner) and "." in text, "T08-operand", "a member of an enum"),
        )
        return next((Problem(code, f"{text} may be {what}", sure=False) for so, code, what in looks if so), None)


def _is_odd_name(name: str) -> bool:
    return bool(_CONSTANT.fullmatch(name)) or _lower(name)


def _lower(name: str) -> bool:
    return name.lstrip("_")[:1].islower()
