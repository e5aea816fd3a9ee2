# args: --unsafe
# path: shop.py
import requests


def page(url: str) -> str:
    try:
        answer = requests.get(url, timeout=3)
        answer.raise_for_status()
        return answer.text
    except Exception:
        return ""
# output
import requests


def page(url: str) -> str:
    try:
        answer = requests.get(url, timeout=3)
        answer.raise_for_status()
        return answer.text
    except requests.RequestException:
        return ""
