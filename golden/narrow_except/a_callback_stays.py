# path: case.py
# skips: 4 N11-callback
def tell(callback):
    try:
        callback(1)
    except Exception:
        print("callback failed")
