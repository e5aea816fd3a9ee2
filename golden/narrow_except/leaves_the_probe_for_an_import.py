# args: --unsafe
# path: shop.py
# skips: 3 N19-import-probe
try:
    import torch
except Exception:
    torch = None
