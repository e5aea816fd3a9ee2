from app.types import Rows


def show(rows: Rows["Node"]) -> None: ...


class Node: ...
