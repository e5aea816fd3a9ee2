# args: --unsafe
# path: shop.py
import httpx


def page(url: str) -> int:
    try:
        with httpx.Client() as client:
            return client.get(url).status_code
    except Exception:
        return 0
# output
import httpx


def page(url: str) -> int:
    try:
        with httpx.Client() as client:
            return client.get(url).status_code
    except (httpx.InvalidURL, httpx.RequestError):
        return 0
