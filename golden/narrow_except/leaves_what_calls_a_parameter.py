# args: --unsafe
# path: shop.py
# skips: 4 N11-callback
def notify(done) -> bool:
    try:
        done(1)
    except Exception:
        return False
    return True
