"""Who reads the parameters of functions, or gives them by their names: decorators, callees and names."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..facts.references.decorators import SILENT
from ..facts.suite.requests import FIXTURES

OVERLOADS = ("typing.overload", "typing_extensions.overload")
_PROPERTIES = ("property", "cached_property", "hybrid_property", "classproperty", "abstractproperty")
_ACCESSORS = (".setter", ".getter", ".deleter")
_FRAMEWORKS = (
    "click.", "typer.", "rich_click.", "asyncclick.", "fastapi.", "starlette.", "flask.", "quart.", "sanic.", "litestar.",
    "aiohttp.", "django.", "celery.", "dramatiq.", "huey.", "injector.", "inject.", "dependency_injector.", "punq.",
    "pytest.", "hypothesis.", "pydantic.", "strawberry.", "graphene.", "ariadne.", "invoke.", "fire.", "nox.", "discord.",
    "inspect.signature", "inspect.getfullargspec", "airflow.", "prefect.", "dagster.", "langchain.", "mcp.", "fastmcp.",
)  # fmt: skip
# what is called so is a framework's, whatever it is taken from: `@app.get("/")`, `@cli.command()`, `@bot.event`
_READING = {
    "command", "group", "task", "shared_task", "route", "get", "post", "put", "delete", "patch", "head", "options",
    "websocket", "api_route", "tool", "resource", "prompt", "event", "listener", "query", "mutation", "subscription",
    "validator", "field_validator", "model_validator", "root_validator", "inject", "provide", "provider", "Depends",
    "callback", "before_request", "after_request", "errorhandler", "exception_handler", "middleware", "on_event",
    "job", "op", "asset", "flow", "dag", "given", "hookimpl", "hookspec", "fixture", "add_url_rule", "add_api_route",
    "add_command", "register", "signature",
}  # fmt: skip
_OF_MOCKS = {"mock_calls", "method_calls", "side_effect", "return_value", "called", "call_count", "reset_mock"}
_HOOK = re.compile(r"pytest_\w+")
_TEST = re.compile(r"test|Test")
_DUNDER = re.compile(r"__\w+__")


def of_mocks(attribute: str) -> bool:
    """Whether functions have no such attribute, and mocks do."""
    return attribute.startswith(("assert_", "call_args", "await_args")) or attribute in _OF_MOCKS


def fixed(name: str, decorators: Iterable[str], in_tests: bool) -> str:
    """Why a function cannot get a parameter, in words; "" where it can."""
    for decorator in decorators:
        if decorator in FIXTURES:
            return "it is a fixture: its parameters are fixtures that it asks for"
        if decorator.rpartition(".")[2] in _PROPERTIES or decorator.endswith(_ACCESSORS):
            return f"it is decorated with {decorator}: nobody calls it with arguments"
    if _DUNDER.fullmatch(name) and name not in ("__init__", "__call__"):
        return f"{name} is a special name: Python calls it, and knows no other parameter"
    if _HOOK.fullmatch(name):
        return f"{name} is a hook of pytest, which gives it what its specification has"
    if in_tests and _TEST.match(name):
        return f"{name} is a test: its parameters are fixtures that it asks for"
    return ""


def doubt(decorator: str) -> str:
    """Why a function with a decorator may not take one more parameter as it is, in words; "" where it surely does."""
    if decorator in SILENT or decorator.startswith("pytest.mark."):
        return ""
    if reads(decorator):
        return f"{decorator} reads its parameters, or calls it by them"
    return f"it is decorated with {decorator}, which may not hand on another argument"


def reads(callee: str) -> bool:
    """Whether a decorator or callee is known to read the parameters of what it is given."""
    return callee.startswith(_FRAMEWORKS) or callee.rpartition(".")[2] in _READING
