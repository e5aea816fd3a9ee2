# args: --unsafe
# path: shop.py
import os
import shutil


def listed(path: str) -> list[str]:
    try:
        return os.listdir(path)
    except Exception:
        return []


def forget(path: str) -> bool:
    try:
        shutil.rmtree(path)
    except Exception:
        return False
    return True
# output
import os
import shutil


def listed(path: str) -> list[str]:
    try:
        return os.listdir(path)
    except (OSError, ValueError):
        return []


def forget(path: str) -> bool:
    try:
        shutil.rmtree(path)
    except OSError:
        return False
    return True
