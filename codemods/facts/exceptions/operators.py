"""What operators raise: on builtins by the language reference, on all other objects what their methods do."""

from __future__ import annotations

from ..types.entity import Entity
from .data import Op, Operator
from .guards import PRESENT

# the methods that an operator runs, see https://docs.python.org/3/reference/datamodel.html
_BINARY = ("add", "sub", "mul", "pow", "or", "and", "xor", "matmul", "lshift", "rshift")
_DIVIDING = ("truediv", "floordiv", "mod")
METHODS: dict[Operator, tuple[str, ...]] = {
    "getitem": ("__getitem__",),
    "setitem": ("__setitem__",),
    "delitem": ("__delitem__",),
    "contains": ("__contains__",),
    "iter": ("__iter__", "__next__"),
    "unpack": ("__iter__", "__next__"),
    "aiter": ("__aiter__", "__anext__"),
    "divide": tuple(f"__{way}{name}__" for name in _DIVIDING for way in ("", "r", "i")),
    "modulo": ("__mod__", "__rmod__", "__imod__"),
    "binary": tuple(f"__{way}{name}__" for name in (*_BINARY, *_DIVIDING) for way in ("", "r", "i")),
    "shift": ("__lshift__", "__rshift__", "__rlshift__", "__rrshift__", "__ilshift__", "__irshift__"),
    "power": ("__pow__", "__rpow__", "__ipow__"),
    "bool": ("__bool__", "__len__"),
    "format": ("__format__", "__str__", "__repr__"),
    "equal": ("__eq__", "__ne__"),
    "hash": ("__hash__", "__eq__"),
    "index": ("__index__",),
    "negative": ("__neg__", "__pos__", "__invert__"),
    "compare": ("__lt__", "__gt__", "__le__", "__ge__"),
    "await": ("__await__",),
    "matchitems": ("__len__", "__getitem__", "get"),
}
# what an operator runs on the objects that its operands are or hold, whatever the operands are themselves
HELD: dict[Operator, tuple[str, ...]] = {
    **{
        operator: METHODS[operator]
        for operator in ("equal", "compare", "binary", "divide", "modulo", "shift", "power", "hash", "index")
    },
    "compare": (*METHODS["compare"], "__eq__"),
    "contains": ("__eq__", "__hash__"),
    "getitem": ("__hash__", "__eq__", "__index__"),
    "setitem": ("__hash__", "__eq__", "__index__"),
    "delitem": ("__hash__", "__eq__", "__index__"),
    "format": METHODS["format"],
}
ITERATING = ("iter", "aiter", "unpack", "contains")
# what some builtins do with what they are given; of each group the first method that there is
CALLED: dict[str, tuple[tuple[str, ...], ...]] = {
    "builtins.str": (("__str__", "__repr__"),),
    "builtins.print": (("__str__", "__repr__"),),
    "builtins.repr": (("__repr__",),),
    "builtins.ascii": (("__repr__",),),
    "builtins.format": (("__format__",), ("__str__", "__repr__")),
    "builtins.hash": (("__hash__",),),
    "builtins.len": (("__len__",),),
    "builtins.bool": (("__bool__", "__len__"),),
    "builtins.int": (("__int__", "__index__", "__trunc__"),),
    "builtins.float": (("__float__", "__index__"),),
    "builtins.abs": (("__abs__",),),
    "builtins.round": (("__round__",),),
    "builtins.bytes": (("__bytes__", "__iter__"),),
    "builtins.reversed": (("__reversed__", "__len__"), ("__getitem__",)),
    "builtins.divmod": (("__divmod__",),),
    "builtins.pow": (("__pow__",),),
    "builtins.next": (("__next__",),),
    "builtins.iter": (("__iter__",),),
    "builtins.getattr": (("__getattribute__",), ("__getattr__",)),
    "builtins.hasattr": (("__getattribute__",), ("__getattr__",)),
    "builtins.setattr": (("__setattr__",),),
    "builtins.delattr": (("__delattr__",),),
    "builtins.isinstance": (("__instancecheck__",),),
    "builtins.issubclass": (("__subclasscheck__",),),
    **{
        f"builtins.{name}": (("__iter__", "__getitem__"), ("__next__",))
        for name in (
            "list",
            "tuple",
            "set",
            "frozenset",
            "sorted",
            "sum",
            "min",
            "max",
            "any",
            "all",
            "enumerate",
            "zip",
            "map",
            "filter",
            "dict",
        )
    },
}
_SEQUENCES = {"list", "tuple", "str", "bytes", "bytearray", "memoryview", "range", "deque", "array", "Match"}
_MAPPINGS = {
    "dict",
    "OrderedDict",
    "MappingProxyType",
    "_Environ",
    "ChainMap",
    "Mapping",
    "MutableMapping",
    "UserDict",
}
_FILLING = {"defaultdict", "Counter"}  # what is not there is made
_NUMBERS = {"int", "float", "bool", "complex"}
_POWER = ("OverflowError", "ZeroDivisionError")
_OF_NUMBERS = {"bytearray": ("ValueError",), "memoryview": ("ValueError",), "array": ("OverflowError",)}
_WHOLE = ("builtins.int(", "builtins.int*", "builtins.len(")
_TEXT = ("builtins.str", "builtins.bytes")
_DICTS, _TUPLES = (tuple(f"builtins.{name}{end}" for end in ("()", "*", "!")) for name in ("dict", "tuple"))
_BUILTIN = {"builtins", "collections", "os", "types", "re", "array", "_collections_abc", "typing"}  # packages


def on_builtin(op: Op, entity: Entity) -> tuple[str, ...] | None:
    """The builtin exceptions that an operator raises on an instance of a builtin class; None for any other object."""
    name = entity.name.rpartition(".")[2]
    is_file = "/" in entity.module or entity.module.endswith(".py")
    if is_file or entity.module.partition(".")[0] not in _BUILTIN:
        return None
    cut = op.right.startswith("builtins.slice")
    match op.operator:
        case "getitem" if op.right.startswith(PRESENT) and (
            op.right.endswith("!") or (name in (_SEQUENCES if op.right.endswith("#") else _MAPPINGS))
        ):
            return ()
        case "getitem" | "delitem" if name in _MAPPINGS:
            return ("KeyError",)
        case "getitem" | "setitem" if name in _FILLING:
            return ()
        case "delitem" if name in _FILLING:
            return ("KeyError",)
        case "setitem" if name in _OF_NUMBERS:  # a number that does not fit, a piece of another length
            return ("ValueError",) if cut else ("IndexError", *_OF_NUMBERS[name])
        case "getitem" | "delitem" | "setitem" if name in _SEQUENCES:
            return (("ValueError",) if op.right.endswith("*") else ()) if cut else ("IndexError",)
        case "setitem" if name in _MAPPINGS:
            return ()
        case "unpack":
            return () if name == "tuple" else ("ValueError",)
        case "divide" | "modulo" if name in _NUMBERS:
            return ("ZeroDivisionError",)
        case "shift" if name in _NUMBERS:
            return ("ValueError",)
        case "power" if name == "int" and op.right in ("builtins.int()", "builtins.int*"):
            return ("ZeroDivisionError",)
        case "power" if name in _NUMBERS:
            return _POWER
        case "modulo" if name in ("str", "bytes"):  # of one that is written there the form is right
            return ("KeyError",) if op.path.endswith("!") else ("KeyError", "ValueError")
        case "shift" | "power":
            return ()
        case "binary" | "negative" | "compare" | "equal" | "contains" | "bool" | "format" | "iter" if name in (
            _SEQUENCES | _MAPPINGS | _FILLING | _NUMBERS | {"set", "frozenset", "NoneType", "GeneratorType"}
        ):
            return ()
    return None


def on_unknown(op: Op) -> tuple[str, ...]:
    """What an operator is taken to raise on an object of unknown type: what it raises on builtins, and the mistake of using it
    on something else."""
    match op.operator:
        case "getitem" if op.right.startswith(PRESENT):  # of a list it was asked for a value, not for an index
            sure = op.right.endswith(("!", "#")) or op.right.startswith(tuple(f"{PRESENT}:{text}" for text in _TEXT))
            return ("TypeError",) if sure else ("IndexError", "TypeError")
        case "getitem" | "delitem" if op.right.startswith("builtins.slice"):
            return ("TypeError", *(("ValueError",) if op.right.endswith("*") else ()))
        case "getitem" | "delitem" if op.right.startswith(_TEXT):
            return ("KeyError", "TypeError")
        case "getitem" | "delitem":
            return ("KeyError", "IndexError", "TypeError")
        case "unpack":
            return ("ValueError", "TypeError")
        case "divide" if op.right.startswith(_TEXT):
            return ("TypeError",)
        case "divide":
            return ("ZeroDivisionError", "TypeError")
        case "modulo" if op.right.endswith(_DICTS):  # only a text takes them
            return ("KeyError", "ValueError", "TypeError")
        case "modulo" if op.right.endswith(_TUPLES) or op.right.startswith(_TEXT):
            return ("ValueError", "TypeError")
        case "modulo" if op.right in ("builtins.int()", "builtins.float()", "builtins.int*", "builtins.float*"):
            return ("ValueError", "ZeroDivisionError", "TypeError")
        case "modulo":
            return ("KeyError", "ValueError", "ZeroDivisionError", "TypeError")
        case "shift":
            return ("ValueError", "TypeError")
        case "format" if op.right:
            return ("ValueError", "TypeError")
        case "power":
            return (*_POWER, "TypeError")
        case "attribute":
            return ("AttributeError",)
        case "setitem" if op.right.startswith(_WHOLE):
            return ("IndexError", "TypeError")
        case "setitem" | "binary" | "compare" | "contains" | "iter":
            return ("TypeError",)
    return ()
