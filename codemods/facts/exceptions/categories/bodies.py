"""What a clause guards that may raise anything, or that nobody may lose anything by."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator

from ....engine.bindings import Binding
from ....engine.names import last_name
from ....engine.source import is_function
from .looks import Category, Look, inside

_CALLBACK = re.compile(
    r"^_*(on_[a-z]\w*|(\w+_)?(callback|cb|hook|handler|listener|observer|subscriber|func|function|fn|callable|factory)s?)$"
)
# what is given only so that tests can replace it: nobody guards a clock
_TOOL = re.compile(
    r"^_*(print\w*|echo|log|logger|log_\w+|\w+_log(ger)?|debug|warn|clock|now|time\w*|sleep\w*|monotonic|rng|random\w*|uuid\w*)$"
)
_METHODS = frozenset({*dir(str), *dir(dict), *dir(list), *dir(set), *dir(bytes)})
_THING = re.compile(r"^_*(\w+_)?(callback|hook|listener|observer|subscriber)$")
_PLUGIN = re.compile(r"^_*(\w+_)?(plugin|extension|addon)(_\w*(module|class|instance))?$")
_CALLABLE = re.compile(
    r"\b(Callable|callable|Awaitable|Coroutine|Future|Task|Any|object|\w*(Callback|Handler|Hook|Func|Function|Fn|Factory|Endpoint|"
    r"Listener|CallNext)|_?[FTPRC]|\w+_co)\b"
)
_CLASS = re.compile(r"^_*(cls|klass|kls|typ|type_|\w+_(cls|class|klass|type)|(\w+_)?model)$|Class$|Cls$|Type$")
_RUNS = {"to_thread", "run_in_executor", "wait_for", "shield", "run_sync", "run_in_threadpool", "run_until_complete"}
_IMPORTERS = {
    "importlib.import_module",
    "builtins.__import__",
    "runpy.run_path",
    "runpy.run_module",
    "importlib.reload",
}
_CLEANS = {
    "close", "aclose", "kill", "terminate", "shutdown", "disconnect", "aclose_all", "close_all", "unlink", "cleanup", "quit",
    "wait_closed", "release", "rollback", "close_connection", "force_close", "stop", "teardown", "dispose", "detach", "destroy",
    "tear_down", "unsubscribe", "unregister", "logout", "server_close", "closeall", "cancel", "join", "__exit__", "__aexit__",
}  # fmt: skip
_BARE = {
    "stop",
    "cancel",
    "release",
    "destroy",
    "detach",
    "quit",
    "dispose",
    "unlink",
}  # with arguments it is something else
_REMOVES = {
    "os.unlink", "os.remove", "os.rmdir", "os.close", "os.kill", "os.killpg", "shutil.rmtree", "os.removedirs",
}  # fmt: skip
_TOTAL = {
    "builtins.str", "builtins.getattr", "builtins.hasattr", "builtins.isinstance", "builtins.callable", "pathlib.Path",
    "os.path.exists", "os.path.join", "os.path.isfile", "os.path.isdir", "builtins.len", "os.getpgid", "builtins.list",
}  # fmt: skip
_FORGETS = re.compile(
    r"^_*(a?(emit|notify|publish|broadcast|track|audit)(_\w+)?|fire_?event|trigger_(event|webhook)s?|log_(event|metric|usage|stat)\w*"
    r"|(send|dispatch|push|record|report|post|capture|write|create|store|save|add)_\w*(event|metric|telemetry|stat|usage|analytics|notification|alert|audit|heartbeat)s?(_\w+)?"
    r"|record_\w+|capture_(message|exception|event)|incr(ement)?|gauge|timing|histogram|observe|send_(email|mail|alert|webhook)\w*)$"
)


# ---- callbacks -------------------------------------------------------------------------------------


def callback(look: Look) -> Category | None:
    """It calls or awaits what whoever uses this code gives it."""
    for node in look.runs:
        given: ast.expr | None = None
        match node:
            case ast.Call(func=ast.Name() as func) if _is_given(look, func):
                given = func
            case ast.Call(func=ast.Attribute(value=ast.Name(id="self" | "cls")) as func) if _is_kept(look, func):
                given = func
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name) as thing, attr=attr)) if _THING.match(name):
                if attr not in _METHODS and _origin(look, thing):
                    return Category(code="N11-callback", words=f"calls the {name.strip('_')} that it was given")
            case ast.Await(value=ast.Name() as awaited) if _is_given(look, awaited, awaited=True):
                return Category(code="N11-callback", words=f"awaits {awaited.id}, which the caller gives")
            case ast.Call(func=func, args=args) if last_name(func) in _RUNS:
                names = (a for a in args if isinstance(a, ast.Name))
                given = next((a for a in names if _is_given(look, a, passed=True)), None)
        if given is not None:
            return Category(code="N11-callback", words=f"calls {look.written(given)}, which may be any callable")
    return None


def _origin(look: Look, node: ast.Name) -> str:
    """Whether a name is a "parameter", a "loop" variable over what the file does not list, or "looked up" somewhere; ""
    where it is anything else, also in part."""
    found = look.names.scope(node).find(node.id)
    if found is None or not found[1]:
        return ""
    origins = {_bound(look, b) for b in found[1]}
    return origins.pop() if len(origins) == 1 else ""


def _bound(look: Look, binding: Binding) -> str:
    statement = binding.statement
    if binding.kind == "parameter":
        return "parameter"
    if isinstance(statement, ast.For | ast.AsyncFor):
        source = look.names.followed(statement.iter)
        listed = isinstance(source, ast.Tuple | ast.List | ast.Set | ast.Dict)
        return (
            ""
            if listed
            and _elements(source)
            and all(isinstance(n, ast.Attribute | ast.Name) for n in _elements(source))
            else "loop"
        )
    if binding.kind == "value" and isinstance(binding.node, ast.expr):
        match binding.node:
            case ast.Subscript() | ast.Call(func=ast.Attribute(attr="get" | "pop" | "popleft")):
                return "looked up"
            case ast.Call(func=ast.Name(id="getattr"), args=[_, name, *_]) if not isinstance(name, ast.Constant):
                return "looked up"
    return ""


def _elements(node: ast.expr) -> list[ast.expr]:
    return node.values if isinstance(node, ast.Dict) else getattr(node, "elts", [])


def _is_given(look: Look, node: ast.Name, awaited: bool = False, passed: bool = False) -> bool:
    if _TOOL.match(node.id):
        return False
    origin = _origin(look, node)
    if origin == "parameter":
        parameter = next(b.node for b in look.names.scope(node).find(node.id)[1])  # type: ignore[index]
        if not isinstance(parameter, ast.arg) or _CLASS.search(node.id) or node.id in ("self", "super"):
            return False
        if parameter.annotation is None:
            return not passed or bool(_CALLBACK.match(node.id))
        written = ast.unparse(parameter.annotation)
        return bool(_CALLABLE.search(written)) and not re.match(r"(typing\.)?[tT]ype\[", written.strip("'\""))
    if awaited or passed or _CLASS.search(node.id):
        return False
    return origin == "loop" or (origin == "looked up" and bool(_CALLBACK.match(node.id)))


def _is_kept(look: Look, func: ast.Attribute) -> bool:
    """Whether an attribute of the object is a callable that its maker was given."""
    if look.owner is None or any(is_function(n) and n.name == func.attr for n in look.owner.body):
        return False
    if _TOOL.match(func.attr):
        return False
    given = look.file.once(_kept, look.owner)
    annotation = given.get(func.attr)
    if annotation is None:
        return False
    return bool(re.search(r"\bCallable\b", annotation)) or (not annotation and bool(_CALLBACK.match(func.attr)))


def _kept(_: object, owner: ast.ClassDef) -> dict[str, str]:
    """The attributes that a class takes from a parameter of its constructor, or declares as a field: their annotations."""
    found = {}
    for node in owner.body:
        match node:
            case ast.AnnAssign(target=ast.Name(id=name), annotation=annotation):
                found[name] = ast.unparse(annotation)
            case ast.FunctionDef(name="__init__", args=args):
                annotations = {a.arg: a.annotation for a in (*args.posonlyargs, *args.args, *args.kwonlyargs)}
                for inner in inside(node.body):
                    match inner:
                        case ast.Assign(targets=[ast.Attribute(value=ast.Name(id="self"), attr=attr)], value=value):
                            written: ast.expr | None = None
                        case ast.AnnAssign(
                            target=ast.Attribute(value=ast.Name(id="self"), attr=attr),
                            value=value,
                            annotation=written,
                        ):
                            pass
                        case _:
                            continue
                    names = [n.id for n in _either(value) if isinstance(n, ast.Name) and n.id in annotations]
                    if names or (written is not None and "Callable" in ast.unparse(written)):
                        own = written or (annotations[names[0]] if names else None)
                        found[attr] = ast.unparse(own) if own is not None else ""
    return found


def _either(node: ast.expr | None) -> Iterator[ast.expr]:
    """The values that `a or b` and `a if x else b` may give."""
    match node:
        case ast.BoolOp(values=values):
            for value in values:
                yield from _either(value)
        case ast.IfExp(body=body, orelse=other):
            yield from _either(body)
            yield from _either(other)
        case ast.expr():
            yield node


# ---- plugins and imports ---------------------------------------------------------------------------


def plugin(look: Look) -> Category | None:
    """It loads code by a name that is not written here, or calls a plugin."""
    loads_entries = "entry_points" in look.file.text
    for call in look.calls:
        meaning, func = look.names.meaning(call.func), call.func
        if meaning in _IMPORTERS and not (call.args and isinstance(call.args[0], ast.Constant)):
            return Category(code="N12-plugin", words=f"imports {_argument(look, call)}, which may run any code")
        if meaning in ("builtins.exec", "builtins.eval"):
            return Category(code="N12-plugin", words=f"runs {_argument(look, call)}, which may be any code")
        match func:
            case ast.Attribute(attr="exec_module" | "load_module"):
                return Category(code="N12-plugin", words="loads a module, which may run any code")
            case ast.Attribute(value=ast.Name(id=name), attr="load") if loads_entries and not call.args:
                if re.search(r"^(ep|entry|entry_?point|entrypoint)$", name):
                    return Category(code="N12-plugin", words="loads an entry point, which may run any code")
            case ast.Attribute(value=receiver) if _PLUGIN.match(last_name(receiver)):
                if not isinstance(receiver, ast.Name) or _origin(look, receiver):
                    return Category(code="N12-plugin", words=f"calls a plugin, {look.written(func)}")
            case ast.Name(id=name) if _PLUGIN.match(name) and _origin(look, func):
                return Category(code="N12-plugin", words=f"calls a plugin, {name}")
    return None


def _argument(look: Look, call: ast.Call) -> str:
    text = look.file.segment(call.args[0]) if call.args else ""
    return text if 0 < len(text) <= 30 and "\n" not in text else "a module"


def probe(look: Look) -> Category | None:
    """It tries whether something can be imported, and little else."""
    first = look.body[0]
    if not isinstance(first, ast.Import | ast.ImportFrom):
        return None
    for node in look.body[1:]:
        simple = isinstance(node, ast.Import | ast.ImportFrom | ast.Assign | ast.AnnAssign | ast.Expr | ast.Return)
        if not simple or any(isinstance(n, ast.Await | ast.Yield) for n in ast.walk(node)):
            return None
        calls = [n for n in ast.walk(node) if isinstance(n, ast.Call)]
        if any(not look.tells(c) for c in calls):
            return None
        for read in ast.walk(node):
            if isinstance(read, ast.Subscript):
                return None
    what = (
        first.names[0].name
        if isinstance(first, ast.Import)
        else "." * first.level + (first.module or first.names[0].name)
    )
    return Category(code="N19-import-probe", words=f"importing {what} may run any code")


def asks(look: Look) -> Category | None:
    """It imports what may not be there and asks nothing else than that."""
    first = look.body[0]
    match first:
        case ast.Import(names=[ast.alias(name=module), *_]) | ast.ImportFrom(module=str(module), level=0):
            top = module.partition(".")[0]
        case _:
            return None
    if top in sys.stdlib_module_names or top in look.file.path.split("/") or _is_there(look, top):
        return None
    asked = {a.asname or a.name.partition(".")[0] for a in first.names}
    for node in (n for statement in look.body[1:] for n in inside([statement])):
        match node:
            case ast.stmt() if not isinstance(node, _ASKING):
                return None
            case ast.Await() | ast.Yield() | ast.YieldFrom() | ast.Subscript():
                return None
            case ast.Call(func=func) if _root(func) not in asked and not look.tells(node):
                if not (look.is_builtin(func) and isinstance(look.file.parents[node], ast.Raise)):
                    return None
    return Category(code="N19-import-probe", words=f"asking {module} may run any code", hard=False)


_ASKING = (ast.Import, ast.Assign, ast.AnnAssign, ast.Expr, ast.Return, ast.Assert, ast.If, ast.Raise, ast.Pass)


def _root(node: ast.expr) -> str:
    while isinstance(node, ast.Attribute | ast.Call):
        node = node.value if isinstance(node, ast.Attribute) else node.func
    return node.id if isinstance(node, ast.Name) else ""


def _is_there(look: Look, top: str) -> bool:
    """Whether the file imports a package at its top, without asking."""
    for node in look.file.tree.body:
        match node:
            case ast.Import(names=names) if any(a.name.partition(".")[0] == top for a in names):
                return True
            case ast.ImportFrom(module=str(module), level=0) if module.partition(".")[0] == top:
                return True
    return False


def yields(look: Look) -> Category | None:
    """What the caller raises arrives at the `yield`."""
    function = look.function
    if function is None or not any(isinstance(n, ast.Yield) for n in look.runs):
        return None
    for decorator in function.decorator_list:
        func = decorator.func if isinstance(decorator, ast.Call) else decorator
        if last_name(func) in ("contextmanager", "asynccontextmanager", "fixture", "hookimpl"):
            return Category(code="N20-yields", words="what the caller's block raises arrives at the yield")
    return None


# ---- what nobody may lose anything by ----------------------------------------------------------------


def cleanup(look: Look) -> Category | None:
    """It only closes, kills or removes, and goes on where that fails."""
    if not look.is_quiet(returns=True) or len(look.body) > 3:
        return None
    cleaned = [c for node in look.body for c in _cleaned(look, node)]
    if not cleaned or None in cleaned:
        return None
    call = next(c for c in cleaned if c is not None)
    return Category(code="N16-cleanup", words=f"{look.written(call)} is cleanup", hard=False)


def _cleaned(look: Look, node: ast.stmt) -> Iterator[ast.expr | None]:
    """What a statement closes or removes: the callee of each such call; None for anything else that it does."""
    match node:
        case ast.Pass() | ast.Expr(value=ast.Constant()) | ast.Delete(targets=[ast.Name() | ast.Attribute(), *_]):
            return
        case ast.If(test=test, body=body, orelse=other):
            if any(isinstance(n, ast.Call) and look.names.meaning(n.func) not in _TOTAL for n in ast.walk(test)):
                yield None
            for inner in (*body, *other):
                yield from _cleaned(look, inner)
        case ast.Assign(targets=[ast.Name() | ast.Attribute()], value=ast.Constant()):
            return
        case ast.Expr(value=value) if look.tells(value):
            return
        case ast.Expr(value=ast.Await(value=ast.Call() as call)) | ast.Expr(value=ast.Call() as call):
            if last_name(call.func) == "wait_for" and call.args and isinstance(call.args[0], ast.Call):
                call = call.args[0]
            yield call.func if _cleans(look, call) else None
        case _:
            yield None


def _cleans(look: Look, call: ast.Call) -> bool:
    arguments = [*call.args, *(k.value for k in call.keywords)]
    if any(
        isinstance(n, ast.Call) and look.names.meaning(n.func) not in _TOTAL for a in arguments for n in ast.walk(a)
    ):
        return False
    if look.names.meaning(call.func) in _REMOVES:
        return True
    match call.func:
        case ast.Attribute(value=value, attr=attr) if attr in _CLEANS and not (attr in _BARE and arguments):
            inner = [n for n in ast.walk(value) if isinstance(n, ast.Call)]
            return not any(look.names.meaning(n.func) not in _TOTAL for n in inner)
    return False


def side_effect(look: Look) -> Category | None:
    """It only tells others of something, and what they are told of goes on without it."""
    if not look.is_quiet() or len(look.body) > 3:
        return None
    *before, last = look.body
    match last:
        case ast.Expr(value=ast.Await(value=ast.Call() as call)) | ast.Expr(value=ast.Call() as call):
            pass
        case _:
            return None
    if not _FORGETS.match(last_name(call.func)) or any(not _prepares(n) for n in before):
        return None
    return Category(code="N23-side-effect", words=f"{look.written(call.func)} must not stop what goes on", hard=False)


def _prepares(node: ast.stmt) -> bool:
    """Whether a statement makes something without calling much."""
    calls = [n for n in ast.walk(node) if isinstance(n, ast.Call)]
    plain = isinstance(node, ast.Assign | ast.AnnAssign | ast.Import | ast.ImportFrom)
    return plain and all(last_name(c.func) in ("str", "get", "time", "len", "int", "isoformat", "now") for c in calls)
