"""Every codemod explains itself: its options, its codes and an example."""

from __future__ import annotations

import pytest

from codemods.engine import registry
from codemods.engine.options import describe
from runner.explain import explain


@pytest.mark.parametrize("name", sorted(registry.built_in()))
def test_a_codemod_tells_its_options_its_codes_and_an_example(name: str) -> None:
    told = explain(name)
    cls = registry.load(name)
    for option in describe(cls):
        assert f"  {option.flag}" in told
        assert not option.required or f"{option.help} [required]" in told
    assert all(f"  {code} " in told for code in cls.codes)
    assert "\nExample: " in told
