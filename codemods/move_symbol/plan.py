"""What moves, what blocks it, and what each file gets: all or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from posixpath import dirname

from ..engine.codemod import OptionError
from ..engine.known import Decisions, Known
from ..engine.values import Import, Skip
from ..facts.moving.needs import Finder, Kind, helpers
from ..facts.moving.paths import renamed
from ..facts.moving.values import Target
from ..facts.references.data import Reference
from ..facts.references.data import Site as Named
from ..facts.references.names import Bindings
from ..facts.references.symbols import Symbol, references_of
from .circles import Circles
from .hazards import hazards, is_emptied
from .move import Move
from .options import Options
from .scan import is_module, source_of
from .texts import Writer
from .values import Job, Other, Site

_NAMING = ("import", "attribute", "lookup", "path")
_PROSE = ("text", "comment")
_CODES: dict[Kind, str] = {"taken": "M02-taken", "state": "M03-state", "text": "M05-text"}


@dataclass
class Plan:
    """What is decided, and the files and words that must be read before that is final."""

    wanted: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    decisions: Decisions = field(default_factory=Decisions)


def plan_of(known: Known, options: Options) -> Plan:
    """The plan over all that is known in this round."""
    references = known.once(references_of, True)
    return _Planner(known, references, options).plan()


class _Planner(Move):
    def plan(self) -> Plan:
        """Everything, or what must be read first."""
        target = self._target()
        if target is None:
            return Plan(wanted=self.references.wanted)
        self.target = target
        around = f"{dirname(target.dest)}/__init__.py"
        there = (p for p in (target.source, target.dest, around) if p in self.known.project.paths)
        absent = {p for p in there if p not in self.facts}
        if absent:
            return Plan(wanted=frozenset(absent))
        self.source = self.outline(target.source, whole=bool(self.options.all_of))
        self.dest = self.outline(target.dest) if target.dest in self.facts else None
        names = self._names()
        if not names:
            return Plan(wanted=self.references.wanted)
        self.group = f"{target.source}::{', '.join(sorted(names))} -> {target.dest_name}"
        words: set[str] = set()
        while True:
            self.reset()
            self.units = [u for u in self.source.units if u.names & names and not u.is_import]
            self.names = names
            self.needs = Finder(self.source, self.dest, target, self.units, self.references).find()
            private = {n for u in helpers(self.source, self.units, [*self.needs.stays]) for n in u.names}
            words |= private  # who else uses them must be read before they may move along
            along = frozenset(n for n in private if not self._is_used_elsewhere(n))
            if along and self.options.with_helpers:
                names |= along
                continue
            self._look()
            if not self.is_blocked:
                circles = Circles(self)
                unread = circles.check()
                if unread:
                    return Plan(wanted=frozenset(unread) | self.references.wanted, words=frozenset(words))
                if circles.failed and along:
                    names |= along
                    continue
                self.skips += circles.skips()
            break
        if self.empties and not self.options.all_of:  # whoever uses the module must be known before it goes
            words.add(self.target.source_name.rpartition(".")[2])
        jobs = {} if self.is_blocked else self._jobs()
        decisions = Decisions(
            by_path=jobs, skips=tuple(dict.fromkeys(self.skips)), groups={path: [self.group] for path in jobs}
        )
        return Plan(wanted=self.references.wanted, words=frozenset(words), decisions=decisions)

    def _is_used_elsewhere(self, name: str) -> bool:
        """Whether another file takes a private name from the old module."""
        source = self.target.source
        bindings = self.references.bindings((source, name), name)
        return any(
            bindings.place(site.asks, path) in bindings.places
            for path, file in self.references.files.items() if path not in (source, self.target.dest)
            for site in file.sites if site.word == name and site.form in _NAMING and site.asks
        )  # fmt: skip

    # ---- what moves, and where to ------------------------------------------------------------

    def _target(self) -> Target | None:
        """The two modules; None where nothing is left to do, or they must be read first."""
        options = self.options
        dotted = source_of(options)
        source, dest = self._file(dotted), self._file(options.to)
        if source is None and dest is not None and self._has_moved(dest):
            return None
        if source is None or not source.endswith(".py"):
            raise OptionError("all_of" if options.all_of else "symbol", options.all_of or options.symbol[0],
                              "the dotted name of something in a module of the project is needed")  # fmt: skip
        if dest is None:
            parent, _, last = options.to.rpartition(".")
            above = self._file(parent) if parent else None
            beside = parent == dotted.rpartition(".")[0]  # in the same package, which may be one without a file
            if not beside and (not parent or above is None or not above.endswith("/__init__.py")):
                raise OptionError("to", options.to, "a module, or a new one in a package that is there, is needed")
            folder = dirname(source) if beside or above is None else dirname(above)
            dest = f"{folder}/{last}.py".lstrip("/")
        if dest == source:
            raise OptionError("to", options.to, "another module than that which it is in is needed")
        return Target(source=source, dest=dest, source_name=dotted, dest_name=options.to)

    def _has_moved(self, dest: str) -> bool:
        """Whether a module that is there no more has come to the new one."""
        there = self.facts[dest].sites.table.names if dest in self.facts else {}
        return all(symbol.rpartition(".")[2] in there for symbol in self.options.symbol)

    def _file(self, dotted: str) -> str | None:
        """The file of a module, also of one that is found from a folder of its own, as tests are."""
        if (found := self.modules.path(dotted)) is not None:
            return found
        fitting = [p for p in self.known.project.paths if is_module(p, dotted) and dotted in self.modules.names(p)]
        return fitting[0] if len(fitting) == 1 else None

    def _names(self) -> frozenset[str]:
        """The names that move: those that are asked for, as far as they are there yet."""
        if self.options.all_of:
            main = self.source.main
            units = (u for u in self.source.units if not u.is_import and u is not main)
            return frozenset(n for u in units for n in u.names) - {"__all__"}
        names = set()
        for dotted in self.options.symbol:
            name = dotted.rpartition(".")[2]
            bindings = self.source.names.module.names.get(name, [])
            if bindings and not all(b.kind == "import" for b in bindings):
                names.add(name)
                continue
            symbol = self.references.symbol(dotted)
            if self.references.wanted:
                continue
            if symbol is None and not (self.dest is not None and name in self.dest.names.module.names):
                raise OptionError("symbol", dotted, "the dotted name of a definition of the project is needed")
            if symbol is not None and symbol.path != self.target.dest:
                where = self.modules.name(symbol.path) or symbol.path
                raise OptionError("symbol", dotted, f"it is only imported there: {where} defines it")
        return frozenset(names)

    # ---- who refers to it -------------------------------------------------------------------

    def _look(self) -> None:
        for name in sorted(self.names):
            self._look_for(name)
        for path, facts in self.facts.items():
            for site in facts.prose:
                if site.word in self.names:
                    self._in_prose(path, site)
        for line, kind, reason in self.needs.problems:
            self.block(self.target.source, line, _CODES[kind], reason)
        self.doubts |= self.needs.doubts
        self._look_at_the_place()
        self.empties = is_emptied(self)
        for path, line, code, reason in hazards(self):
            self.block(path, line, code, reason)

    def _look_at_the_place(self) -> None:
        """The place that is asked for: it is there, and above all that needs the text at once."""
        asked = "after" if self.options.after else "before"
        name = self.options.after or self.options.before
        if name and (self.beside is None or self.beside.is_import):
            raise OptionError(asked, name, f"a name that {self.target.dest_name} defines is needed")
        landing, needed = self.landing(), self.needed()
        if needed is not None and (landing is None or landing > needed):
            self.block(
                self.target.dest, needed, "M01-cycle", f"what moves is needed here, above the place --{asked} {name}"
            )

    def _look_for(self, name: str) -> None:
        source = self.target.source
        symbol = Symbol("name", source, name)
        bindings = self.references.bindings((source, name), name)
        asked: dict[tuple[str, int, str], Named] = {
            (path, s.start, s.form): s for path, file in self.references.files.items() for s in file.sites
            if s.word == name and s.form in _NAMING
        }  # fmt: skip
        used: set[str] = set()
        for reference in self.references.of(symbol):
            path, site = reference.path, asked.get((reference.path, reference.start, reference.form))
            if reference.verdict == "may":
                self.block(path, reference.line, "M11-one-of-several", reference.reason)
            elif reference.verdict == "name":
                self._told(reference, site, name)
            elif path == source and reference.form in ("name", "annotation", "definition") and not reference.home:
                if not self.moves(reference.line):
                    self.staying.setdefault(name, reference.line)
            elif site is not None and bindings.place(site.asks, path) == (source, name):
                self._direct(reference, site)
            elif reference.form in ("attribute", "lookup") and not self._is_handed(bindings, site, path):
                if not self.stays_public:
                    self.block(
                        path, reference.line, "M11-one-of-several", "it is taken from what only may be the module"
                    )
            elif reference.form in ("name", "annotation", "all") and not reference.home:
                used.add(path)
        for path in sorted({p for p, n in bindings.places if n == name} - {source}):
            table = self.references.files[path].table
            handed = path.endswith("/__init__.py") or any(
                bindings.place(s.asks, p) == (path, name) for (p, _, _), s in asked.items()
            )
            if name not in table.names and table.stars and (path in used or handed):
                self.starred.setdefault(path, set()).add(name)

    def _in_prose(self, path: str, site: Site) -> None:
        """A docstring or comment that says the whole path."""
        if site.form == "told":
            places = {s.start for s in self.references.files[path].sites if s.form in _NAMING}
            if site.start not in places:
                reason = f"a text takes it from {self.target.source_name}: {site.word} is left as it is"
                self.skips.append(Skip(path, site.line, "M10-only-the-name", reason))
        elif path != self.target.source or not self.moves(site.line):
            self.sites.setdefault(path, []).append(site)
        elif site.form == "docstring":
            end = site.start - 1
            self.needs.edits[end - len(self.target.source_name)] = (end, self.target.dest_name)

    def _is_looked_up(self, reference: Reference, site: Named) -> bool:
        """Whether a place sets the name where the old module looks it up, as before: it stays."""
        sets = reference.form == "attribute" and not site.loads
        patches = "patch" in reference.context or "setattr" in reference.context
        name = site.word
        if name not in self.staying or not (sets or patches):
            return False
        elsewhere = any(name in {r.name for r in self.source.reads(u)} for u in self.units)
        if elsewhere:
            self.doubts.add(f"{reference.path}:{reference.line}: it is set in one of two modules that look it up")
        return True

    @staticmethod
    def _is_handed(bindings: Bindings, site: Named | None, path: str) -> bool:
        """Whether a place takes a name from another module that has it, too."""
        return site is not None and bool(site.asks) and bindings.place(site.asks, path) in bindings.places

    def _told(self, reference: Reference, site: Named | None, name: str) -> None:
        last = self.target.source_name.rpartition(".")[2]
        asks = site.asks if site is not None else ""
        near = reference.form == "attribute" or f".{last}." in f".{asks}"
        if reference.form not in _PROSE and near and not (self.stays_public and reference.form == "attribute"):
            reason = f"{reference.reason}: {name} is left as it is"
            self.skips.append(Skip(reference.path, reference.line, "M10-only-the-name", reason))

    def _direct(self, reference: Reference, site: Named) -> None:
        """A place that names the thing by its module."""
        path, form = reference.path, reference.form
        if self.is_package and form in ("import", "attribute"):
            return
        if self._is_looked_up(reference, site):
            return
        if path == self.target.source and (self.moves(reference.line) or form == "import"):
            return
        if reference.context.startswith("docs") and not path.endswith((".py", ".pyi")) and not self.options.docs:
            self.skips.append(
                Skip(path, reference.line, "M13-docs", "documentation says the name: --docs follows it")
            )
            return
        if reference.start < 0:
            self.block(path, reference.line, "M05-text", "it is written here with escapes or in pieces")
            return
        if reference.reason:
            self.doubts.add(f"{path}:{reference.line}: {reference.reason}")
        found = Site(form=form, line=reference.line, start=reference.start, word=site.word, asks=site.asks)
        self.sites.setdefault(path, []).append(found)

    # ---- what each file gets -----------------------------------------------------------------

    def _starred(self, path: str) -> Iterator[Import]:
        """The imports of names that a star import gave so far."""
        stars = [star.lstrip("*?") for star in self.facts[path].sites.table.stars]
        written = next(
            (s for s in stars if self.modules.path(s, path) == self.target.source), self.target.source_name
        )
        for name in sorted(self.starred.get(path, ())):
            yield Import(renamed(written, self.target, path), name)

    def _back(self, name: str) -> Import:
        """The import of a name in the old module; one that it only hands on says so."""
        handed = self.options.leave_alias and name not in self.staying
        return Import(self.back, name, name if handed else "")

    def _jobs(self) -> dict[str, Job]:
        target = self.target
        moved = ", ".join(sorted(self.names)[:3]) + (
            f" and {len(self.names) - 3} more" if len(self.names) > 3 else ""
        )
        reason = f"move {moved} from {target.source_name} to {target.dest_name}"
        reason += "".join(f"; {each}" for each in sorted(self.doubts)[:3])
        unsafe = bool(self.doubts)
        writer = Writer(self.source, self.dest, target, self.units, self.needs, self)
        jobs: dict[str, Job] = {}

        def job(path: str, **more: object) -> Job:
            sites = tuple(sorted(self.sites.get(path, ())))
            line = sites[0].line if sites else 1
            return Job(
                group=self.group, reason=reason, target=target, unsafe=unsafe, line=line, sites=sites,
                gone=self.empties,
                late=frozenset(n for p, n in self.late if p == path), **more,  # type: ignore[arg-type]
            )  # fmt: skip

        others: list[Other] = []
        for path in sorted({*self.sites, *self.starred, *self.shadowed} - {target.source, target.dest}):
            texts, requires = self.shadowed.get(path, ()), tuple(self._starred(path))
            if path in self.sites:
                jobs[path] = job(path, texts=texts, requires=requires)
            else:  # it does not say the names: nobody would look into it
                others.append(Other(path=path, texts=texts, requires=requires))
        if self.dest is not None:
            jobs[target.dest] = job(target.dest, texts=writer.arriving(), requires=writer.requires())
        late = {n for p, n in self.late if p == target.source}
        back = tuple(self._back(name) for name in self.returning if name not in late)
        jobs[target.source] = job(
            target.source, texts=() if self.empties else writer.leaving(), requires=back,
            frees=tuple(sorted(self.needs.frees)) if not self.empties else (),
            new=writer.new() if self.dest is None else None, goes=self.empties, others=tuple(others),
        )  # fmt: skip
        return jobs
