"""Which clauses a reader would sign as they are, and which not: as many that have no category as that have one."""

from __future__ import annotations

import pytest

from codemods.engine.source import Source
from codemods.facts.exceptions.broad import broad_clauses
from codemods.facts.exceptions.categories import Category, category, counts


def categories(text: str) -> list[Category | None]:
    file = Source("app.py", text.encode())
    return [category(file, clause) for clause in broad_clauses(file)]


def said(text: str) -> str:
    """What is said of the one broad clause of a program: its code, or "" for none; "soft" where narrowing is better."""
    (found,) = categories(text)
    return "" if found is None else found.code if found.hard else f"{found.code} soft"


CASES = {
    # ---- raised again
    "raises_again": (
        """
def save(order):
    try:
        store(order)
    except Exception:
        rollback()
        raise
""",
        "N10-reraises",
    ),
    "raises_again_on_one_path": (
        """
def save(order, strict):
    try:
        store(order)
    except Exception as error:
        if strict:
            raise error
        print(error)
""",
        "N10-reraises",
    ),
    "raises_with_a_traceback": (
        """
def save(order):
    try:
        store(order)
    except Exception as error:
        raise error.with_traceback(None)
""",
        "N10-reraises",
    ),
    "raises_what_a_handler_further_in_caught": (
        """
def save(order):
    try:
        store(order)
    except Exception:
        try:
            rollback()
        except KeyError:
            raise
""",
        "",
    ),
    "raises_in_a_function_that_runs_elsewhere": (
        """
def save(order):
    try:
        store(order)
    except Exception as error:
        def later():
            raise error
        return later
""",
        "",
    ),
    "translates": (
        """
def save(order):
    try:
        store(order)
    except Exception as error:
        raise StorageError(order) from error
""",
        "N10-reraises soft",
    ),
    "translates_on_both_paths": (
        """
def save(order):
    try:
        store(order)
    except Exception as error:
        if order:
            raise StorageError(order) from error
        else:
            raise StorageError from error
""",
        "N10-reraises soft",
    ),
    "translates_and_hides_the_cause": (
        """
def save(order):
    try:
        store(order)
    except Exception:
        raise StorageError(order) from None
""",
        "",
    ),
    "translates_and_tells": (
        """
def save(order):
    try:
        store(order)
    except Exception:
        log.exception("no")
        raise StorageError(order)
""",
        "N10-reraises soft",
    ),
    "translates_with_its_text": (
        """
def save(order):
    try:
        store(order)
    except Exception as error:
        raise StorageError(f"{order}: {error}")
""",
        "N10-reraises soft",
    ),
    "translates_and_says_nothing_of_it": (
        """
def save(order):
    try:
        store(order)
    except Exception:
        raise StorageError(order)
""",
        "",
    ),
    "translates_on_one_path": (
        """
def save(order):
    try:
        store(order)
    except Exception as error:
        if order:
            raise StorageError(order) from error
        return None
""",
        "",
    ),
    "translates_into_many": (
        """
def save(order):
    try:
        store(order)
    except Exception as error:
        if order:
            raise StorageError(order) from error
        raise EmptyError from error
""",
        "",
    ),
    "raises_what_a_function_makes": (
        """
def save(order):
    try:
        store(order)
    except Exception as error:
        raise describe(error)
""",
        "",
    ),
    # ---- callbacks
    "calls_a_parameter": (
        """
def each(rows, action):
    for row in rows:
        try:
            action(row)
        except Exception:
            log.exception("no")
""",
        "N11-callback",
    ),
    "calls_what_a_decorator_wraps": (
        """
def quiet(func):
    def wrapper(*args, **kwargs):
        try:
            return func(*args, **kwargs)
        except Exception:
            return None
    return wrapper
""",
        "N11-callback",
    ),
    "awaits_a_parameter": (
        """
async def quiet(coro):
    try:
        return await coro
    except Exception:
        return None
""",
        "N11-callback",
    ),
    "calls_an_attribute_that_the_maker_gives": (
        """
from typing import Callable

class Button:
    def __init__(self, press: Callable[[], None]):
        self.press = press
    def click(self):
        try:
            self.press()
        except Exception:
            return False
""",
        "N11-callback",
    ),
    "calls_an_attribute_named_callback": (
        """
class Button:
    def __init__(self, on_press=None):
        self._on_press = on_press or print
    def click(self):
        try:
            self._on_press()
        except Exception:
            return False
""",
        "N11-callback",
    ),
    "calls_each_listener": (
        """
class Bus:
    def fire(self, event):
        for listener in list(self.listeners):
            try:
                listener(event)
            except Exception:
                log.exception("no")
""",
        "N11-callback",
    ),
    "calls_a_handler_from_a_registry": (
        """
def run(command):
    handler = HANDLERS[command.name]
    try:
        handler(command)
    except Exception:
        return False
""",
        "N11-callback",
    ),
    "calls_a_function_of_the_module": (
        """
def handler(command): ...
def run(command):
    try:
        handler(command)
    except Exception:
        return False
""",
        "",
    ),
    "calls_a_method_of_a_parameter": (
        """
def run(session):
    try:
        session.execute("select 1")
    except Exception:
        return False
""",
        "",
    ),
    "calls_a_class_that_is_a_parameter": (
        """
def make(model_cls, factory: type[Model], row):
    try:
        return model_cls(row) or factory(row)
    except Exception:
        return None
""",
        "",
    ),
    "calls_a_parameter_of_a_known_type": (
        """
def predict(model: Network, row):
    try:
        return model(row)
    except Exception:
        return None
""",
        "",
    ),
    "calls_a_name_that_is_bound_anew": (
        """
def run(action):
    action = Action(action)
    try:
        action()
    except Exception:
        return None
""",
        "",
    ),
    "calls_one_of_those_that_stand_there": (
        """
def load(text):
    for parse in (parse_json, parse_yaml):
        try:
            return parse(text)
        except Exception:
            continue
""",
        "",
    ),
    "calls_a_method_named_handler": (
        """
class Server:
    def handler(self): ...
    def run(self):
        try:
            self.handler()
        except Exception:
            return None
""",
        "",
    ),
    "calls_a_parameter_that_is_said_to_be_callable": (
        """
def run(order, emit: callable = None):
    try:
        emit(order)
    except Exception:
        return None
""",
        "N11-callback",
    ),
    "calls_a_parameter_of_a_class_of_the_project": (
        """
def run(order, emit: CallableOrder):
    try:
        emit(order)
    except Exception:
        return None
""",
        "",
    ),
    "calls_a_function_that_is_looked_up": (
        """
def run(tools, name, given):
    tool_function = tools[name]
    try:
        return tool_function(given)
    except Exception:
        return None
""",
        "N11-callback",
    ),
    "calls_a_function_of_the_file": (
        """
def tool_function(given): ...
def run(given):
    try:
        return tool_function(given)
    except Exception:
        return None
""",
        "",
    ),
    "calls_what_tests_replace": (
        """
class Limit:
    def __init__(self, clock: Callable[[], float], print_verbose: Callable[[str], None]):
        self.clock, self.print_verbose = clock, print_verbose
        self.clock = clock
    def check(self, sleep: Callable[[float], None]):
        try:
            sleep(self.clock())
        except Exception:
            return None
""",
        "",
    ),
    "calls_a_method_of_a_dictionary_named_callback": (
        """
def names(callbacks):
    for callback in callbacks:
        try:
            found = callback.get("name").lower()
        except Exception:
            found = ""
        yield found
""",
        "",
    ),
    "calls_a_method_of_each_callback": (
        """
def fire(callbacks, event):
    for callback in callbacks:
        try:
            found = callback.log_event(event)
        except Exception:
            found = ""
        yield found
""",
        "N11-callback",
    ),
    "calls_a_parameter_later": (
        """
def run(action):
    try:
        task = lambda: action()
    except Exception:
        return None
""",
        "",
    ),
    # ---- plugins
    "imports_by_name": (
        """
import importlib
def load(name):
    try:
        return importlib.import_module(f"shop.plugins.{name}")
    except Exception:
        return None
""",
        "N12-plugin",
    ),
    "loads_an_entry_point": (
        """
from importlib.metadata import entry_points
def load():
    for ep in entry_points(group="shop"):
        try:
            found = ep.load()
        except Exception:
            found = None
        yield found
""",
        "N12-plugin",
    ),
    "runs_code": (
        """
def run(code):
    try:
        exec(code, {})
    except Exception:
        return False
""",
        "N12-plugin",
    ),
    "calls_a_plugin": (
        """
def start(plugins):
    for plugin in plugins:
        try:
            plugin.start()
        except Exception:
            log.exception("no")
""",
        "N12-plugin",
    ),
    "imports_a_module_that_is_written_there": (
        """
import importlib
def load():
    try:
        return importlib.import_module("numpy").array
    except Exception:
        return None
""",
        "",
    ),
    "loads_a_file": (
        """
import json
def load(entry):
    try:
        return entry.load()
    except Exception:
        return None
""",
        "",
    ),
    "an_exec_of_its_own": (
        """
def exec(code): ...
def run(code):
    try:
        exec(code)
    except Exception:
        return False
""",
        "",
    ),
    # ---- loops
    "isolates": (
        """
def handle_all(orders):
    for order in orders:
        try:
            ship(order)
        except Exception:
            log.exception("order %s", order)
""",
        "N13-isolates soft",
    ),
    "isolates_and_collects": (
        """
def handle_all(orders):
    failed = []
    for order in orders:
        try:
            order.ship()
        except Exception:
            failed.append(order)
            continue
        announce(order)
""",
        "N13-isolates soft",
    ),
    "isolates_with_a_loop_inside": (
        """
def handle_all(orders):
    for order in orders:
        try:
            for part in order.split(","):
                if part.startswith("id="):
                    break
            ship(order)
        except Exception:
            log.exception("order %s", order)
""",
        "N13-isolates soft",
    ),
    "leaves_from_a_loop_inside": (
        """
def handle_all(orders):
    for order in orders:
        try:
            for part in order.split(","):
                if part.startswith("id="):
                    return ship(part)
        except Exception:
            log.exception("order %s", order)
""",
        "",
    ),
    "isolates_a_part_of_a_pass": (
        """
def handle_all(orders):
    for order in orders:
        try:
            ship(order)
        except Exception:
            pass
        announce(order)
""",
        "",
    ),
    "isolates_nothing_of_the_item": (
        """
def handle_all(orders):
    for order in orders:
        try:
            reconnect()
        except Exception:
            pass
""",
        "",
    ),
    "converts_an_item": (
        """
def numbers(texts):
    for text in texts:
        try:
            total = int(text)
        except Exception:
            continue
""",
        "",
    ),
    "gives_a_default": (
        """
def numbers(texts):
    for text in texts:
        try:
            number = parse(text)
        except Exception:
            number = 0
""",
        "",
    ),
    "ends_at_the_first_failure": (
        """
def handle_all(orders):
    for order in orders:
        try:
            ship(order)
        except Exception:
            log.exception("no")
            break
""",
        "",
    ),
    "tries_one_after_the_other": (
        """
def fetch(mirrors):
    for mirror in mirrors:
        try:
            return download(mirror)
        except Exception:
            continue
""",
        "",
    ),
    "works": (
        """
import time
def serve(jobs):
    while True:
        try:
            work(jobs.get())
        except Exception:
            log.exception("no")
            time.sleep(1)
""",
        "N14-worker soft",
    ),
    "works_until_stopped": (
        """
class Service:
    async def serve(self):
        while not self._stop.is_set():
            try:
                await self.poll()
            except Exception:
                log.exception("no")
""",
        "N14-worker soft",
    ),
    "reads_until_the_end": (
        """
def serve(file):
    while line := file.readline():
        try:
            work(line)
        except Exception:
            log.exception("no")
""",
        "",
    ),
    "works_in_a_small_part_of_a_loop": (
        """
def serve(jobs):
    while True:
        job = jobs.get()
        check(job)
        count(job)
        prepare(job)
        try:
            note(job)
        except Exception:
            log.exception("no")
        finish(job)
        tell(job)
""",
        "",
    ),
    "leaves_the_loop": (
        """
def serve(jobs):
    while True:
        try:
            work(jobs.get())
        except Exception:
            break
""",
        "",
    ),
    "tries_again": (
        """
import time
def fetch(url):
    for attempt in range(3):
        try:
            return download(url)
        except Exception:
            time.sleep(2 ** attempt)
""",
        "N24-retries soft",
    ),
    "tries_again_while": (
        """
import asyncio
async def fetch(url):
    retries = 3
    while retries > 0:
        try:
            return await download(url)
        except Exception:
            retries -= 1
            await asyncio.sleep(1)
""",
        "N24-retries soft",
    ),
    "counts_in_a_loop": (
        """
import time
def fetch(pages):
    for i in range(pages):
        try:
            download(pages)
        except Exception:
            time.sleep(1)
""",
        "",
    ),
    "tries_again_at_once": (
        """
def fetch(url):
    for attempt in range(3):
        try:
            return download(url)
        except Exception:
            url = url + "/"
""",
        "",
    ),
    # ---- threads, tasks, the program
    "a_thread": (
        """
import threading
def listen():
    try:
        serve()
    except Exception:
        log.exception("no")
threading.Thread(target=listen).start()
""",
        "N15-thread-or-task",
    ),
    "a_task": (
        """
import asyncio
class App:
    async def start(self):
        self.task = asyncio.create_task(self._watch(1))
    async def _watch(self, seconds):
        try:
            await watch(seconds)
        except Exception:
            log.exception("no")
""",
        "N15-thread-or-task",
    ),
    "a_thread_class": (
        """
from threading import Thread
class Listener(Thread):
    def run(self):
        try:
            serve()
        except Exception:
            log.exception("no")
""",
        "N15-thread-or-task",
    ),
    "a_celery_task": (
        """
@app.task(bind=True)
def ship(self, order):
    try:
        deliver(order)
    except Exception:
        log.exception("no")
""",
        "N15-thread-or-task",
    ),
    "a_part_of_a_thread": (
        """
import threading
def listen():
    socket = open_socket()
    check(socket)
    try:
        name = look_up(socket)
    except Exception:
        name = ""
    serve(socket, name)
    say(name)
    close(socket)
threading.Thread(target=listen).start()
""",
        "",
    ),
    "a_function_that_is_called": (
        """
import threading
def listen():
    try:
        serve()
    except Exception:
        log.exception("no")
listen()
""",
        "",
    ),
    "another_function_of_that_name": (
        """
import threading
class App:
    def listen(self):
        try:
            serve()
        except Exception:
            log.exception("no")
def listen(): ...
threading.Thread(target=listen).start()
""",
        "",
    ),
    "main_tells_and_exits": (
        """
import sys
def main():
    try:
        run()
    except Exception as error:
        print(error)
        sys.exit(1)
if __name__ == "__main__":
    main()
""",
        "N17-main",
    ),
    "the_program": (
        """
if __name__ == "__main__":
    try:
        run()
    except Exception as error:
        print(error)
""",
        "N17-main",
    ),
    "a_command": (
        """
import click
@click.command()
def deploy():
    try:
        run()
    except Exception as error:
        raise click.ClickException(str(error))
""",
        "N17-main",
    ),
    "main_returns_a_code": (
        """
import sys
def main():
    try:
        run()
    except Exception as error:
        print(error)
        return 2
    return 0
if __name__ == "__main__":
    sys.exit(main())
""",
        "N17-main",
    ),
    "a_helper_exits": (
        """
import sys
def load(path):
    try:
        return read(path)
    except Exception as error:
        print(error)
        sys.exit(1)
""",
        "N17-main soft",
    ),
    "a_part_of_main": (
        """
def main():
    try:
        name = look_up()
    except Exception:
        name = ""
    prepare(name)
    check(name)
    run(name)
    tell(name)
if __name__ == "__main__":
    main()
""",
        "",
    ),
    "exits_as_if_nothing_was": (
        """
import sys
def load(path):
    try:
        return read(path)
    except Exception:
        sys.exit(0)
""",
        "",
    ),
    "returns_a_number": (
        """
def size(path):
    try:
        return read(path)
    except Exception:
        return 1
""",
        "",
    ),
    # ---- cleanup
    "closes": (
        """
def stop(socket):
    try:
        socket.close()
    except Exception:
        pass
""",
        "N16-cleanup soft",
    ),
    "closes_and_waits": (
        """
import asyncio, contextlib
async def stop(writer):
    with contextlib.suppress(Exception):
        writer.close()
        await asyncio.wait_for(writer.wait_closed(), 1)
""",
        "N16-cleanup soft",
    ),
    "removes_a_file": (
        """
import os
def stop(path):
    if os.path.exists(path):
        try:
            os.unlink(path)
        except Exception:
            log.warning("still there")
""",
        "N16-cleanup soft",
    ),
    "a_finalizer": (
        """
class Pool:
    def __del__(self):
        try:
            self.drain(now=True)
        except Exception:
            pass
""",
        "N16-cleanup",
    ),
    "at_exit": (
        """
import atexit
@atexit.register
def flush():
    try:
        write_all()
    except Exception:
        pass
""",
        "N16-cleanup",
    ),
    "closes_what_it_opens": (
        """
def probe(path):
    try:
        open_port(path).close()
    except Exception:
        pass
""",
        "",
    ),
    "closes_and_does_more": (
        """
def stop(socket):
    try:
        send_all(socket)
        socket.close()
    except Exception:
        pass
""",
        "",
    ),
    "closes_and_answers": (
        """
def stop(socket):
    try:
        socket.close()
    except Exception:
        return False
    return True
""",
        "",
    ),
    "stops_a_count": (
        """
def finish(metrics, size):
    try:
        metrics.stop(size)
    except Exception:
        pass
""",
        "",
    ),
    "a_finalizer_that_answers": (
        """
class Pool:
    def __exit__(self, *args):
        try:
            return self.drain()
        except Exception:
            return self.broken()
""",
        "",
    ),
    # ---- the web
    "a_route": (
        """
from fastapi import APIRouter, HTTPException
router = APIRouter()
@router.post("/orders")
async def create(order: Order):
    try:
        return await store(order)
    except Exception as error:
        raise HTTPException(500, str(error))
""",
        "N18-web-boundary",
    ),
    "a_flask_route": (
        """
@app.route("/orders")
def orders():
    try:
        return jsonify(all_orders())
    except Exception as error:
        return jsonify({"error": str(error)}), 500
""",
        "N18-web-boundary",
    ),
    "a_view": (
        """
from django.views import View
class Orders(View):
    def get(self, request):
        try:
            return JsonResponse(all_orders())
        except Exception as error:
            return JsonResponse({"error": str(error)}, status=500)
""",
        "N18-web-boundary",
    ),
    "an_aiohttp_handler": (
        """
from aiohttp import web
async def orders(request: web.Request) -> web.Response:
    try:
        return web.json_response(await all_orders())
    except Exception as error:
        return web.json_response({"error": str(error)}, status=500)
""",
        "N18-web-boundary",
    ),
    "a_part_of_a_route": (
        """
@router.post("/orders")
async def create(request):
    try:
        body = await request.json()
    except Exception as error:
        raise HTTPException(400, "no JSON")
    check(body)
    count(body)
    store(body)
    tell(body)
    return body
""",
        "N18-web-boundary soft",
    ),
    "a_route_that_gives_a_default": (
        """
@router.get("/orders")
async def orders():
    try:
        return await all_orders()
    except Exception:
        return []
""",
        "",
    ),
    "a_route_that_goes_on": (
        """
@router.get("/orders")
async def orders():
    try:
        found = await all_orders()
    except Exception:
        log.exception("no")
        found = None
    return found
""",
        "",
    ),
    "a_getter_of_a_client": (
        """
@cache.get("orders")
def orders():
    try:
        return all_orders()
    except Exception as error:
        return {"error": str(error)}
""",
        "",
    ),
    "get_of_no_view": (
        """
class Orders(Store):
    def get(self, key):
        try:
            return self.look_up(key)
        except Exception as error:
            return {"error": str(error)}
""",
        "",
    ),
    # ---- imports
    "probes": (
        """
try:
    import torch
    HAS_TORCH = True
except Exception:
    HAS_TORCH = False
""",
        "N19-import-probe",
    ),
    "asks_what_may_not_be_there": (
        """
def device():
    try:
        import torch
        if not torch.cuda.is_available():
            raise RuntimeError("no device")
        return "cuda"
    except Exception:
        return "cpu"
""",
        "N19-import-probe soft",
    ),
    "asks_the_standard_library": (
        """
def zone():
    try:
        import zoneinfo
        return zoneinfo.ZoneInfo("Asia/Tokyo")
    except Exception:
        return None
""",
        "",
    ),
    "asks_the_project": (
        """
def rate():
    try:
        from .prices import rates
        return rates.today()
    except Exception:
        return 1
""",
        "",
    ),
    "asks_what_the_file_has": (
        """
import torch
def device():
    try:
        import torch
        return torch.cuda.current_device()
    except Exception:
        return "cpu"
""",
        "",
    ),
    "asks_more_than_what_it_imports": (
        """
def device(model):
    try:
        import torch
        return model.to(torch.device("cuda"))
    except Exception:
        return model
""",
        "",
    ),
    "probes_and_keeps_why": (
        """
try:
    from .postgres import Handler
    import_error = None
except Exception as error:
    Handler, import_error = None, error
""",
        "N19-import-probe",
    ),
    "imports_late_and_works": (
        """
def report(rows):
    try:
        from .writer import write
        write(rows)
    except Exception:
        return None
""",
        "",
    ),
    "imports_somewhere": (
        """
def report(rows):
    try:
        check(rows)
        import json
    except Exception:
        return None
""",
        "",
    ),
    # ---- yields
    "a_context_manager": (
        """
from contextlib import contextmanager
@contextmanager
def quiet():
    try:
        yield
    except Exception as error:
        log.warning("%s", error)
""",
        "N20-yields",
    ),
    "a_fixture": (
        """
import pytest
@pytest.fixture
def db():
    try:
        yield connect()
    except Exception as error:
        log.warning("%s", error)
""",
        "N20-yields",
    ),
    "a_generator": (
        """
def lines(path):
    try:
        for line in read(path):
            yield line
    except Exception as error:
        log.warning("%s", error)
""",
        "",
    ),
    "a_context_manager_that_yields_elsewhere": (
        """
from contextlib import contextmanager
@contextmanager
def quiet():
    try:
        found = connect()
    except Exception as error:
        found = None
    yield found
""",
        "",
    ),
    # ---- signed
    "noqa_with_its_code": (
        """
try:
    run()
except Exception:  # noqa: BLE001 - the user's code
    result = None
""",
        "N21-signed",
    ),
    "noqa_of_all": (
        """
try:
    run()
except Exception:  # noqa
    result = None
""",
        "N21-signed",
    ),
    "pylint": (
        """
try:
    run()
except Exception:  # pylint: disable=invalid-name,broad-except
    result = None
""",
        "N21-signed",
    ),
    "broad": (
        """
try:
    run()
except Exception:  # broad: the user's code
    result = None
""",
        "N21-signed",
    ),
    "a_reason_on_the_line": (
        """
try:
    run()
except Exception:  # the report must not fail because of this
    result = None
""",
        "N21-signed",
    ),
    "a_reason_above": (
        """
try:
    run()
# drivers raise whatever they like, there is no common base
except Exception:
    result = None
""",
        "N21-signed",
    ),
    "a_reason_in_the_handler": (
        """
try:
    run()
except Exception:
    # Statistics are best effort: an error here
    # is of no interest to whoever asked.
    result = None
""",
        "N21-signed",
    ),
    "a_reason_where_it_is_raised_again": (
        """
try:
    run()
except Exception:  # the report must not fail because of this
    tell()
    raise
""",
        "N10-reraises",
    ),
    "a_reason_at_suppress": (
        """
import contextlib
with contextlib.suppress(Exception):  # the cache must never break a request
    warm()
""",
        "N21-signed",
    ),
    "noqa_of_silence": (
        """
try:
    run()
except Exception:  # noqa: S110
    pass
""",
        "N21-signed soft",
    ),
    "noqa_of_something_else": (
        """
try:
    run()
except Exception as e:  # noqa: E501
    result = None
""",
        "",
    ),
    "noqa_in_the_body": (
        """
try:
    run()  # noqa: BLE001
except Exception:
    result = None
""",
        "",
    ),
    "what_the_handler_does": (
        """
try:
    run()
except Exception:
    # Use the default value and go on below
    result = None
""",
        "",
    ),
    "a_task_to_do": (
        """
try:
    run()
except Exception:  # TODO: which errors can this raise at all, any error?
    result = None
""",
        "",
    ),
    "code_that_was": (
        """
try:
    run()
except Exception:
    # suppress(any_error, broad, never)
    result = None
""",
        "",
    ),
    "few_words": (
        """
try:
    run()
except Exception:  # any error
    result = None
""",
        "",
    ),
    "a_reason_for_the_line_before": (
        """
try:
    run()
    # the report must not fail because of this
    tell()
except Exception:
    result = None
""",
        "",
    ),
    # ---- passed on as a value
    "a_future_gets_it": (
        """
def run(future, job):
    try:
        future.set_result(job.run())
    except Exception as error:
        future.set_exception(error)
""",
        "N22-generic-use",
    ),
    "it_is_collected": (
        """
def run(job):
    errors = []
    try:
        job.run()
    except Exception as error:
        errors.append((job, error))
    return errors
""",
        "N22-generic-use",
    ),
    "it_is_the_result": (
        """
def run(job):
    try:
        return job.run()
    except Exception as error:
        return error
""",
        "N22-generic-use",
    ),
    "it_is_kept": (
        """
def run(job):
    try:
        job.run()
    except Exception as error:
        job.error = error
""",
        "N22-generic-use",
    ),
    "the_handler_asks_what_it_is": (
        """
def run(job):
    try:
        job.run()
    except Exception as error:
        if isinstance(error, KeyError):
            return 1
        return 2
""",
        "N22-generic-use",
    ),
    "its_text_is_collected": (
        """
def run(job):
    errors = []
    try:
        job.run()
    except Exception as error:
        errors.append(str(error))
    return errors
""",
        "",
    ),
    "its_type_is_logged": (
        """
def run(job):
    try:
        job.run()
    except Exception as error:
        log.warning("%s: %s", type(error).__name__, error)
""",
        "",
    ),
    "it_is_logged": (
        """
def run(job):
    try:
        job.run()
    except Exception as error:
        log.warning("no", exc_info=error)
        return None
""",
        "",
    ),
    "something_else_is_asked": (
        """
def run(job):
    try:
        job.run()
    except Exception as error:
        if isinstance(job, dict):
            return 1
        return 2
""",
        "",
    ),
    "an_answer_of_the_same_form_tells_it": (
        """
def search(query):
    try:
        return json.dumps({"found": index.search(query)})
    except Exception as error:
        log.exception("no")
        return json.dumps({"error": str(error)})
""",
        "N22-generic-use soft",
    ),
    "a_result_tells_it": (
        """
def run(tool, given):
    if tool is None:
        return Result(error="no tool")
    try:
        value = tool.run(given)
    except Exception as error:
        text = f"{type(error).__name__}: {error}"
        return Result(error=text)
    return value
""",
        "N22-generic-use soft",
    ),
    "a_dictionary_of_the_same_keys_tells_it": (
        """
async def check(host):
    try:
        answer = await host.ping()
        return {"success": True, "answer": answer}
    except Exception as error:
        return {"success": False, "message": f"no answer: {error}"}
""",
        "N22-generic-use soft",
    ),
    "a_pair_tells_it": (
        """
def check(host):
    try:
        host.ping()
        return True, ""
    except Exception as error:
        return False, str(error)
""",
        "N22-generic-use soft",
    ),
    "a_stream_tells_it": (
        """
async def stream(question):
    try:
        async for word in model.ask(question):
            yield event("word", text=word)
    except Exception as error:
        log.exception("no")
        yield event("error", text=str(error))
""",
        "N22-generic-use soft",
    ),
    "the_answer_does_not_tell_it": (
        """
def search(query):
    try:
        return json.dumps({"found": index.search(query)})
    except Exception as error:
        log.exception("no: %s", error)
        return json.dumps({"error": "nothing found"})
""",
        "",
    ),
    "its_text_is_no_error_there": (
        """
def search(query):
    try:
        return json.dumps({"found": index.search(query)})
    except Exception as error:
        return json.dumps({"found": str(error)})
""",
        "",
    ),
    "an_answer_of_another_form_tells_it": (
        """
def search(query):
    try:
        return index.search(query)
    except Exception as error:
        return {"error": str(error)}
""",
        "",
    ),
    "a_dictionary_of_other_keys_tells_it": (
        """
def search(query):
    try:
        return {"found": index.search(query)}
    except Exception as error:
        return {"error": str(error)}
""",
        "",
    ),
    "its_text_is_the_answer": (
        """
def search(query):
    try:
        return str(index.search(query))
    except Exception as error:
        return str(error)
""",
        "",
    ),
    "not_every_way_answers": (
        """
def search(query, strict):
    try:
        return json.dumps({"found": index.search(query)})
    except Exception as error:
        if strict:
            return json.dumps({"error": str(error)})
        return None
""",
        "",
    ),
    "a_part_of_a_function_answers": (
        """
def search(query, count):
    try:
        words = split(query)
    except Exception as error:
        return json.dumps({"error": str(error)})
    found = index.search(words)
    found.sort()
    found = found[:count]
    log.info("found %s", len(found))
    return json.dumps({"found": found})
""",
        "",
    ),
    "a_generator_gives_a_default": (
        """
def stream(question):
    try:
        for word in model.ask(question):
            yield event("word", text=word)
    except Exception as error:
        yield event("error", text="no answer")
""",
        "",
    ),
    # ---- what a task raised
    "the_result_of_a_future": (
        """
from concurrent.futures import as_completed
def gather(pool, jobs):
    futures = [pool.submit(work, job) for job in jobs]
    for future in as_completed(futures):
        try:
            found = future.result()
        except Exception:
            found = None
        yield found
""",
        "N15-thread-or-task soft",
    ),
    "the_result_of_what_was_submitted": (
        """
def run(pool, job):
    future = pool.submit(job.run)
    try:
        return future.result(timeout=3)
    except Exception:
        return None
""",
        "N15-thread-or-task soft",
    ),
    "the_result_of_a_match": (
        """
def run(games):
    for game in games:
        try:
            found = game.result()
        except Exception:
            found = None
        yield found
""",
        "",
    ),
    "what_is_done_with_a_result": (
        """
def run(pool, job):
    future = pool.submit(job.run)
    found = future.result()
    try:
        return found.result()
    except Exception:
        return None
""",
        "",
    ),
    # ---- side effects
    "publishes": (
        """
def ship(order):
    deliver(order)
    try:
        bus.publish("shipped", order.id)
    except Exception:
        log.exception("no")
""",
        "N23-side-effect soft",
    ),
    "sends_an_event": (
        """
async def ship(order):
    await deliver(order)
    try:
        payload = {"id": order.id}
        await client.send_event("shipped", payload)
    except Exception:
        log.exception("no")
""",
        "N23-side-effect soft",
    ),
    "publishes_and_answers": (
        """
def ship(order):
    try:
        bus.publish("shipped", order.id)
    except Exception:
        return False
    return True
""",
        "",
    ),
    "what_is_published_counts": (
        """
def ship(order):
    try:
        receipt = bus.publish("shipped", order.id)
    except Exception:
        log.exception("no")
""",
        "",
    ),
    "sends_bytes": (
        """
def ship(sock, data):
    try:
        sock.send(data)
    except Exception:
        log.exception("no")
""",
        "",
    ),
    "delivers": (
        """
def ship(order):
    try:
        deliver(order)
    except Exception:
        log.exception("no")
""",
        "",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_why_a_clause_may_stay(name: str) -> None:
    text, expected = CASES[name]
    assert said(text) == expected


def test_as_many_have_none_as_have_one() -> None:
    none = [name for name, (_, expected) in CASES.items() if not expected]
    assert abs(len(none) - (len(CASES) - len(none))) <= len(CASES) // 8


# ---- words -------------------------------------------------------------------------------------------

WORDS = {
    "isolates": "one order must not stop the others",
    "a_thread": "a thread runs it, nothing above handles errors",
    "a_task": "create_task starts it, nothing above handles errors",
    "calls_a_parameter": "calls action, which may be any callable",
    "awaits_a_parameter": "awaits coro, which the caller gives",
    "calls_a_plugin": "calls a plugin, plugin.start",
    "closes": "socket.close is cleanup",
    "a_route": "POST /orders: the client gets an error response",
    "probes": "importing torch may run any code",
    "probes_and_keeps_why": "importing .postgres may run any code",
    "raises_again_on_one_path": "the handler raises it again on one path",
    "translates": "raised as StorageError, nothing is hidden",
    "a_future_gets_it": "the exception is handed to set_exception",
    "an_answer_of_the_same_form_tells_it": "its text is what search answers",
    "a_stream_tells_it": "its text is what stream answers",
    "the_result_of_a_future": "what the task raised arrives at future.result",
    "asks_what_may_not_be_there": "asking torch may run any code",
    "publishes": "bus.publish must not stop what goes on",
    "main_tells_and_exits": "main ends the program with an exit code",
}


@pytest.mark.parametrize("name", WORDS)
def test_the_words_are_of_the_code_at_hand(name: str) -> None:
    (found,) = categories(CASES[name][0])
    assert found is not None
    assert found.words == WORDS[name]


def test_there_is_a_short_form_of_each() -> None:
    for text, _ in CASES.values():
        for found in categories(text):
            assert found is None or 0 < len(found.short) <= 30


# ---- counts ------------------------------------------------------------------------------------------

COUNTED = """
import contextlib, pytest, unittest
def ship(socket):
    try:
        deliver(socket)
    except Exception:
        return None
    try:
        deliver(socket)
    except ValueError:
        return None
    with contextlib.suppress(Exception):
        socket.close()
    try:
        deliver(socket)
    except:
        raise
    try:
        deliver(socket)
    except* Exception:
        pass
class TestShip(unittest.TestCase):
    def test_it(self):
        with pytest.raises(Exception), pytest.raises(KeyError), pytest.raises(Exception, match="no"):
            ship(None)
        with self.assertRaises(Exception):
            ship(None)
        self.assertRaises(ValueError, ship, None)
        self.assertRaisesRegex(BaseException, "no", ship, None)
"""


def test_clauses_are_counted_by_file_and_category() -> None:
    texts = {"shop.py": COUNTED, "plain.py": "def ship(): ...\n", "own.py": "def raises(x): ...\nraises(Exception)\n"}
    found = counts({path: Source(path, text.encode()) for path, text in texts.items()})
    assert found == {"shop.py": {"none": 1, "N16-cleanup": 1, "N10-reraises": 1, "groups": 1, "raises": 2}}
