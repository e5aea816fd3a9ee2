# args: --unsafe
# path: shop.py
import dateutil.parser


def moment(row: dict[str, str]) -> object:
    try:
        return dateutil.parser.isoparse(row["when"])
    except Exception:
        return None
# output
import dateutil.parser


def moment(row: dict[str, str]) -> object:
    try:
        return dateutil.parser.isoparse(row["when"])
    except (KeyError, ValueError):
        return None
