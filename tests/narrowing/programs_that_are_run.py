"""Programs that are missing, that fail, and that take too long."""

import subprocess
import sys


def output(command: list[str]) -> str:
    try:
        return subprocess.check_output(command, text=True, stderr=subprocess.DEVNULL, timeout=0.4)
    except Exception:
        return "failed"


def checked(code: str) -> bool:
    try:
        subprocess.run([sys.executable, "-S", "-c", code], check=True, stderr=subprocess.DEVNULL)
    except Exception:
        return False
    return True


NARROWED = ["output", "checked"]
ARRIVE = [
    ("FileNotFoundError", lambda: output(["/no/such/program"])),
    ("PermissionError", lambda: output(["/dev/null"])),
    ("CalledProcessError", lambda: output(["false"])),
    ("TimeoutExpired", lambda: output(["sleep", "5"])),
    ("CalledProcessError", lambda: checked("raise SystemExit(3)")),
    ("ValueError", lambda: checked("a\0b")),
]
