"""Functions above which nobody can handle anything: what starts a thread, a task or the program, and what a web framework calls."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, field

from ....engine.names import Names, keywords, last_name
from ....engine.source import Function, Source, asks_for_main, is_function, statements
from .looks import Category, Look, ends, inside

# how a function is started that nobody waits for: by the last name of what is called, which argument is the function
_STARTS = {
    "create_task": 0, "ensure_future": 0, "start_soon": 0, "submit": 0, "apply_async": 0, "spawn": 0, "spawn_n": 0,
    "add_done_callback": 0, "call_soon": 0, "call_soon_threadsafe": 0, "call_later": 1, "call_at": 1, "add_task": 0,
    "add_job": 0, "do": 0, "start_new_thread": 0, "start_background_task": 0, "spawn_later": 1, "async_create_task": 0,
    "create_background_task": 0, "run_coroutine_threadsafe": 0, "add_timeout": 1,
}  # fmt: skip
_TASK_MAKERS = {"submit", "create_task", "ensure_future", "run_coroutine_threadsafe"}
_THREADS = {"Thread", "Process", "Timer", "DaemonThread", "Greenlet"}
_TASKS = {
    "task",
    "shared_task",
    "actor",
    "job",
    "periodic_task",
    "db_task",
    "db_periodic_task",
    "scheduled_job",
    "repeat_every",
}
_AT_END = {"atexit.register": 0, "signal.signal": 1, "weakref.finalize": 1, "weakref.ref": 1}
_AT_END_WORDS = {name.rpartition(".")[2] for name in _AT_END}
_NEEDLES = re.compile(
    rf"\b({'|'.join([*_STARTS, *_THREADS, *_AT_END_WORDS, 'set_defaults', 'add_signal_handler', '__main__'])})\b"
)
_FINALIZERS = {"__del__", "__exit__", "__aexit__"}
_COMMANDS = {"command", "callback", "group"}
_VERBS = {"get", "post", "put", "patch", "delete", "head", "options"}
_ROUTES = {
    "route",
    "api_route",
    "websocket",
    "websocket_route",
    "expose",
    "api_view",
    "exception_handler",
    "errorhandler",
    "middleware",
}
_VIEW = re.compile(r"(View|ViewSet|ViewMixin|Resource|RequestHandler|HTTPEndpoint|RestApi|Controller)$")
_ACTIONS = {*_VERBS, "list", "retrieve", "create", "update", "partial_update", "destroy", "dispatch"}
_ERROR = re.compile(r"err|fail|exception|status|abort|invalid|message|detail|[45]\d\d", re.I)
_RESPONSE = re.compile(
    r"Response$|^(jsonify|json|json_response|http_error|make_response|render\w*|error_response|response_\w+|abort)$"
)
_REQUESTS = {"aiohttp.web.Request", "django.http.HttpRequest", "starlette.requests.Request"}
_RAISES = re.compile(
    r"HTTPException$|^HTTP[A-Z]\w+$|^Http\w*Error$|^(ProxyException|APIException|WebSocketException)$"
)


@dataclass(frozen=True)
class Started:
    """The functions of a file that something starts, by their nodes, in words; `ends` those that run when an object or
    the program ends, `mains` those that are the program or a command of it, with what they are called."""

    tasks: dict[ast.AST, str] = field(default_factory=dict)
    ends: dict[ast.AST, str] = field(default_factory=dict)
    mains: dict[ast.AST, str] = field(default_factory=dict)


def started(file: Source) -> Started:
    """What a file says of how its functions are started."""
    found = Started()
    names = file.once(Names)
    lines = sorted({file.line_of(m.start()) for m in _NEEDLES.finditer(file.text)})
    for node in file.walk(file.tree, lines) if lines else ():
        if isinstance(node, ast.Call):
            _call(file, names, node, found)
        elif isinstance(node, ast.If) and asks_for_main(node.test):
            for call in (n for n in inside(node.body) if isinstance(n, ast.Call)):
                if isinstance(call.func, ast.Name) and (function := _function(file, names, call.func)):
                    found.mains.setdefault(function, function.name)
    for statement in statements(file.tree.body, inside=True):
        if isinstance(statement, ast.ClassDef):
            _class(statement, found)
        elif is_function(statement):
            _decorated(names, statement, found)
    return found


def _call(file: Source, names: Names, call: ast.Call, found: Started) -> None:
    word, given = last_name(call.func), keywords(call)
    target: ast.expr | None = None
    if word in _THREADS:
        target = given.get("target") or given.get("function")
        if target is None and word == "Timer" and len(call.args) > 1:
            target = call.args[1]
        how = f"a {word.lower()} runs it"
    elif word in _STARTS and isinstance(call.func, ast.Attribute | ast.Name):
        place = _STARTS[word]
        target = call.args[place] if len(call.args) > place else None
        how = f"{word} starts it"
    elif word == "set_defaults" and (function := _function(file, names, given.get("func"))):
        found.mains[function] = function.name
    elif word in _AT_END_WORDS and len(call.args) > (place := _AT_END.get(names.meaning(call.func), 9)):
        if function := _function(file, names, call.args[place]):
            found.ends[function] = f"{word} calls it, nothing above handles errors"
    elif word == "add_signal_handler" and (
        function := _function(file, names, call.args[1] if call.args[1:] else None)
    ):
        found.ends[function] = "a signal calls it, nothing above handles errors"
    if target is not None and (function := _function(file, names, target)):
        found.tasks.setdefault(function, how)


def _function(file: Source, names: Names, node: ast.expr | None) -> Function | None:
    """The function of this file that an expression is, calls, or wraps."""
    match node:
        case ast.Call(func=func, args=[first, *_]) if last_name(func) == "partial":
            return _function(file, names, first)
        case ast.Call(func=func):
            return _function(file, names, func)
        case ast.Lambda(body=ast.Call(func=func)):
            return _function(file, names, func)
        case ast.Name(id=name):
            bound = names.scope(node).find(name)
            made = [b.node for b in bound[1]] if bound else []
            return made[-1] if made and all(is_function(n) for n in made) else None  # type: ignore[return-value]
        case ast.Attribute(value=ast.Name(id="self" | "cls"), attr=attr):
            owner = next((n for n in file.ancestors(node) if isinstance(n, ast.ClassDef)), None)
            methods = [n for n in owner.body if is_function(n) and n.name == attr] if owner else []
            return methods[-1] if methods else None
    return None


def _class(node: ast.ClassDef, found: Started) -> None:
    threads = any(re.search(r"(Thread|Process)$", last_name(b)) for b in node.bases)
    command = any(re.search(r"Command$", last_name(b)) for b in node.bases)
    for method in node.body:
        if not is_function(method):
            continue
        if method.name in _FINALIZERS:
            found.ends[method] = f"{method.name} must go on"
        elif threads and method.name == "run":
            found.tasks[method] = "a thread runs it"
        elif command and method.name == "handle":
            found.mains[method] = "the command"


def _decorated(names: Names, node: Function, found: Started) -> None:
    for decorator in node.decorator_list:
        func = decorator.func if isinstance(decorator, ast.Call) else decorator
        word = last_name(func)
        if word in _TASKS or (word == "loop" and names.meaning(func) == "discord.ext.tasks.loop"):
            found.tasks[node] = f"a queue runs it as a {word.replace('_', ' ')}"
        elif word == "register" and names.meaning(func) == "atexit.register":
            found.ends[node] = "atexit calls it, nothing above handles errors"
        elif word in _COMMANDS and isinstance(func, ast.Attribute):
            found.mains[node] = node.name


# ---- categories ----------------------------------------------------------------------------------


def task(look: Look) -> Category | None:
    """All of a function that a thread, a task or a queue runs: nobody is there to handle anything."""
    function = look.function
    how = look.file.once(started).tasks.get(function) if function is not None else None
    if how is None or function is None or not covers(look, function):
        return None
    if any(isinstance(n, ast.Raise) for n in look.handling):
        return None
    return Category(code="N15-thread-or-task", words=f"{how}, nothing above handles errors")


def outcome(look: Look) -> Category | None:
    """It asks for the result of what another thread or task did: whatever was raised there arrives."""
    for call in look.calls:
        match call.func:
            case ast.Attribute(value=ast.Name() as task, attr="result") if _is_task(look, task):
                words = f"what the task raised arrives at {task.id}.result"
                return Category(code="N15-thread-or-task", words=words, hard=False)
    return None


def _is_task(look: Look, node: ast.Name) -> bool:
    """Whether all that a name is bound to is a task: one that is submitted, or one of those that are completed."""
    found = look.names.scope(node).find(node.id)
    made = [_made_by(b.node, b.statement) for b in found[1]] if found else []
    return bool(made) and all(made)


def _made_by(node: ast.AST | None, statement: ast.AST | None) -> bool:
    if isinstance(statement, ast.For | ast.AsyncFor):
        return isinstance(statement.iter, ast.Call) and last_name(statement.iter.func) == "as_completed"
    return isinstance(node, ast.Call) and last_name(node.func) in _TASK_MAKERS


def at_end(look: Look) -> Category | None:
    """What runs when an object or the program ends: an exception there helps nobody."""
    function = look.function
    how = look.file.once(started).ends.get(function) if function is not None else None
    if how is None or not look.is_quiet(returns=True):
        return None
    return Category(code="N16-cleanup", words=how)


def main(look: Look) -> Category | None:
    """The program itself: whatever happens is told to the user, with an exit code."""
    function = look.function
    if function is None:
        top = next((n for n in look.above if isinstance(n, ast.If) and asks_for_main(n.test)), None)
        if top is None or look.share(top) < 0.5:
            return None
        return Category(code="N17-main", words="the program tells whatever happens")
    how = look.file.once(started).mains.get(function)
    code = _exits(look)
    if how is not None and code:
        return Category(code="N17-main", words=f"{how} {code}")
    if how is not None and covers(look, function) and look.is_quiet(returns=True):
        return Category(code="N17-main", words=f"{how} tells whatever happens")
    if code == _EXIT:
        return Category(code="N17-main", words=f"the handler {code}", hard=False)
    return None


_EXIT = "ends the program with an exit code"
_EXITS = {"sys.exit", "os._exit", "builtins.exit", "builtins.quit"}


def _exits(look: Look) -> str:
    """How a handler ends the program."""
    last = look.handler[-1] if look.handler else None
    match last:
        case ast.Expr(value=ast.Call(func=func, args=args)) if look.names.meaning(func) in _EXITS:
            return _EXIT if args and not _is_zero(args[0]) else ""
        case ast.Raise(exc=ast.Call(func=func, args=args)) if last_name(func) in ("SystemExit", "Exit"):
            return _EXIT
        case ast.Raise(exc=ast.Call(func=func)) if last_name(func) in (
            "ClickException",
            "UsageError",
            "Abort",
            "CommandError",
        ):
            return "tells the user"
        case ast.Return(value=ast.Constant(value=int() as code)) if code and not isinstance(code, bool):
            return "ends with an exit code"
        case ast.Expr(value=ast.Call(func=ast.Attribute(attr="exit" | "fail" | "abort" | "error"))):
            return "tells the user"
    return ""


def _is_zero(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value in (0, None, False)


def web(look: Look) -> Category | None:
    """A route, or a view: whoever asked gets an error response."""
    function = look.function
    if function is None or not (how := _route(look, function)):
        return None
    whole = covers(look, function)
    said = _responds(look)
    if not said:
        return None
    return Category(code="N18-web-boundary", words=f"{how}: {said}", hard=whole)


def covers(look: Look, function: Function) -> bool:
    """Whether the statement is what a function does, or its loop."""
    for node in look.above:
        if node is function:
            break
        endless = isinstance(node, ast.While)
        if not (endless or isinstance(node, ast.With | ast.AsyncWith | ast.Try)):
            return False
    return look.share(function) >= 0.5


def _route(look: Look, function: Function) -> str:
    """What makes a function one that a web framework calls."""
    for decorator in function.decorator_list:
        func = decorator.func if isinstance(decorator, ast.Call) else decorator
        word = last_name(func)
        args = decorator.args if isinstance(decorator, ast.Call) else []
        path = next((k for k in getattr(decorator, "keywords", ()) if k.arg in ("path", "rule")), None)
        text = args[0] if args else (path.value if path else None)
        slashed = isinstance(text, ast.Constant) and isinstance(text.value, str) and text.value.startswith("/")
        empty = isinstance(text, ast.Constant) and text.value == ""
        if word in _VERBS and isinstance(func, ast.Attribute) and (slashed or empty):
            return f"{word.upper()} {text.value}" if slashed and len(text.value) < 24 else "a route"  # type: ignore[union-attr]
        if word in _ROUTES and isinstance(decorator, ast.Call):
            return "a route"
    owner = look.owner
    viewed = owner is not None and any(_VIEW.search(last_name(b)) for b in owner.bases)
    if owner is not None and viewed and function in owner.body and function.name in _ACTIONS:
        return f"{function.name} of a view"
    first = next((a for a in function.args.args if a.arg not in ("self", "cls")), None)
    asked = look.names.meaning(first.annotation) if first is not None and first.annotation is not None else ""
    answers = function.returns is None or "Response" in ast.unparse(function.returns)
    return "a view" if asked in _REQUESTS and answers else ""


def _responds(look: Look) -> str:
    """How a handler answers with an error."""
    for node in look.handling:
        match node:
            case ast.Raise(exc=ast.Call(func=func)) if _RAISES.search(last_name(func)):
                return "the client gets an error response"
    if not ends(look.handler, ast.Return, ast.Raise):
        return ""
    for node in look.handling:
        match node:
            case ast.Return(value=ast.Call() | ast.Dict() | ast.Tuple() | ast.Await() as value):
                calls = [n for n in ast.walk(value) if isinstance(n, ast.Call)]
                if any(_RESPONSE.search(last_name(c.func)) for c in calls) or _ERROR.search(ast.unparse(value)):
                    return "the client gets an error response"
    return ""
