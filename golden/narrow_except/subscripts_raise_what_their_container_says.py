# args: --unsafe
# path: shop.py
def of_a_dict(prices: dict[str, int], name: str) -> int:
    try:
        return prices[name]
    except Exception:
        return 0


def of_a_list(names: list[str]) -> str:
    try:
        return names[3]
    except Exception:
        return ""


def of_what_nobody_knows(values, place):
    try:
        return values[place]
    except Exception:
        return None


def deleted(prices: dict[str, int], names: list[str]) -> None:
    try:
        del prices["apple"]
        del names[3]
    except Exception:
        print("nothing to delete")


def set_in_a_list(names: list[str]) -> None:
    try:
        names[3] = "apple"
    except Exception:
        print("no fourth name")
# output
def of_a_dict(prices: dict[str, int], name: str) -> int:
    try:
        return prices[name]
    except KeyError:
        return 0


def of_a_list(names: list[str]) -> str:
    try:
        return names[3]
    except IndexError:
        return ""


def of_what_nobody_knows(values, place):
    try:
        return values[place]
    except (IndexError, KeyError):
        return None


def deleted(prices: dict[str, int], names: list[str]) -> None:
    try:
        del prices["apple"]
        del names[3]
    except (IndexError, KeyError):
        print("nothing to delete")


def set_in_a_list(names: list[str]) -> None:
    try:
        names[3] = "apple"
    except IndexError:
        print("no fourth name")
