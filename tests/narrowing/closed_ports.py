"""Sockets that nobody listens to."""

import socket


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def reached(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except Exception:
        return False


def answer(port: int) -> bytes:
    connection = socket.socket()
    try:
        connection.connect(("127.0.0.1", port))
        return connection.recv(10)
    except Exception:
        return b""
    finally:
        connection.close()


def address(text: str) -> bytes:
    try:
        return socket.inet_aton(text)
    except Exception:
        return b""


NARROWED = ["reached", "answer", "address"]
ARRIVE = [
    ("ConnectionRefusedError", lambda: reached(free_port())),
    ("ConnectionRefusedError", lambda: answer(free_port())),
    ("OverflowError", lambda: answer(-1)),
    ("OSError", lambda: address("1.2.3.4.5")),
]
