"""Why a module cannot be split: each with its line."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator

from ..engine.bindings import imported
from ..engine.names import OF_MODULES
from ..engine.source import Definition, statements
from ..engine.tables import BUILTINS
from ..facts.moving.units import Read, Unit
from .asked import asked
from .order import Order
from .package import Package
from .script import of_script
from .values import Doubt, Obstacle

_FINDING = ("pkgutil.get_data", "importlib.resources.", "pkg_resources.", "jinja2.PackageLoader", "flask.", "quart.")
_MARKS = {"typing.ClassVar", "typing_extensions.ClassVar", "dataclasses.InitVar", "dataclasses.KW_ONLY"}
_READING = {"typeguard.typechecked", "torch.jit.script", "torch.jit.interface", "triton.jit"}

# builtins of Python 2 and of other systems, and what programs put among the builtins
_ELSEWHERE = {
    "_", "basestring", "buffer", "cmp", "execfile", "file", "long", "ngettext", "raw_input", "reduce", "reload", "reveal_type",
    "unichr", "unicode", "WindowsError", "xrange",
}  # fmt: skip


def hazards(package: Package) -> Iterator[Obstacle | Doubt]:
    """All of them."""
    order = Order(package)
    for check in _CHECKS:
        yield from check(package)
    if package.job.facade == "lazy":
        yield from _eager(package)
    yield from order.whole()
    yield from order.doubts()
    yield from order.staying()
    yield from order.of_world()


def _set(package: Package) -> Iterator[Doubt]:
    """Variables that functions set: the package asks the parts for them."""
    for name in package.live.keys() & {*package.graph.rebound}:
        bound = package.names.module.names[name]
        yield Doubt(bound[0].line, f"functions set {name}, which is no entry of the package's __dict__")


def _call_of(package: Package, read: Read) -> ast.Call | None:
    """The call of what is read, where that is called here."""
    call = package.file.parents.get(read.node) if read.node is not None else None
    return call if isinstance(call, ast.Call) and call.func is read.node else None


def _runs_now(read: Read) -> bool:
    """Whether it is read while the module is imported."""
    return read.node is not None and read.scope.function is None


def _dynamic(package: Package) -> Iterator[Obstacle | Doubt]:
    """What takes the names of the module from a table: a part has some of them only."""
    own = {"__getattr__", "__dir__"}  # what the package asks itself
    for unit in (u for u in package.outline.units if not u.names & own):
        for read in package.outline.reads(unit):
            if read.name in package.names.module.names or read.scope.find(read.name) is not None:
                continue
            call = _call_of(package, read)
            if call is None:
                if read.name == "globals" and read.node is not None:
                    told = "globals is handed on: it gives the names of a part, not of the module"
                    line = package.file.line_of(read.start)
                    listed = isinstance(
                        package.file.parents.get(read.node), ast.Set | ast.List | ast.Tuple | ast.Dict
                    )
                    yield Doubt(line, told) if listed else Obstacle(line, "L08-dynamic", told)
                continue
            line = call.lineno
            at_top = read.scope is package.names.module
            if read.name == "globals":
                yield Obstacle(line, "L08-dynamic", "globals() gives the names of a part, not of the module")
            elif read.name in ("vars", "dir", "locals") and not call.args and (at_top or read.name == "vars"):
                if at_top:
                    yield Obstacle(line, "L08-dynamic", f"{read.name}() gives the names of a part, not of the module")
            elif (
                read.name in ("exec", "eval")
                and len([*call.args, *call.keywords]) == 1
                and not _is_closed(package, unit, call)
            ):
                yield Obstacle(line, "L08-dynamic", f"{read.name}() looks names up in a part, not in the module")


def _tables(package: Package) -> Iterator[Doubt]:
    """The globals of a function or a frame: those of a part, where they are of this module."""
    for unit in package.moved:
        for node in ast.walk(unit.node):
            if isinstance(node, ast.Attribute) and node.attr in ("f_globals", "__globals__"):
                match package.file.parents.get(node):
                    case ast.Subscript(slice=ast.Constant(value="__name__")):
                        continue
                    case ast.Attribute(attr="get") as above:
                        call = package.file.parents.get(above)
                        if isinstance(call, ast.Call) and call.args and ast.unparse(call.args[0]) == "'__name__'":
                            continue
                yield Doubt(node.lineno, f"{node.attr} may be the names of a part, not of the module")


def _marks(package: Package) -> Iterator[Obstacle]:
    """Annotations as texts that dataclasses look up in the module while that is imported: what they name has to be there by then."""
    for unit in package.moved:
        for node in unit.node.body if isinstance(unit.node, ast.ClassDef) else ():
            if not isinstance(node, ast.AnnAssign):
                continue
            text = node.annotation.value if isinstance(node.annotation, ast.Constant) else None
            if text is None and "annotations" in package.names.futures:
                text = ast.unparse(node.annotation)
            root = re.match(r"\w+", text) if isinstance(text, str) else None
            if not isinstance(text, str) or root is None:
                continue
            for bound in package.names.module.names.get(root[0], ()):
                made = (
                    isinstance(bound.statement, ast.Assign) and package.names.meaning(bound.statement.value) in _MARKS
                )
                late = bound.kind == "import" and bound.line > package.file.line_of(package.first)
                if made or (late and any(_is_mark(m, bound.dotted, text) for m in _MARKS)):
                    told = (
                        f"dataclasses look up {root[0]} in the module while that is imported, and it is not there yet"
                    )
                    yield Obstacle(node.lineno, "L08-dynamic", told)


def _is_mark(mark: str, dotted: str, text: str) -> bool:
    return mark == dotted or (mark.startswith(f"{dotted}.") and mark.rpartition(".")[2] in text)


def _is_closed(package: Package, unit: Unit, call: ast.Call) -> bool:
    """Whether code that is executed is a text which names nothing of the module but what its statement binds."""
    match next(iter(call.args), None):
        case ast.Call(func=ast.Name(id="compile"), args=[ast.Constant(value=str(text)), *_]):
            pass
        case ast.Constant(value=str(text)):
            pass
        case _:
            return False
    words = set(re.findall(r"[^\W\d]\w*", text))
    made = set(re.findall(r"(?:def|class)[ \t]+(\w+)|(\w+)[ \t]*=", text))
    known = package.names.module.names.keys() & words
    return known <= unit.names and {n for pair in made for n in pair if n} <= unit.names


def _stars(package: Package) -> Iterator[Obstacle | Doubt]:
    """Star imports come first, where what the module defines hides what they give."""
    first = min((u.start for u in package.outline.units if u.names and not u.is_import), default=0)
    for node in statements(package.file.tree.body):
        if isinstance(node, ast.ImportFrom) and any(a.name == "*" for a in node.names):
            above = package.file.start(node) < first and node in package.file.tree.body
            if not above:
                yield Obstacle(node.lineno, "L09-star", "this import may hide what the module defines above it")
            else:
                yield Doubt(node.lineno, "each part has its star imports")


def _frames(package: Package) -> Iterator[Obstacle]:
    """Code that compares the files of frames: there are several now."""
    for word in ("co_filename", "skip_file_prefixes"):
        for line in package.file.lines_of(word):
            if word not in package.file.line(line).partition("#")[0]:
                continue
            yield Obstacle(line, "L10-frames", "it asks of a frame which file it is of: the parts are several files")


def _sources(package: Package) -> Iterator[Obstacle]:
    """Decorators that read the source of what they decorate, in the module that it says it is of."""
    for node in statements(package.file.tree.body, inside=True):
        for decorator in node.decorator_list if isinstance(node, Definition) else ():
            meaning = package.names.meaning(decorator.func if isinstance(decorator, ast.Call) else decorator)
            if meaning in _READING and package.job.module_name == "compat":
                told = f"{meaning} looks for the source in the package: --module-name assign lets it find the part"
                yield Obstacle(decorator.lineno, "L15-source", told)


def _deprecated(package: Package) -> Iterator[Obstacle]:
    for name, _ in package.job.deprecated:
        line = next((b.line for b in package.names.module.names.get(name, ())), 1)
        if name not in package.graph.home:
            yield Obstacle(line, "L17-deprecated", f"the module does not define {name}")
        elif name in (package.listed or ()):
            yield Obstacle(line, "L17-deprecated", f"{name} is in __all__: it is there to be taken from the module")


def _beside(package: Package) -> Iterator[Obstacle]:
    """What finds the module, or files beside it, by its name: while the module is imported its parts are not whole, and the folder
    is another one."""
    for unit in package.outline.units:
        for read in package.outline.reads(unit):
            above = package.file.parents.get(read.node) if read.name == "__name__" and read.node is not None else None
            match above:
                case ast.Subscript(value=value) if package.names.meaning(value) == "sys.modules":
                    if _runs_now(read):
                        told = "it takes the module from sys.modules while that is imported"
                        yield Obstacle(above.lineno, "L08-dynamic", told)
                case ast.Call(func=func) if not package.was_package:
                    meaning = package.names.meaning(func)
                    if meaning.startswith(_FINDING):
                        told = f"{meaning} looks for files beside the module, which is one folder deeper now"
                        yield Obstacle(above.lineno, "L07-place", told)
            if isinstance(unit.node, ast.Expr) and isinstance(above, ast.Call) and _runs_now(read):
                told = "the call is given the name of the module, and may put names into it"
                yield Obstacle(above.lineno, "L08-dynamic", told)


def _unbound(package: Package) -> Iterator[Obstacle | Doubt]:
    """Names that are there by other means than a statement of the module, and what it says of itself."""
    for name in (OF_MODULES - {"__doc__", "__annotations__", "__path__"}) & package.names.module.names.keys():
        bound = package.names.module.names[name]
        yield Obstacle(bound[0].line, "L07-place", f"it sets {name}, which each part has, too")
    for unit in package.moved if not package.names.stars else ():
        if isinstance(unit.node, ast.If | ast.Try):  # it may look whether there is such a name
            continue
        for read in package.outline.reads(unit):
            known = read.name in BUILTINS or read.name in package.names.module.names or read.name[:2] == "__"
            if known or read.node is None:
                continue
            told = f"nobody knows what makes {read.name}: it may be put into the module by a call"
            if _runs_now(read):
                yield Obstacle(read.node.lineno, "L08-dynamic", told)
            elif read.name not in _ELSEWHERE:
                yield Doubt(read.node.lineno, told)


def _callbacks(package: Package) -> Iterator[Obstacle]:
    """Calls of the module's own extension while it is imported: C code looks for what it needs in the module, by its name, and finds
    a package that is half imported."""
    inner, _, last = package.job.name.rpartition(".")
    twin = f"_{last}"
    if twin in package.job.neighbours:
        return
    for unit in package.moved:
        for read in package.outline.reads(unit):
            call = _call_of(package, read)
            if call is None or not _runs_now(read):
                continue
            meaning = package.names.meaning(call.func, rebound="first").lstrip(".")
            if meaning.startswith((f"{twin}.", f"{inner}.{twin}.")):
                told = f"{meaning} is called while the module is imported, and C code may call back into {last}"
                yield Obstacle(call.lineno, "L20-callback", told)


def _eager(package: Package) -> Iterator[Obstacle]:
    """Why parts cannot be imported when somebody asks for their names."""
    own = package.piece_of.keys()
    for unit in package.kept:
        for read in package.outline.reads(unit):
            if read.name in own and read.node is not None:
                yield Obstacle(
                    read.node.lineno, "L18-lazy", f"{read.name} is read here, and its part is not imported yet"
                )
    for unit in package.moved:
        if _does_something(unit):
            line = package.file.first_line(unit.node)
            yield Obstacle(line, "L18-lazy", "this may do something while the module is imported")
    if package.listed is None:
        yield Obstacle(1, "L18-lazy", "without __all__ a star import gives what is imported already")
    for name, _ in package.job.deprecated:
        yield Obstacle(1, "L18-lazy", f"{name} is deprecated: that takes --facade plain or forwarding")


def _does_something(unit: Unit) -> bool:
    """Whether a statement may do more than bind names: a call, say, or a decorator that registers what it is given."""
    return isinstance(unit.node, ast.Expr) or (isinstance(unit.node, Definition) and bool(unit.node.decorator_list))


def _is_of_the_world(package: Package, unit: Unit) -> bool:
    """Whether what a statement does is known to be more than to make what it binds."""
    decorators = unit.node.decorator_list if isinstance(unit.node, Definition) else []
    return isinstance(unit.node, ast.Expr) or any(package.names.meaning(d) == "atexit.register" for d in decorators)


def _order(package: Package) -> Iterator[Doubt]:
    """Statements that may do something to the world run in another order where a later part is needed first."""
    doing = [u for u in package.moved if _does_something(u)]
    moved = sorted(doing, key=package.places.__getitem__)
    pairs = zip(doing, moved, strict=True)
    first = next((u for u, now in pairs if u is not now and _is_of_the_world(package, u)), None)
    if first is not None:
        line = first.node.lineno
        yield Doubt(line, f"the statement of line {line} runs in another order among those that do something")


def _late(package: Package) -> Iterator[Obstacle]:
    """Imports of the project below definitions: what they import may need these, and a part would import it first."""
    first = min((u.start for u in package.moved), default=0)
    top = package.job.name.partition(".")[0]
    for unit in package.graph.imports:
        node = unit.node
        if unit.start < first or not isinstance(node, ast.Import | ast.ImportFrom):
            continue
        for name, dotted, item in imported(node):
            own = dotted.startswith(".") or ("." in package.job.name and dotted.partition(".")[0] == top)
            users = (r for u in package.moved for r in package.outline.reads(u) if r.name == name)
            if own and any(users):
                yield Obstacle(
                    node.lineno, "L14-late", f"{item.module} is imported below definitions that it may need"
                )


def _shared_lines(package: Package) -> Iterator[Obstacle]:
    for unit in package.outline.units:
        if package.outline.shares_line(unit):
            yield Obstacle(unit.node.lineno, "L05-text", "other code stands on its line")


_CHECKS: tuple[Callable[[Package], Iterator[Obstacle | Doubt]], ...] = (
    _dynamic, _tables, _marks, _stars, _frames, _late, _sources, _beside, _unbound, _callbacks, _order, _deprecated, _set,
    _shared_lines, asked, of_script,
)  # fmt: skip
