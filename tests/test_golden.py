"""Every golden case of every codemod. `pytest --update-golden` rewrites the expected side and fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from codemods.engine import golden, registry

GOLDEN = Path(__file__).parent.parent / "golden"
CASES = [
    pytest.param(folder.name.replace("_", "-"), where, id=f"{folder.name}-{where.stem}")
    for folder in sorted(p for p in GOLDEN.iterdir() if p.is_dir())
    for where in golden.cases(folder)
]


@pytest.mark.parametrize(("name", "where"), CASES)
def test_case(name: str, where: Path, request: pytest.FixtureRequest) -> None:
    case = golden.load_case(where)
    wrong = golden.check(name, case)
    if wrong and request.config.getoption("--update-golden", default=False):
        golden.update(name, case)
        wrong.insert(0, "rewritten; read the difference before you keep it")
    assert not wrong, "\n".join(wrong)


def test_every_codemod_has_cases_that_change_and_cases_that_do_not() -> None:
    for name in registry.names():
        found = [golden.load_case(p) for p in golden.cases(GOLDEN / name.replace("-", "_"))]
        assert any(c.after for c in found), f"{name} has no case where something changes"
        assert any(not c.after for c in found), f"{name} has no case where nothing may change"
