# args: --symbol mod.override --to replace
# path: mod.py
# skips: 6 S10-only-the-name
def override(text):
    return text


def run(text):  # type: (override) -> str
    return override(text) + text  # type: ignore[override]
# output
def replace(text):
    return text


def run(text):  # type: (replace) -> str
    return replace(text) + text  # type: ignore[override]
