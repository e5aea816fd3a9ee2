"""What narrow-except refuses as an option: one clear line, before anything is written that could not run."""

from __future__ import annotations

import pytest

from codemods.engine import golden
from codemods.engine.codemod import OptionError
from codemods.engine.known import OBSERVED, Known, Project
from codemods.facts.exceptions.evidence import Evidence
from codemods.narrow_except.project import project_of
from codemods.narrow_except.verdict import Options

SHOP = b"def number(text: str):\n    try:\n        return int(text)\n    except Exception:\n        return None\n"


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (["--raises", "int=Nope"], "--raises: 'Nope' is not accepted; a builtin exception or the dotted name of one"),
        (["--raises", "int=int"], "--raises: 'int' is not accepted; a builtin exception"),
        (["--raises", "int=len"], "--raises: 'len' is not accepted; a builtin exception"),
        (["--raises", "int=a b.c"], "--raises: 'a b.c' is not accepted; a builtin exception"),
        (["--raises", "int=shop.class"], "--raises: 'shop.class' is not accepted; a builtin exception"),
        (["--raises", "shop..ask=OSError"], "--raises: 'shop..ask' is not accepted; the dotted name of a callable"),
        (["--raises", "ask()=OSError"], r"--raises: 'ask\(\)' is not accepted; the dotted name of a callable"),
        (["--keep", "TypError"], "--keep: 'TypError' is not accepted; a builtin exception"),
        (["--keep", "int"], "--keep: 'int' is not accepted; a builtin exception"),
    ],
)
def test_a_name_that_is_no_exception_is_refused(given: list[str], why: str) -> None:
    with pytest.raises(OptionError, match=why):
        golden.run("narrow-except", given, {"shop.py": SHOP})


@pytest.mark.parametrize(
    ("given", "clause"),
    [
        (["--raises", "int=OSError"], b"except OSError:"),
        (["--raises", "int=KeyboardInterrupt,OSError"], b"except OSError:"),
        (["--keep", "TypeError"], b"except ValueError:"),
        (["--keep", "shop.Gone"], b"except ValueError:"),
    ],
)
def test_names_of_exceptions_are_taken(given: list[str], clause: bytes) -> None:
    changed = golden.run("narrow-except", ["--unsafe", *given], {"shop.py": SHOP}).changed
    assert clause in (changed["shop.py"] or b"")


def test_evidence_of_another_version_is_refused_where_it_is_named_and_else_as_if_there_were_none() -> None:
    old, project = '{"codemod-evidence": 0}', Project(paths=("shop.py",))
    seen = Known(project=project, reports={OBSERVED: old})
    assert project_of(seen, Options()).evidence == Evidence()
    named = Known(project=project, reports={"seen.json": old})
    with pytest.raises(OptionError, match=r"another version of codemod \(0\); run codemod observe again"):
        project_of(named, Options(evidence="seen.json"))
