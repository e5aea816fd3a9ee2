# args: --unsafe
# path: shop.py
# skips: 6 N19-import-probe
def has_torch() -> bool:
    try:
        import torch

        return True
    except Exception:
        return False
