from .kinds import Handler, Option


def run(option: Option, handler: Handler) -> None: ...
