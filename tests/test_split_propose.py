"""Layouts that are proposed: which parts, what they are called, why; the same whenever it is asked; the commands."""

from __future__ import annotations

import itertools
import json
import re
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest

from codemods.engine.source import Source
from codemods.facts.moving.graph import Graph
from codemods.facts.moving.units import Outline
from codemods.split_module import told
from codemods.split_module.blocks import Blocks
from codemods.split_module.cluster import Limits, cluster
from codemods.split_module.drawing import mermaid, svg
from codemods.split_module.layout import Layout, LayoutError, Part, check, read
from codemods.split_module.proposals import Proposal, Proposing
from tests.command import codemod

ORDERS = '''\
"""Orders of a shop."""

import json
from decimal import Decimal


class ShopError(Exception):
    """Something is wrong in the shop."""


# ---- Prices ----------------------------------------------------------------

TAX = Decimal("0.2")


def gross(price):
    if price < 0:
        raise ShopError("a price is negative")
    return price * (1 + TAX)


def _rounded(price):
    return price.quantize(Decimal("0.01"))


def shown(price):
    return f"{_rounded(gross(price))} EUR"


# ---- Orders ----------------------------------------------------------------


class Order:
    """What somebody has ordered."""

    def __init__(self, lines):
        self.lines = lines

    def total(self):
        return sum(gross(line.price) for line in self.lines)


class Line:
    def __init__(self, order, price):
        self.order, self.price = order, price


def order_from_json(text):
    order = Order([])
    order.lines += [Line(order, Decimal(each)) for each in json.loads(text)]
    return order


def order_to_json(order):
    return json.dumps([str(line.price) for line in order.lines])
'''
ORDERS_TOML = """\
# shop/orders.py: 9 definitions of 49 lines in 9 blocks that cannot be cut
# by graph and by banner and by name: 2 parts of 23 to 26 lines, score 0.00, 14% of the uses go from part to part
"""
ORDERS_PARTS = """\
module = "shop/orders.py"

[[part]]
name = "prices"
doc = "Prices."
# 23 lines, 5 definitions; needs no other part; orders needs it
# because: they stand below the banner 'Prices'
defs = [
    "ShopError", "TAX", "gross", "_rounded", "shown",
]

[[part]]
name = "orders"
doc = "Orders."
# 26 lines, 4 definitions; needs prices
# because: they stand below the banner 'Orders'
defs = [
    "Order", "Line", "order_from_json", "order_to_json",
]
"""
JOBS = """\
import socket
import threading

_stopped = False


def stop_jobs():
    global _stopped
    _stopped = True


def run_jobs(jobs):
    for job in jobs:
        if not _stopped:
            threading.Thread(target=job.start_job).start()


def parse_address(text):
    host, port = text.split(":")
    return check_address(host), int(port)


def check_address(address):
    return parse_address(f"{address}:0") if ":" in address else socket.gethostbyname(address)
"""
JOBS_PARTS = """\
module = "jobs.py"

[[part]]
name = "jobs"
doc = "Jobs: stop_jobs, run_jobs, _stopped."
# 14 lines, 3 definitions; needs no other part
# because: it is one block
# one block: _stopped, stop_jobs, run_jobs (functions set _stopped)
defs = [
    "_stopped", "stop_jobs", "run_jobs",
]

[[part]]
name = "address"
doc = "Address: parse_address, check_address."
# 7 lines, 2 definitions; needs no other part
# because: it is one block
# one block, they need each other: parse_address, check_address
defs = [
    "parse_address", "check_address",
]
"""


def proposing(text: str, path: str = "big.py", **limits: int) -> Proposing:
    return Proposing(Graph(Outline(Source(path, text.encode()), whole=True)), path, Limits(**limits))


def stdlib(name: str) -> str:
    return (Path(json.__file__).parents[1] / f"{name}.py").read_text()


def parts(proposal: Proposal) -> dict[str, str]:
    return {part.name: " ".join(part.defs) for part in proposal.layout.parts}


# ---- the layouts -------------------------------------------------------------------------------


def test_banners_and_uses_make_parts() -> None:
    mine = proposing(ORDERS, "shop/orders.py", most_lines=60, least_lines=10)
    text = told.toml(mine, mine.all())
    assert ORDERS_PARTS in text
    assert re.sub(r"score 0\.\d\d", "score 0.00", text).startswith(ORDERS_TOML)
    assert read(text).module == "shop/orders.py"


def test_what_cannot_be_cut_stays_in_one_part_and_says_why() -> None:
    mine = proposing(JOBS, "jobs.py", most_lines=40, least_lines=5)
    assert JOBS_PARTS in told.toml(mine, [mine.by("graph")])


def test_the_others_stand_below_as_comments_that_can_be_taken() -> None:
    mine = proposing(stdlib("statistics"), "statistics.py")
    found = mine.all()
    assert {p.by for p in found} == {"graph", "banner", "name"}
    text = told.toml(mine, found)
    assert read(text) == found[0].layout
    assert found[0].score == max(p.score for p in found)
    for proposal in found[1:]:
        _, _, below = text.partition(f"# ---- by {proposal.by}")
        block = below.partition("\n# ---- ")[0].partition("\n")[2]
        layout = read("\n".join(line[2:] for line in block.splitlines()))
        assert layout.parts == proposal.layout.parts


@pytest.mark.parametrize(
    "name", ["argparse", "tarfile", "pickle", "threading", "typing", "statistics", "ast", "optparse"]
)
def test_every_definition_is_in_one_part_and_no_part_needs_itself(name: str) -> None:
    mine = proposing(stdlib(name))
    for proposal in mine.all():
        check(proposal.layout, mine.graph.definitions)
        done: set[str] = set()
        for part in proposal.layout.parts:  # each stands after what it needs
            assert {*proposal.needs[part.name]} <= done
            done.add(part.name)
            large = proposal.lines[part.name] > mine.limits.most_lines
            assert large == ("over 500 lines: " in proposal.notes[part.name])
        home = proposal.layout.home
        for group in mine.graph.groups:
            assert len({home[n] for n in group.names}) == 1
        taken = {f"_{p.name.strip('_')}" for p in proposal.layout.parts}
        assert len(taken) == len(proposal.layout.parts)
        assert not taken & mine.graph.names.module.names.keys()


def test_parts_over_the_limit_are_single_blocks() -> None:
    mine = proposing(stdlib("tarfile"), most_lines=300)
    for part in mine.by("graph").layout.parts:
        blocks = [b for b in mine.blocks.all if b.names[0] in part.defs]
        assert len(blocks) == 1 or sum(b.lines for b in blocks) <= 300


@pytest.mark.parametrize("count", [1, 2, 3, 5])
def test_as_many_parts_as_are_asked_for(count: int) -> None:
    assert len(proposing(stdlib("statistics"), parts=count).by("graph").layout.parts) == count


def test_more_parts_than_there_can_be_are_as_many_as_there_can_be() -> None:
    assert len(proposing(JOBS, parts=9).by("graph").layout.parts) == 2


def test_what_many_parts_use_is_a_part_of_its_own() -> None:
    helper = "class Settings:\n" + "".join(f"    option_{n} = {n}\n" for n in range(40)) + "\n\n"
    words = ["apple", "brick", "cloud", "dance", "eagle", "flame"]
    text = helper + "".join(
        f"def {word}_{verb}():\n    return {f'{word}_{before}()' if before else 'Settings'}, Settings, '{word}'\n"
        + f"    # {word} {word}\n" * 20 + "\n\n"
        for word in words for before, verb in itertools.pairwise(["", "open", "read", "close"])
    )  # fmt: skip
    found = parts(proposing(text, most_lines=120).by("graph"))
    assert found["settings"] == "Settings"
    assert {v for v in found.values() if v != "Settings"} == {f"{w}_open {w}_read {w}_close" for w in words}


def test_a_class_that_is_most_of_the_file_is_told() -> None:
    text = "class Big:\n" + "    def m(self): pass\n" * 50 + "\ndef f(): pass\n"
    mine = proposing(text)
    assert mine.large_class == ("Big", 96)
    assert "# Big is 96 % of all lines: a class is not cut" in told.toml(mine, mine.all())
    assert proposing(ORDERS).large_class is None


# ---- names and docstrings ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name", "doc"),
    [
        ("class ReadError(Exception): pass\nclass WriteError(Exception): pass\n", "errors", "Errors: "),
        ("SIZE = 1\nWIDTH = 2\n", "constants", "Constants: SIZE, WIDTH."),
        (
            'class TarFile:\n    """An archive. More."""\n' + "    a = 1\n" * 9 + "def f(): pass\n",
            "tar_file",
            "An archive.",
        ),
        ("class TextField: pass\nclass DateField: pass\nclass TimeField: pass\n", "fields", "Fields: "),
        ("def parse_line(): pass\ndef parse_file(): pass\n", "parse", "Parse: parse_line, parse_file."),
        ("_parse = 1\ndef parse_line(): pass\ndef parse_file(): pass\n", "parse_file", "Parse file: "),
    ],
)  # fmt: skip
def test_a_part_is_called_after_what_is_in_it(text: str, name: str, doc: str) -> None:
    [part] = proposing(text, parts=1).by("graph").layout.parts
    assert part.name == name
    assert part.doc.startswith(doc)


@pytest.mark.parametrize(
    ("banner", "title"),
    [
        ("# ---- Orders ----", "Orders"),
        ("# === Orders and more ===", "Orders and more"),
        ("#### Orders ####", "Orders"),
        ("# ------------\n# Orders\n# ------------", "Orders"),
        ("##############\n# Orders\n##############", "Orders"),
        ("# Orders\n# ======", "Orders"),
        ("# Orders ------------", "Orders"),
        ("# region Orders", "Orders"),
        ("# %% Orders", "Orders"),
        ("# Orders are here.", ""),
        ("# ------------", ""),
        ("# ---- Copyright me ----", ""),
        ("# one\n# two\n# ------------\n# three\n# four", ""),
        ("def g():\n    # ---- Orders ----\n    pass", ""),
        ("TEXT = '''\n# ---- Orders ----\n'''", ""),
    ],
)
def test_a_banner_is_found(banner: str, title: str) -> None:
    text = f"import os\n\nX = 1\n\n\n{banner}\n\n\ndef f():\n    pass\n"
    mine = Blocks(proposing(text).graph)
    assert {b.names: b.section for b in mine.all}[("f",)] == title
    assert {b.names: b.section for b in mine.all}[("X",)] == ""


def test_sections_stay_apart_by_banner_whatever_ties_them() -> None:
    """What stands above all banners uses things of each section, and words are the same."""
    text = "def start():\n    return one_a(), two_a(), three_a()\n\n\n"
    for word in ("one", "two", "three"):
        text += f"# ---- {word.title()} ----\n\n"
        text += "".join(f"def {word}_{c}():\n    return 1\n" + "    # same words\n" * 9 + "\n\n" for c in "abc")
    found = proposing(text).by("banner")
    sections = {frozenset(f"{word}_{c}" for c in "abc") for word in ("one", "two", "three")}
    assert {frozenset(part.defs) - {"start"} for part in found.layout.parts} - {frozenset()} == sections
    assert {part.name for part in found.layout.parts} == {"one", "two", "three"}
    assert proposing(text).best().by == "banner" or "banner" in proposing(text).best().also


# ---- the same whenever it is asked ----------------------------------------------------------------


def test_it_does_not_hang_on_the_order_of_sets() -> None:
    path = Path(json.__file__).parents[1] / "optparse.py"
    found = {
        codemod(Path("/"), "split", "propose", str(path), env={"PYTHONHASHSEED": seed}, cold=True).stdout
        for seed in ("1", "2", "3")
    }
    assert len(found) == 1
    assert "[[part]]" in found.pop()


def test_clusters_are_without_circles() -> None:
    """0 ← 1 ← 2: what 0 and 2 have in common would put 1 between them."""
    matrix = [[0.0, 0.1, 9.0], [0.1, 0.0, 0.1], [9.0, 0.1, 0.0]]
    below: list[set[int]] = [set(), {0}, {1}]
    found = cluster(matrix, below, [100, 100, 100], Limits(most_lines=200))
    assert [0, 2] not in [sorted(part) for part in found]
    assert [0, 2] in [
        sorted(p) for p in cluster(matrix, [set(), set(), set()], [100, 100, 100], Limits(most_lines=200))
    ]


def test_two_thousand_lines_take_less_than_two_seconds() -> None:
    text = stdlib("tarfile")
    assert text.count("\n") > 2000
    before = time.process_time()
    mine = proposing(text)
    told.toml(mine, mine.all())
    assert time.process_time() - before < 2


# ---- from a layout that is there ------------------------------------------------------------------


def given(**defs: str) -> Layout:
    return Layout(parts=tuple(Part(name=name, doc="", defs=tuple(words.split())) for name, words in defs.items()))


def test_what_a_layout_does_not_name_goes_where_it_belongs() -> None:
    found = proposing(ORDERS).from_layout(given(money="TAX gross ShopError", orders="Order"))
    assert parts(found) == {
        "money": "ShopError TAX gross _rounded shown",
        "orders": "Order Line order_from_json order_to_json",
    }


@pytest.mark.parametrize(
    ("text", "layout", "words"),
    [
        (
            ORDERS,
            given(a="TAX nothing"),
            "--layout: defs of part 'a': the module does not define nothing; take it out",
        ),
        (
            JOBS,
            given(a="parse_address", b="check_address"),
            "--layout: part 'a' and part 'b': parse_address and check_address must be in one part: they need each other",
        ),
        (
            JOBS,
            given(a="stop_jobs", b="run_jobs"),
            "--layout: part 'a' and part 'b': stop_jobs and run_jobs must be in one part: functions set _stopped",
        ),
        (
            "def a(): return b()\ndef b(): return c()\ndef c(): pass\n",
            given(one="a c", two="b"),
            "--layout: part 'one': it and part 'two' need each other: a uses b; move one of them",
        ),
    ],
)
def test_a_layout_that_cannot_be_is_told(text: str, layout: Layout, words: str) -> None:
    with pytest.raises(LayoutError) as caught:
        proposing(text).from_layout(layout)
    assert str(caught.value) == words


# ---- drawings ----------------------------------------------------------------------------------


def test_a_drawing_for_mermaid() -> None:
    mine = proposing(ORDERS, "orders.py", most_lines=60, least_lines=10)
    assert mermaid(mine.by("banner")) == (
        "flowchart TD\n"
        '    p0["<b>prices</b><br/>23 lines, 5 definitions<br/>ShopError<br/>TAX<br/>gross<br/>shown<br/>_rounded"]\n'
        '    p1["<b>orders</b><br/>26 lines, 4 definitions<br/>Order<br/>Line<br/>order_from_json<br/>order_to_json"]\n'
        "    p1 -.->|1| p0\n"
    )


@pytest.mark.parametrize("name", ["argparse", "tarfile", "statistics"])
def test_a_picture_has_a_box_for_each_part_and_an_arrow_for_each_use(name: str) -> None:
    proposal = proposing(stdlib(name), f"a<b>&{name}.py").by("graph")
    root = ET.fromstring(svg(proposal))
    space = "{http://www.w3.org/2000/svg}"
    boxes = [e for e in root.iter(f"{space}rect") if e.get("rx")]
    assert len(boxes) == len(proposal.layout.parts)
    arrows = [e for e in root.iter(f"{space}path") if e.get("marker-end")]
    assert len(arrows) == len(proposal.uses) > 0
    spans = [(float(b.get("x", 0)), float(b.get("y", 0)), float(b.get("height", 0))) for b in boxes]
    for (x1, y1, h1), (x2, y2, h2) in itertools.combinations(spans, 2):  # none lies on another
        assert abs(x1 - x2) >= 230 or y1 + h1 <= y2 or y2 + h2 <= y1


# ---- the commands ------------------------------------------------------------------------------


def test_propose_prints_a_layout_and_says_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "orders.py").write_text(ORDERS)
    done = codemod(tmp_path, "split", "propose", "orders.py", "--max-lines", "60", "--parts", "2")
    assert (done.returncode, done.stderr) == (0, "")
    assert [part.name for part in read(done.stdout).parts] == ["prices", "orders"]
    again = codemod(tmp_path, "split", "propose", "orders.py", "--output-format", "json", "--parts", "2")
    data = json.loads(again.stdout)
    assert data["module"] == "orders.py"
    assert [p["name"] for p in data["layouts"][0]["parts"]] == ["prices", "orders"]
    assert data["layouts"][0]["parts"][1]["needs"] == ["prices"]


def test_propose_starts_from_a_layout(tmp_path: Path) -> None:
    (tmp_path / "orders.py").write_text(ORDERS)
    (tmp_path / "mine.toml").write_text(
        '[[part]]\nname = "money"\ndefs = ["gross"]\n[[part]]\nname = "o"\ndefs = ["Order"]\n'
    )
    done = codemod(tmp_path, "split", "propose", "orders.py", "--layout", "mine.toml")
    assert done.returncode == 0
    assert [part.name for part in read(done.stdout).parts] == ["money", "o"]
    assert "# as the layout says: 2 parts" in done.stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("propose none.py", "none.py: no such file"),
        ("propose text.txt", "text.txt: no Python module; its name ends with .py"),
        ("propose broken.py", "broken.py: cannot be read: "),
        ("propose a.py --by banner", "--by banner: the module has no banners"),
        (
            "propose a.py --by graph --layout l.toml",
            "--by makes a layout and --layout starts from one; use one of them",
        ),
        ("propose a.py --layout none.toml", "none.toml: no such file"),
        ("propose a.py --layout l.toml", "--layout: the file: there is no key 'x'; known: module, part"),
        ("propose", "Missing argument 'FILE'"),
        ("candidates nowhere", "nowhere: no such file or folder in the working tree"),
    ],
)
def test_what_cannot_be_done_is_told_in_one_line(tmp_path: Path, words: str, told: str) -> None:
    for name, text in {"a.py": JOBS, "text.txt": "", "broken.py": "def (", "l.toml": "x = 1"}.items():
        (tmp_path / name).write_text(text)
    done = codemod(tmp_path, "split", *words.split())
    assert done.returncode == 2
    assert done.stderr.startswith(f"codemod: {told}")
    assert done.stderr.count("\n") == 1


def test_a_module_that_belongs_together_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("def f(): return g()\n\n\ndef g(): return f()\n")
    done = codemod(tmp_path, "split", "propose", "a.py")
    assert (done.returncode, done.stderr) == (0, "a.py: all of it belongs together, there is nothing to split\n")
    (tmp_path / "empty.py").write_text("import os\n")
    assert codemod(tmp_path, "split", "propose", "empty.py").returncode == 0


def test_candidates_are_the_long_modules(make_repo: Callable[..., Path]) -> None:
    where = make_repo(
        {
            "shop/orders.py": ORDERS,
            "jobs.py": JOBS,
            "small.py": "x = 1\n",
            "broken.py": "def (\n" * 30,
            "test_orders.py": ORDERS,
        }
    )
    done = codemod(where, "split", "candidates", "--max-lines", "20")
    assert done.returncode == 3
    head, first, second = done.stdout.splitlines()
    assert head.split() == ["lines", "defs", "cohesion", "parts", "largest", "cut", "one", "piece", "module"]
    assert first.split()[0::7] == ["55", "shop/orders.py"]
    assert second.split()[:2] == ["24", "5"]
    assert "2 modules have more than 20 lines\n" in done.stderr
    assert "broken.py: " in done.stderr
    narrow = codemod(where, "split", "candidates", "shop", "--max-lines", "20", "--output-format", "json")
    [row] = json.loads(narrow.stdout)
    assert narrow.returncode == 0
    assert (row["path"], row["lines"], row["definitions"], row["cohesion"]) == ("shop/orders.py", 55, 9, 0.875)


def test_help_shows_how_it_is_called(tmp_path: Path) -> None:
    for command in ("propose", "candidates"):
        done = codemod(tmp_path, "split", command, "--help")
        assert f"codemod split {command}" in done.stdout
        assert "Examples:" in done.stdout
