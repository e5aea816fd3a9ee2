# args: --unsafe
# path: tools.py
import os


def size(path):
    try:
        return {"ok": True, "size": os.stat(path).st_size}
    except Exception as error:
        return {"ok": False, "message": str(error)}


def made(path):
    try:
        os.mkdir(path)
        return True, ""
    except Exception as error:
        return False, str(error)
# output
import os


def size(path):
    try:
        return {"ok": True, "size": os.stat(path).st_size}
    except (OSError, ValueError) as error:
        return {"ok": False, "message": str(error)}


def made(path):
    try:
        os.mkdir(path)
        return True, ""
    except (OSError, ValueError) as error:
        return False, str(error)
