"""Would every touched module still import, alone and first? What would ask for a name too early, and how that is broken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..engine.values import Import, Skip
from ..facts.loading import Event, Failure, Loading
from ..facts.moving.late import place
from .move import Move

_ROUNDS = 40


class Circles:
    """Imports before and after a move."""

    def __init__(self, move: Move) -> None:
        self.move = move
        self.failed: Failure | None = None

    # ---- the events after the move -----------------------------------------------------------

    def _source_events(self, early: bool) -> tuple[Event, ...]:
        """The old module without what moves, with what it imports back."""
        move, source = self.move, self.move.target.source
        if move.empties:
            return ()
        events = [e for e in move.facts[source].events if not move.moves(e.line)]
        staying = (u for u in move.source.units if u not in move.units and not u.is_import)
        read = {r.name for u in staying for r in move.source.reads(u)} | set(
            move.facts[source].sites.table.exported or ()
        )
        freed = {i for i in move.needs.frees if i.binds not in read}
        events = [e for e in events if not (e.kind in ("import", "from") and self._item(e) in freed)]
        back = [
            Event("from", 1, move.target.source_name, name, name)
            for name in move.returning if (source, name) not in self.move.late
        ]  # fmt: skip
        return self._with_imports(early, events, back)

    @staticmethod
    def _item(event: Event) -> Import:
        if event.kind == "from":
            return Import(event.module, event.name, event.binds if event.binds != event.name else "")
        return Import(event.module, "", event.binds if event.name else "")

    @staticmethod
    def _with_imports(early: bool, events: Sequence[Event], more: Sequence[Event]) -> tuple[Event, ...]:
        """New imports above or below the first ones: they are sorted in."""
        if early:
            return (*more, *events)
        first = next((n for n, e in enumerate(events) if e.kind == "bind"), len(events))
        last = max((n + 1 for n, e in enumerate(events[:first]) if e.kind in ("import", "from", "star")), default=0)
        return (*events[:last], *more, *events[last:])

    def _dest_events(self, early: bool) -> tuple[Event, ...]:
        """The new module with what comes to it."""
        move, target = self.move, self.move.target
        own = move.facts[target.dest].events if move.dest is not None else ()
        events = [
            e for e in own
            if not (e.kind == "from" and e.name in move.names and move.modules.path(e.module, target.dest) == target.source)
        ]  # fmt: skip
        imports = [_event(item) for item in sorted(move.needs.requires)]
        imports += [
            Event("from", 1, move.target.source_name, name, name)
            for name in move.needs.stays if (target.dest, name) not in self.move.late
        ]  # fmt: skip
        line = move.landing()
        arriving = [
            e
            for u in (*move.needs.copies, *move.units)
            for e in move.facts[target.source].events
            if u.lines[0] <= e.line <= u.lines[1]
        ]
        renamed = {move.source.file.text[a:b]: new for a, (b, new) in move.needs.edits.items()}
        arriving = [
            replace(e, binds=renamed[e.binds]) if e.kind == "use" and e.binds in renamed else e for e in arriving
        ]
        above = [e for e in events if line is None or e.line < line]
        return (*self._with_imports(early, above, imports), *arriving, *events[len(above) :])

    def _loading(self, after: bool, early: bool = False) -> Loading:
        move, target = self.move, self.move.target
        events = {path: facts.events for path, facts in move.facts.items()}
        if not after:
            events.setdefault(target.dest, ())
            return Loading(events, move.modules)
        events[target.source] = self._source_events(early)
        events[target.dest] = self._dest_events(early)
        moved = {(target.source, name): target.dest for name in move.names}
        for path in move.sites if early else ():
            new = [e for e in events.get(path, ()) if self._is_followed(path, e)]
            if path not in (target.source, target.dest) and new:
                events[path] = (*new, *(e for e in events[path] if e not in new))
        through = {
            (path, target.source): (target.dest,) for path, sites in move.sites.items()
            if any(s.form in ("attribute", "lookup") for s in sites)
        }  # fmt: skip
        late = frozenset((path, target.source, name) for path, name in self.move.late)
        return Loading(events, move.modules, moved, late, through)

    def _is_followed(self, path: str, event: Event) -> bool:
        """Whether an import takes from the old module what moves."""
        move = self.move
        taken = event.kind == "from" and event.name in move.names
        return taken and move.modules.path(event.module, path) == move.target.source

    # ---- the check ---------------------------------------------------------------------------

    def check(self) -> set[str]:
        """Look for what would fail; the files that must be read before that is known."""
        move = self.move
        before = self._loading(after=False)
        for _ in range(_ROUNDS):
            # new imports are sorted in among the others: both ends of these must do
            both = [self._loading(after=True), self._loading(after=True, early=True)]
            entries = self._entries(both[0])
            if unread := self._unread(both[0]):
                return unread
            old = {(f.path, f.name) for entry in entries for f in before.failures(entry)}
            news = [
                f for after in both for entry in entries for f in after.failures(entry) if (f.path, f.name) not in old
            ]
            if unread := self._unread(before, *both):
                return unread
            self.failed = min(news, key=lambda f: (len(f.chain), f), default=None)
            if self.failed is None or move.options.cycles != "lazy" or not self._break(self.failed):
                return set()
        return set()

    def _unread(self, *loadings: Loading) -> set[str]:
        """The files of the project that were imported and not read."""
        unread = {path for loading in loadings for path in loading.unread}
        return {p for p in unread if p in self.move.modules.project.paths} - self.move.facts.keys()

    def _entries(self, after: Loading) -> list[str]:
        """The modules that are imported first, one after the other: those that are touched and in reach of the new one."""
        move, target = self.move, self.move.target
        reach = after.closure(target.dest)
        touched = {p for p in (*move.sites, *move.starred) if p.endswith(".py")}
        found = {target.dest, *(touched & reach)} | ({target.source} if not move.empties else set())
        if len(reach) < 200:
            found |= {p for p in reach if p != target.source or not move.empties}
        return sorted(found)

    def _break(self, failure: Failure) -> bool:
        """Let one import of a circle wait until a function needs it."""
        move, target = self.move, self.move.target
        pairs = [(failure.path, failure.giver)]
        pairs += [*zip(failure.chain, failure.chain[1:], strict=False)][::-1]
        for importer, giver in pairs:
            if giver == target.dest and importer != target.dest:
                names = {s.word for s in move.sites.get(importer, ()) if s.form == "import"}
                names = names if importer != target.source else set(move.returning)
                new = {(importer, n) for n in names if self._can_wait(importer, n)} - self.move.late
                if new:
                    self.move.late |= new
                    return True
            if importer == target.dest and giver == target.source:
                new = {(importer, n) for n in move.needs.stays if self._can_wait(importer, n)} - self.move.late
                if new:
                    self.move.late |= new
                    return True
        return False

    def _can_wait(self, importer: str, name: str) -> bool:
        """Whether a file does not use a name while it is imported, and nobody takes the name from there."""
        move, source = self.move, self.move.target.source
        if importer == move.target.dest:  # what moves
            events = [e for e in move.facts[source].events if move.moves(e.line)]
        else:
            events = [e for e in move.facts[importer].events if importer != source or not move.moves(e.line)]
        bindings = move.references.bindings((source, name), name)
        taken = importer != move.target.dest and any(
            site.asks and site.form in ("import", "attribute", "path", "lookup")
            and bindings.place(site.asks, path) == (importer, name)
            for path, file in move.references.files.items() if path not in (importer, source)
            for site in file.sites if site.word == name
        )  # fmt: skip
        return (
            not taken and all(e.kind != "use" or e.binds != name for e in events) and self._has_place(importer, name)
        )

    def _has_place(self, importer: str, name: str) -> bool:
        """Whether the functions of one of the two modules that use a name can import it; of others `find` says it."""
        move = self.move
        if importer not in (move.target.source, move.target.dest):
            return True
        stays = importer == move.target.source
        units = (u for u in move.source.units if (u not in move.units) is stays)
        reads = (r for u in units for r in move.source.reads(u) if r.name == name and r.node is not None)
        return all(r.scope.function is None or place(move.source.file, r.scope) is not None for r in reads)

    def skips(self) -> Iterator[Skip]:
        """The circle that is left, with its path."""
        failure = self.failed
        if failure is None:
            return
        chain = " -> ".join([*failure.chain, failure.giver])
        reason = f"{failure.name} would be asked for before it is there: {chain}"
        if failure.path == failure.giver:
            reason = f"{failure.name} would be used above its definition"
        move = self.move
        path = failure.path if failure.path in move.facts else move.target.source
        line = failure.line if path == failure.path and failure.path != move.target.dest else 1
        yield Skip(path, line, "M01-cycle", reason, move.group)


def _event(item: Import) -> Event:
    if item.name:
        return Event("from", 1, item.module, item.name, item.binds)
    return Event("import", 1, item.module, "as" if item.alias else "", item.binds)
