# args: --unsafe
# path: shop.py
import subprocess


def version() -> str:
    try:
        return subprocess.check_output(["git", "--version"], text=True)
    except Exception:
        return ""
# output
import subprocess


def version() -> str:
    try:
        return subprocess.check_output(["git", "--version"], text=True)
    except (OSError, ValueError, subprocess.CalledProcessError):
        return ""
