"""Plans that last: where they are kept, by what they are called, what is decided on them.

    plans/1a2b3c4d.json             the plan
    plans/1a2b3c4d.row.json         its line in `codemod plans`, and where its local codemods lie on this machine
    plans/1a2b3c4d.decisions.jsonl  what was decided, a line each; the last one on a change holds

All lie in the state folder, which may have come with the repository: a plan is plain data, and applying it plans
the same again. What would name code to run, or text that no codemod wrote, is believed only with this user's mark.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from . import decide, plan, seal
from .decide import Decision, Decisions, Verdict
from .disk import digest, is_own_folder, open_own, own_folder, read_own, write_atomically
from .errors import RunFailed, UsageError, os_reason
from .plan import Plan
from .terminal import quoted

KEPT = 50
MAKE_ONE = "make one: codemod run NAME --dry-run"
_LARGEST = 1_000_000_000
_ID = re.compile(r"[0-9a-f]{8}")


@dataclass(frozen=True)
class Row:
    """What `codemod plans` shows of a plan without reading it."""

    id: str
    hash: str
    name: str
    base: str
    codemods: tuple[str, ...]
    changes: int
    made: float = 0.0  # seconds since 1970; of the file, not of the plan
    files: dict[str, str] = field(
        default_factory=dict
    )  # local codemods: as the plan calls them → where they lie here
    ref: str = "HEAD"  # what was typed for the base: the same commit may be called otherwise


@dataclass(frozen=True)
class Shelf:
    """The plans of one work tree."""

    state: Path

    @property
    def folder(self) -> Path:
        return self.state / "plans"

    def rows(self) -> list[Row]:
        """All plans, newest first."""
        if not is_own_folder(self.folder):
            return []
        found = [row for path in self.folder.glob("????????.row.json") if (row := _read_row(path))]
        return sorted(found, key=lambda row: (row.made, row.id), reverse=True)

    def latest(self, name: str = "") -> Row | None:
        """The newest plan, or that of a name."""
        return next((row for row in self.rows() if name in ("", row.name)), None)

    def find(self, asked: str = "") -> Row:
        """The plan of an id (or the beginning of one), of a name (its latest), or the newest of all.

        Raises UsageError where there is none.
        """
        rows = self.rows()
        by_id = [r for r in rows if len(asked) >= 4 and (r.id.startswith(asked) or r.hash == asked)]
        found = by_id or [r for r in rows if asked in ("", r.name)]
        if not found:
            what = f"no plan {asked!r}" if asked and rows else "no plan"
            advice = "see: codemod plans" if rows else MAKE_ONE
            raise UsageError(f"there is {what} here; {advice}")
        if len(by_id) > 1:
            raise UsageError(f"{asked} is the beginning of several plans: {', '.join(r.id for r in by_id)}")
        return found[0]

    def load(self, row: Row) -> Plan:
        """Raises UsageError for a plan that cannot be read, is damaged, or of another version."""
        path = self.folder / f"{row.id}.json"
        try:
            data = read_own(path, _LARGEST)
            if digest(data) != row.hash:
                raise ValueError("not as it was written")
            told = json.loads(data)
            if b"\\ud" in data:  # half of a character, which is no byte of a path either, can be written nowhere
                json.dumps(told, ensure_ascii=False).encode("utf-8", "surrogateescape")
            return plan.from_json(told, row.files)
        except OSError as error:
            raise UsageError(f"{path}: {os_reason(error)}") from None
        except UsageError as error:
            raise UsageError(f"{path}: {error}") from None
        except (ValueError, RecursionError):
            raise UsageError(f"{path}: damaged; plan again with codemod run NAME -n") from None

    def save(self, made: Plan, decisions: Decisions, files: dict[str, str], ref: str = "HEAD") -> str:
        """Keep a plan, with the decisions that hold on it. Gives its id; "" where nothing can be written."""
        with contextlib.suppress(OSError):
            folder = own_folder(self.state, "plans")
            row = Row(
                id=made.id,
                hash=made.hash,
                name=made.name,
                base=made.base,
                codemods=tuple(step.codemod for step in made.steps),
                changes=sum(len(step.changes) for step in made.steps),
                files=files,
                ref=ref,
            )
            write_atomically(folder / f"{row.id}.json", made.data)
            if decisions.by_key:  # added, not replaced: a review of this very plan may be open
                with contextlib.suppress(RunFailed), self.deciding(row) as decider:
                    decider.add(decisions.by_key.values())
            write_atomically(folder / f"{row.id}.row.json", _row_data(row))
            self._prune(folder)
            return row.id
        return ""

    def _prune(self, folder: Path) -> None:
        """The oldest beyond the limit go, but for the latest of each name."""
        seen: set[str] = set()
        for rank, row in enumerate(self.rows()):
            if rank >= KEPT and (row.name in seen or rank >= 4 * KEPT):
                for end in (".row.json", ".decisions.jsonl", ".json"):
                    (folder / f"{row.id}{end}").unlink(missing_ok=True)
            seen.add(row.name)

    # ---- decisions -------------------------------------------------------------------------

    def decisions(self, row: Row) -> Decisions:
        """What was decided on a plan, by this user. A line that is cut off, or of another hand, is passed over."""
        try:
            data = read_own(self._decisions(row), _LARGEST)
        except OSError:
            return decide.NONE
        found: dict[str, Decision] = {}
        for line in data.decode("utf-8", "surrogatepass").split("\n"):
            text, _, mark = line.rpartition(" ")
            with contextlib.suppress(ValueError, RecursionError):
                if seal.is_marked(row.hash.encode(), text.encode("utf-8", "surrogatepass"), mark):
                    decide.take(text, found)
        return Decisions(by_key=found)

    def decided_since(self, latest: Row) -> list[Row]:
        """Other plans of the same name on which somebody has decided after that one was made, newest first."""
        others = [row for row in self.rows() if row.name == latest.name and row.id != latest.id]
        return [row for row in others if _written(self._decisions(row)) > latest.made]

    def decided(self, row: Row) -> int:
        """On how many changes somebody has decided."""
        made = self.decisions(row).by_key.values()
        return sum(d.verdict is not Verdict.ASK and not d.elsewhere for d in made)

    @contextlib.contextmanager
    def deciding(self, row: Row) -> Iterator[Decider]:
        """Decisions are added to a plan: each is on the disk when `Decider.add` returns. Raises RunFailed."""
        if not seal.mark(b"", b""):
            raise RunFailed("decisions cannot be kept: the key to them cannot be written (see XDG_STATE_HOME)")
        try:
            path = own_folder(self.state, "plans") / self._decisions(row).name
            descriptor = open_own(path)
        except OSError as error:
            raise RunFailed(f"{self._decisions(row)}: decisions cannot be kept: {os_reason(error)}") from None
        with open(descriptor, "r+b", buffering=0) as file:
            if file.seek(0, os.SEEK_END) and (file.seek(-1, os.SEEK_END), file.read(1))[1] != b"\n":
                file.write(b"\n")  # the rest of a line that was cut off stays one line of its own
            yield Decider(file.fileno(), lambda text: self._line(row, text))

    def _decisions(self, row: Row) -> Path:
        return self.folder / f"{row.id}.decisions.jsonl"

    def _line(self, row: Row, text: str) -> str:
        return f"{text} {seal.mark(row.hash.encode(), text.encode('utf-8', 'surrogatepass'))}\n"


@dataclass(frozen=True)
class Decider:
    """Adds decisions to an open file."""

    descriptor: int
    marked: Callable[[str], str]

    def add(self, decisions: Iterable[Decision]) -> None:
        """Raises RunFailed where they cannot be written."""
        now = _now()
        dated = (decision if decision.when else replace(decision, when=now) for decision in decisions)
        self._write("".join(self.marked(decide.to_line(decision)) for decision in dated))

    def add_shared(self, changes: Iterable[tuple[str, str]], verdict: Verdict | None, who: str) -> None:
        """One decision on many changes, see `decide.to_shared_line`."""
        self._write(self.marked(decide.to_shared_line(changes, verdict, who, _now())))

    def _write(self, lines: str) -> None:
        data = lines.encode("utf-8", "surrogatepass")
        try:
            while data:  # in one piece, so that those of another review stand before or behind it
                data = data[os.write(self.descriptor, data) :]
            os.fsync(self.descriptor)
        except OSError as error:
            raise RunFailed(f"a decision cannot be kept: {os_reason(error)}") from None


def _now() -> int:
    return time.time_ns() // 1_000_000


def read_file(path: Path) -> Decisions:
    """Decisions that a person, or the review page, has written: a line of JSON each, or one list of them.

    Raises UsageError.
    """
    try:
        text = read_own(path, _LARGEST).decode("utf-8", "surrogatepass")
    except OSError as error:
        raise UsageError(f"{quoted(str(path))}: {os_reason(error)}") from None
    except ValueError:
        raise UsageError(f"{quoted(str(path))}: not UTF-8") from None
    found: dict[str, Decision] = {}
    for number, line in enumerate(_lines(text), 1):
        try:
            # what follows the JSON is the mark of a file of ours
            decide.take(re.sub(r" [0-9a-f]{64}$", "", line), found)
        except (ValueError, RecursionError):
            advice = 'each line is {"key": …, "digest": …, "decision": "accept" or "reject"}'
            raise UsageError(f"{quoted(str(path))}: decision {number} cannot be read; {advice}") from None
    return Decisions(by_key=found)


def _lines(text: str) -> list[str]:
    if text.lstrip().startswith("["):
        with contextlib.suppress(ValueError, RecursionError):
            return [json.dumps(item) for item in json.loads(text)]
    return [line for line in text.split("\n") if line.strip()]


def _written(path: Path) -> float:
    """When a file was last written, in seconds since 1970; 0 where there is none."""
    with contextlib.suppress(OSError):
        return path.stat().st_mtime_ns / 1e9
    return 0.0


# ---- a row -------------------------------------------------------------------------------------


def _row_data(row: Row) -> bytes:
    told = {
        name: getattr(row, name) for name in ("id", "hash", "name", "base", "codemods", "changes", "files", "ref")
    }
    text = json.dumps(told, sort_keys=True).encode("utf-8", "surrogatepass")
    return text + b"\n" + seal.mark(b"row", text).encode()


def _read_row(path: Path) -> Row | None:
    """A plan's row; its local codemods and the name of its base only where this user wrote it. None for what is none."""
    with contextlib.suppress(OSError, ValueError, RecursionError):
        text, _, mark = read_own(path).partition(b"\n")
        match json.loads(text):
            case {
                "id": str(id),
                "hash": str(hash),
                "name": str(name),
                "base": str(base),
                "codemods": [*codemods],
                "changes": int(changes),
                "files": dict(files),
                "ref": str(ref),
            } if _ID.fullmatch(id) and path.name.startswith(id):
                ours = seal.is_marked(b"row", text, mark.decode("ascii", "replace"))
                own = files if ours else {}
                return Row(
                    id=id, hash=hash, name=name, base=base, codemods=tuple(map(str, codemods)), changes=changes,
                    made=_written(path), files={str(k): str(v) for k, v in own.items()}, ref=ref if ours else "HEAD",
                )  # fmt: skip
    return None
