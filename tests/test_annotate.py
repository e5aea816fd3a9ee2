"""The line of why: where it goes, in which form, and that the linter of the project is content with it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from codemods.engine.compose import splice
from codemods.engine.known import Project
from codemods.engine.source import Source
from codemods.facts.exceptions.broad import broad_clauses
from codemods.facts.exceptions.categories import Category, category
from codemods.facts.linters import Linters, Linting
from codemods.narrow_except.annotate import annotation

RUFF = Linters(blind=("BLE001",), bare=("E722",), reads_noqa="ruff")
FLAKE8 = Linters(blind=("B902",), bare=("B901", "E722"), reads_noqa="flake8")
PYLINT = Linters(pylint="broad-exception-caught", pylint_bare=True)
NOBODY = Linters()

WHY = Category(code="N14-worker", words="one failed pass must not end the loop", hard=False)


def annotated(text: str, linters: Linters, why: Category = WHY) -> str:
    """A program with the line of why at each clause that has none."""
    file = Source("app.py", text.encode())
    edits = []
    for clause in broad_clauses(file):
        known = category(file, clause)
        found = annotation(file, clause, known if known and known.code == "N21-signed" else why, linters)
        edits += [found.edit] if found else []
    return splice(file, edits).decode()


def handler(line: str) -> str:
    """A program whose clause is one line."""
    return f"try:\n    run()\n{line}\n    result = None\n"


LINES = {
    # name: linters, line, expected line
    "ruff": (RUFF, "except Exception:", "except Exception:  # noqa: BLE001 - one failed pass must not end the loop"),
    "ruff_bare": (RUFF, "except:", "except:  # noqa: E722 - one failed pass must not end the loop"),
    "ruff_tuple": (
        RUFF,
        "except (KeyError, Exception) as e:",
        "except (KeyError, Exception) as e:  # noqa: BLE001 - one failed pass must not end the loop",
    ),
    "flake8": (
        FLAKE8,
        "except Exception:",
        "except Exception:  # noqa: B902 - one failed pass must not end the loop",
    ),
    "flake8_bare": (FLAKE8, "except:", "except:  # noqa: B901,E722 - one failed pass must not end the loop"),
    "pylint": (
        PYLINT,
        "except Exception:",
        "except Exception:  # pylint: disable=broad-exception-caught  # one failed pass must not end the loop",
    ),
    "pylint_bare": (
        PYLINT,
        "except:",
        "except:  # pylint: disable=bare-except  # one failed pass must not end the loop",
    ),
    "nobody": (NOBODY, "except Exception:", "except Exception:  # broad: one failed pass must not end the loop"),
    # ---- beside a comment that stands there
    "its_code_joins": (
        RUFF,
        "except Exception as e:  # noqa: F841",
        "except Exception as e:  # noqa: F841,BLE001 - one failed pass must not end the loop",
    ),
    "its_code_joins_in_their_style": (
        RUFF,
        "except Exception as e:  # noqa: F841, E501",
        "except Exception as e:  # noqa: F841, E501, BLE001 - one failed pass must not end the loop",
    ),
    "its_code_joins_with_a_reason": (
        RUFF,
        "except Exception as e:  # noqa: F841 the name is for pdb",
        "except Exception as e:  # noqa: F841,BLE001 the name is for pdb; the loop must go on",
    ),
    "after_a_pragma": (
        RUFF,
        "except Exception:  # pragma: no cover",
        "except Exception:  # pragma: no cover  # noqa: BLE001 - one failed pass must not end the loop",
    ),
    "after_a_comment": (
        NOBODY,
        "except Exception:   # as it was",
        "except Exception:  # as it was  # broad: one failed pass must not end the loop",
    ),
    "pylint_joins": (
        PYLINT,
        "except Exception as e:  # pylint: disable=invalid-name",
        "except Exception as e:  # pylint: disable=invalid-name,broad-exception-caught  # one failed pass must not end the loop",
    ),
    "pylint_after_a_comment": (
        PYLINT,
        "except Exception:  # as it was",
        "except Exception:  # as it was  # pylint: disable=broad-exception-caught  # one failed pass must not end the loop",
    ),
    # ---- no room
    "a_shorter_why": (
        Linters(length=50),
        "except Exception:",
        "except Exception:  # broad: the loop must go on",
    ),
    "pylint_counts_not_what_it_is_told": (
        Linters(pylint="broad-exception-caught", length=50),
        "except Exception:",
        "except Exception:  # pylint: disable=broad-exception-caught  # the loop must go on",
    ),
    "no_room_beside_what_pylint_is_told": (
        Linters(pylint="broad-exception-caught", length=35),
        "except Exception:",
        "except Exception:",
    ),
    "no_room_at_all": (Linters(length=40), "except Exception:", "except Exception:"),
    "ruff_minds_no_long_noqa": (
        Linters(blind=("BLE001",), reads_noqa="ruff", length=40),
        "except Exception:",
        "except Exception:  # noqa: BLE001 - the loop must go on",
    ),
    # ---- signed
    "signed": (RUFF, "except Exception:  # noqa: BLE001", "except Exception:  # noqa: BLE001"),
    "signed_for_all": (RUFF, "except Exception:  # noqa", "except Exception:  # noqa"),
    "signed_for_another": (
        RUFF,
        "except Exception:  # pylint: disable=broad-except",
        "except Exception:  # pylint: disable=broad-except",
    ),
    "not_broad": (RUFF, "except KeyError:", "except KeyError:"),
}


@pytest.mark.parametrize("name", LINES)
def test_one_line(name: str) -> None:
    linters, line, expected = LINES[name]
    assert annotated(handler(line), linters) == handler(expected)


@pytest.mark.parametrize("name", LINES)
def test_a_second_time_changes_nothing(name: str) -> None:
    linters, line, _ = LINES[name]
    once = annotated(handler(line), linters)
    assert annotated(once, linters) == once


PROGRAMS = {
    "a_handler_on_the_line": (
        RUFF,
        "try: run()\nexcept Exception: pass\n",
        "try: run()\nexcept Exception: pass  # noqa: BLE001 - one failed pass must not end the loop\n",
    ),
    "a_text_over_lines_on_the_line": (
        RUFF,
        'try: run()\nexcept Exception: text = """\n"""\n',
        'try: run()\nexcept Exception: text = """\n"""\n',
    ),
    "a_header_of_lines": (
        RUFF,
        "try:\n    run()\nexcept (\n    KeyError,\n    Exception,\n):\n    x = 1\n",
        "try:\n    run()\nexcept (\n    KeyError,\n    Exception,  # noqa: BLE001 - one failed pass must not end the loop\n"
        "):\n    x = 1\n",
    ),
    "a_header_of_lines_for_pylint": (
        PYLINT,
        "try:\n    run()\nexcept (\n    KeyError,\n    Exception,\n):\n    x = 1\n",
        "try:\n    run()\nexcept (  # pylint: disable=broad-exception-caught  # one failed pass must not end the loop\n"
        "    KeyError,\n    Exception,\n):\n    x = 1\n",
    ),
    "a_backslash": (
        NOBODY,
        "try:\n    run()\nexcept Exception \\\n        as e:\n    x = 1\n",
        "try:\n    run()\nexcept Exception \\\n        as e:\n    x = 1\n",
    ),
    "no_newline_at_the_end": (
        NOBODY,
        "try: run()\nexcept Exception: x = 1",
        "try: run()\nexcept Exception: x = 1  # broad: one failed pass must not end the loop",
    ),
    "suppress_is_no_clause_to_a_linter": (
        RUFF,
        "from contextlib import suppress\nwith suppress(Exception):\n    run()\n",
        "from contextlib import suppress\nwith suppress(Exception):  # broad: one failed pass must not end the loop\n    run()\n",
    ),
    "ruff_says_nothing_where_it_is_raised_again": (
        RUFF,
        "try:\n    run()\nexcept Exception:\n    if x:\n        raise\n",
        "try:\n    run()\nexcept Exception:  # broad: one failed pass must not end the loop\n    if x:\n        raise\n",
    ),
    "ruff_says_nothing_where_it_is_logged": (
        RUFF,
        "try:\n    run()\nexcept Exception:\n    logger.exception('x')\n",
        "try:\n    run()\nexcept Exception:  # broad: one failed pass must not end the loop\n    logger.exception('x')\n",
    ),
    "pylint_says_nothing_where_something_is_raised": (
        PYLINT,
        "try:\n    run()\nexcept Exception:\n    raise KeyError\n",
        "try:\n    run()\nexcept Exception:  # broad: one failed pass must not end the loop\n    raise KeyError\n",
    ),
    "the_word_that_a_file_uses": (
        PYLINT,
        "try:\n    run()\nexcept Exception:  # pylint: disable=broad-except\n    x = 1\n"
        "try:\n    run()\nexcept Exception:\n    x = 1\n",
        "try:\n    run()\nexcept Exception:  # pylint: disable=broad-except\n    x = 1\n"
        "try:\n    run()\nexcept Exception:  # pylint: disable=broad-except  # one failed pass must not end the loop\n    x = 1\n",
    ),
    "windows": (
        NOBODY,
        "try:\r\n    run()\r\nexcept Exception:\r\n    x = 1\r\n",
        "try:\r\n    run()\r\nexcept Exception:  # broad: one failed pass must not end the loop\r\n    x = 1\r\n",
    ),
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_program(name: str) -> None:
    linters, text, expected = PROGRAMS[name]
    assert annotated(text, linters) == expected
    assert annotated(expected, linters) == expected


def test_words_never_open_a_comment_of_their_own() -> None:
    why = Category(code="N11-callback", words="calls hooks['#noqa'], which may be any callable")
    assert annotated(handler("except Exception:"), RUFF, why).splitlines()[2] == (
        "except Exception:  # noqa: BLE001 - calls hooks['noqa'], which may be any callable"
    )


# ---- ruff itself -------------------------------------------------------------------------------------

CLAUSES = """
import contextlib, flask, logging
from elsewhere import logger as other
logger = logging.getLogger()
_LOG = make()
try: run()
except Exception: pass
try: run()
except (KeyError,
        Exception): pass
try: run()
except BaseException as e: print(e)
try: run()
except: pass
try: run()
except: raise
try: run()
except Exception as e: raise KeyError from e
try: run()
except Exception as e: raise KeyError(e)
try: run()
except Exception as e: raise KeyError from None
try: run()
except Exception as e: raise e
try: run()
except Exception as e: raise e.with_traceback(None)
try: run()
except Exception: logger.exception("x")
try: run()
except Exception: logger.error("x")
try: run()
except Exception: logger.error("x", exc_info=True)
try: run()
except Exception: logger.error("x", exc_info=False)
try: run()
except Exception as e: self.logger.warning("x", exc_info=e)
try: run()
except Exception: other.exception("x")
try: run()
except Exception: _LOG.exception("x")
try: run()
except Exception: self.log.exception("x")
try: run()
except Exception: thing.exception("x")
try: run()
except Exception: logging.exception("x")
try: run()
except Exception: flask.current_app.logger.exception("x")
try: run()
except Exception as e:
    if e.args: raise
try: run()
except Exception as e:
    try: again()
    finally: raise
try: run()
except Exception as e:
    def later(): raise e
    use(later)
with contextlib.suppress(Exception): run()
"""


def ruff(text: str, tmp_path: Path, *rules: str) -> list[str]:
    (tmp_path / "app.py").write_text(text)
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--no-cache", "--output-format", "concise"]
    run = subprocess.run(
        [*command, "--select", ",".join(rules), "app.py"], cwd=tmp_path, capture_output=True, text=True
    )
    assert run.returncode in (0, 1), run.stderr
    return [line for line in run.stdout.splitlines() if line.startswith("app.py:")]


def test_ruff_is_content_and_no_noqa_is_in_vain(tmp_path: Path) -> None:
    rules = ("BLE001", "E722", "RUF100")
    assert len(ruff(CLAUSES, tmp_path, *rules)) >= 10
    after = annotated(CLAUSES, RUFF)
    assert after.count("  # noqa: ") >= 10
    assert after.count("  # broad: ") >= 10
    assert ruff(after, tmp_path, *rules) == []


def test_a_long_noqa_breaks_no_rule_of_ruff(tmp_path: Path) -> None:
    linters = Linters(blind=("BLE001",), reads_noqa="ruff", length=88)
    text = handler("except (ArithmeticErrorOfSomeKind, Exception, AnotherErrorOfSomeKind) as some_error:")
    assert ruff(annotated(text, linters), tmp_path, "BLE001", "E501") == []


# ---- which linter ------------------------------------------------------------------------------------


def linters(texts: Mapping[str, str], path: str = "src/app.py") -> Linters:
    return Linting(Project(paths=(path,), texts=texts)).of(path)


def told(found: Linters) -> str:
    """What stands at `except Exception` and at `except`, in short."""
    return f"{','.join(found.blind)} {','.join(found.bare)} {found.pylint}".strip()


CONFIGURED = {
    # name: texts, what is said of src/app.py
    "nothing": ({}, ""),
    "ruff_with_an_empty_file": ({"ruff.toml": ""}, "E722"),
    "ruff_defaults": ({"ruff.toml": "line-length = 90\n"}, "E722"),
    "ruff_selects_it": ({"pyproject.toml": '[tool.ruff.lint]\nselect = ["E", "BLE"]\n'}, "BLE001 E722"),
    "ruff_selects_it_as_before": ({"pyproject.toml": '[tool.ruff]\nselect = ["BLE001"]\n'}, "BLE001"),
    "ruff_selects_all": ({"ruff.toml": 'lint.select = ["ALL"]\n'}, "BLE001 E722"),
    "ruff_extends": ({"ruff.toml": '[lint]\nextend-select = ["BLE"]\n'}, "BLE001 E722"),
    "ruff_ignores_it": ({"ruff.toml": '[lint]\nselect = ["ALL"]\nignore = ["BLE001"]\n'}, "E722"),
    "ruff_ignores_a_part": ({"ruff.toml": '[lint]\nselect = ["BLE001"]\nignore = ["BLE"]\n'}, "BLE001"),
    "ruff_ignores_it_here": (
        {"ruff.toml": '[lint]\nselect = ["BLE"]\n[lint.per-file-ignores]\n"src/*" = ["BLE001"]\n'},
        "",
    ),
    "ruff_ignores_it_elsewhere": (
        {"ruff.toml": '[lint]\nselect = ["BLE"]\n[lint.per-file-ignores]\n"tests/*" = ["BLE001"]\n'},
        "BLE001",
    ),
    "ruff_of_another_folder": ({"other/ruff.toml": '[lint]\nselect = ["BLE"]\n'}, ""),
    "ruff_of_the_nearest_folder": (
        {"ruff.toml": '[lint]\nselect = ["BLE"]\n', "src/ruff.toml": '[lint]\nselect = ["F"]\n'},
        "",
    ),
    "ruff_in_a_file_that_it_extends": (
        {"base/ruff.toml": '[lint]\nselect = ["BLE"]\n', "src/ruff.toml": 'extend = "../base/ruff.toml"\n'},
        "BLE001",
    ),
    "ruff_of_a_hook": (
        {
            "ruff.toml": "line-length = 90\n",
            ".pre-commit-config.yaml": "repos:\n- hooks:\n  - id: ruff\n    args: [--fix, --extend-select=BLE,I]\n",
        },
        "BLE001 E722",
    ),
    "a_broken_file": ({"pyproject.toml": "[tool.ruff\n"}, ""),
    "flake8": ({".flake8": "[flake8]\nmax-line-length = 100\n"}, "E722"),
    "flake8_with_the_plugin": (
        {".flake8": "[flake8]\n", "requirements-dev.txt": "flake8\nflake8-blind-except==0.2.1\n"},
        "B902 B901,E722",
    ),
    "flake8_that_ignores_it": (
        {"setup.cfg": "[flake8]\nextend-ignore = E722, B902\n", "requirements-dev.txt": "flake8-blind-except\n"},
        "B901",
    ),
    "flake8_that_ignores_it_here": (
        {
            "tox.ini": "[flake8]\nper-file-ignores =\n    src/*: B902, B901, E722\n    tests/*: E501\n",
            "requirements-dev.txt": "flake8-blind-except\n",
        },
        "",
    ),
    "a_plugin_of_that_name_that_is_none": ({"requirements-dev.txt": "blind-except\n"}, ""),
    "pylint": ({".pylintrc": "[MAIN]\njobs=2\n"}, "broad-exception-caught"),
    "pylint_in_pyproject": (
        {"pyproject.toml": '[tool.pylint."messages control"]\ndisable = ["too-many-lines"]\n'},
        "broad-exception-caught",
    ),
    "pylint_that_is_told_not_to": ({".pylintrc": "[MESSAGES CONTROL]\ndisable=\n    C0114,\n    broad-except\n"}, ""),
    "pylint_that_is_told_not_to_by_number": ({".pylintrc": "[MESSAGES CONTROL]\ndisable=W0718\n"}, ""),
    "pylint_with_little": ({".pylintrc": "[MESSAGES CONTROL]\ndisable=all\nenable=unused-import\n"}, ""),
    "pylint_with_this": (
        {".pylintrc": "[MESSAGES CONTROL]\ndisable=all\nenable=unused-import,\n  broad-exception-caught\n"},
        "broad-exception-caught",
    ),
    "an_old_pylint": ({".pylintrc": "[MAIN]\n", "requirements-dev.txt": "pylint==2.13.9\n"}, "broad-except"),
    "a_new_pylint": ({".pylintrc": "[MAIN]\n", "requirements-dev.txt": "pylint>=3.0\n"}, "broad-exception-caught"),
    "an_old_hook": (
        {
            ".pre-commit-config.yaml": "- repo: https://github.com/PyCQA/pylint\n  rev: v2.15.0\n  hooks:\n  - id: pylint\n"
        },
        "broad-except",
    ),
    "pylint_of_setup": ({"setup.cfg": "[pylint.main]\njobs=2\n"}, "broad-exception-caught"),
    "setup_without_it": ({"setup.cfg": "[metadata]\nname=x\n"}, ""),
    "both": (
        {"ruff.toml": '[lint]\nselect = ["BLE"]\n', ".pylintrc": "[MAIN]\n"},
        "BLE001  broad-exception-caught",
    ),
}


@pytest.mark.parametrize("name", CONFIGURED)
def test_which_linter_points_at_a_clause(name: str) -> None:
    texts, expected = CONFIGURED[name]
    assert told(linters(texts)) == expected


@pytest.mark.parametrize(
    ("texts", "length"),
    [
        ({}, 100),
        ({"ruff.toml": "line-length = 120\n"}, 120),
        ({"ruff.toml": 'target-version = "py311"\n'}, 88),
        ({"pyproject.toml": "[tool.black]\nline-length = 110\n[tool.ruff]\n"}, 110),
        ({"pyproject.toml": "[tool.black]\n"}, 88),
        ({"setup.cfg": "[flake8]\nmax-line-length = 99\n"}, 99),
        ({"setup.cfg": "[flake8]\n"}, 79),
        ({".pylintrc": "[FORMAT]\nmax-line-length=140\n", "ruff.toml": "line-length = 120\n"}, 120),
        ({"ruff.toml": "line-length = 100\n[lint.pycodestyle]\nmax-line-length = 130\n"}, 130),
    ],
)
def test_how_long_a_line_may_be(texts: Mapping[str, str], length: int) -> None:
    assert linters(texts).length == length
