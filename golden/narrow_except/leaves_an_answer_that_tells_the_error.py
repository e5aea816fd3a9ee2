# args: --unsafe
# path: tools.py
# skips: 9 N22-generic-use
# skips: 17 N22-generic-use
import json

from warehouse import index


def search(query):
    try:
        return json.dumps({"found": index.search(query)})
    except Exception as error:
        return json.dumps({"error": str(error)})


def check(query):
    try:
        index.check(query)
        return True, ""
    except Exception as error:
        return False, str(error)
