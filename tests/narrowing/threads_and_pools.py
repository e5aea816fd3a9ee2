"""concurrent.futures: errors arrive where the result is asked for."""

import concurrent.futures
import threading


class Refused(Exception):
    pass


def price(name: str) -> int:
    if name == "secret":
        raise Refused(name)
    return {"apple": 3}[name]


def result(name: str) -> int:
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        coming = pool.submit(price, name)
        try:
            return coming.result()
        except Exception:
            return -1


def all_of_them(names: list[str]) -> list[int]:
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        try:
            return list(pool.map(price, names))
        except Exception:
            return []


def late() -> str:
    gate = threading.Event()
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        coming = pool.submit(gate.wait, 5)
        try:
            coming.result(timeout=0.01)
        except Exception:
            return "late"
        finally:
            gate.set()
    return "done"


def worker(found: list[int], name: str) -> None:
    try:
        found.append(price(name))
    except Exception:
        found.append(-1)


def in_a_thread(name: str) -> list[int]:
    found: list[int] = []
    thread = threading.Thread(target=worker, args=(found, name))
    thread.start()
    thread.join()
    return found


def twice_started() -> str:
    thread = threading.Thread(target=print)
    thread.start()
    thread.join()
    try:
        thread.start()
    except Exception:
        return "once only"
    return "twice"


def released() -> bool:
    lock = threading.Lock()
    try:
        lock.release()
    except Exception:
        return False
    return True


ARRIVE = [
    ("KeyError", lambda: result("pear")),
    ("Refused", lambda: result("secret")),
    ("KeyError", lambda: all_of_them(["apple", "pear"])),
    ("TimeoutError", late),
    ("KeyError", lambda: in_a_thread("pear")),
    ("Refused", lambda: in_a_thread("secret")),
    ("RuntimeError", twice_started),
    ("RuntimeError", released),
]
