# args: --unsafe
# path: shop.py
import yaml


def settings(text: str) -> object:
    try:
        return yaml.safe_load(text)
    except Exception:
        return None
# output
import yaml


def settings(text: str) -> object:
    try:
        return yaml.safe_load(text)
    except (ValueError, yaml.YAMLError):
        return None
