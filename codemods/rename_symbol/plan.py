"""The references of each symbol as edits of files, and what blocks it: all or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ..engine.codemod import OptionError
from ..engine.grouping import grouped
from ..engine.known import Decisions, Known
from ..engine.tables import BUILTINS
from ..engine.values import Skip
from ..facts.references.data import Reference
from ..facts.references.names import looks_up
from ..facts.references.symbols import References, Symbol, references_of
from ..facts.references.unreadable import unreadable
from .kept import convention, fixture, kept, keys
from .moved import in_the_way, moves
from .values import Alias, Job, Kind, Options, Pair, pairs_of

_BARE = frozenset({"definition", "name", "import", "alias", "annotation", "parameter"})


@dataclass
class Plan:
    """What is decided, and the files that must be read before that is final."""

    wanted: frozenset[str] = frozenset()
    decisions: Decisions = field(default_factory=Decisions)


def wanted(known: Known, options: Options) -> frozenset[str]:
    """The files that must be read before the plan is final. What most of them are asked for by is asked first, so that the
    plan of a hundred symbols is not made in vain."""
    references = _references(known, options)
    symbols = [*filter(None, (references.symbol(pair.dotted) for pair in pairs_of(options)))]
    if any(symbol.kind == "member" for symbol in symbols):
        references.classes.ask()
    if not references.wanted:
        for symbol in symbols:
            references.of(symbol)
    return references.wanted or known.once(plan_of, options).wanted


def _references(known: Known, options: Options) -> References:
    return known.once(references_of, options.public_name == "rename", options.all_overrides)


def plan_of(known: Known, options: Options) -> Plan:
    """The plan over all that is known in this round."""
    references = _references(known, options)
    jobs: dict[str, list[Job]] = {}
    skips: list[Skip] = []
    pairs = pairs_of(options)
    done: list[_Renamed] = []
    for pair in pairs:
        symbol = references.symbol(pair.dotted) or references.gone(pair.dotted, pair.new)
        if symbol is not None and references.same(symbol, pair.new):
            continue  # an alias of what has the new name
        if symbol is None:
            _check(references, pair, pairs)
            continue
        renamed = _Renamed(known, references, symbol, pair, options)
        skips += renamed.skips
        done.append(renamed)
    skips += _meeting(references, done)
    skips += _following(done)
    for path, job in (each for renamed in done for each in renamed.jobs):
        jobs.setdefault(path, []).append(job)
    groups = {path: [job.group for job in found] for path, found in jobs.items()}
    decisions = Decisions(
        by_path={path: tuple(found) for path, found in jobs.items()}, skips=tuple(dict.fromkeys(skips)), groups=groups
    )
    return Plan(wanted=references.wanted, decisions=decisions)


def _outermost_last(pairs: Sequence[Pair]) -> list[Pair]:
    """What stands inside of others first: its own name is not yet another then."""
    return sorted(pairs, key=lambda p: -len(p.dotted))


def _check(references: References, pair: Pair, pairs: Sequence[Pair]) -> None:
    """Raise OptionError for a symbol that is not there. One that has its new name already, or is in something that has,
    needs nothing."""
    names = {pair.dotted}
    for each in _outermost_last(pairs):
        names |= {name for known in names if (name := each.within(known))}
    there = any(references.has(name, pair.new) for name in names) or any(map(references.symbol, names))
    if not there and not references.wanted:
        table, _, inner = pair.dotted.partition(".")
        if pair.from_map and references.modules.split(table) is None and references.symbol(inner) is not None:
            form = f'a map is a line "{inner}" = "{pair.new}" for each, without a table around them'
            raise OptionError("map", pair.dotted, f"{form}: there is no {table}")
        several = references.modules.ambiguous(pair.dotted.partition("(")[0], "")
        what = f": several files may be meant, {', '.join(several)}" if several else ""
        raise OptionError(
            "map" if pair.from_map else "symbol",
            pair.dotted,
            f"the dotted name of a definition of the project is needed{what}",
        )


def _meeting(references: References, renamed: Sequence[_Renamed]) -> Iterator[Skip]:
    """Several that would get one name where both are seen: none of them is renamed."""
    by_name = grouped((each.pair.new, each) for each in renamed if each.jobs)
    for new, several in by_name.items():
        for each in several if len(several) > 1 else ():
            if other := next((o for o in several if o is not each and _meet(references, each, o)), None):
                reason = f"{other.pair.dotted} would be called {new}, too"
                yield Skip(each.symbol.path, each.line, "S02-taken", reason, each.group)
    for each in renamed:
        if any(_meet(references, each, o) for o in by_name.get(each.pair.new, ()) if o is not each):
            each.jobs = []


def _following(renamed: Sequence[_Renamed]) -> Iterator[Skip]:
    """Names of which one gets that of another, which gets a third: none of these is renamed."""
    having = {each.pair.dotted: each for each in renamed}
    for each in renamed:
        parent, dot, _ = each.pair.dotted.rpartition(".")
        if (other := having.get(f"{parent}{dot}{each.pair.new}")) is not None:
            first = f"rename that to {other.pair.new} first, in a run of its own"
            if each.pair.word == other.pair.new:
                first = "rename one of the two to a third name first, in a run of its own"
            reason = f"{other.pair.dotted} has this name until it is renamed: {first}"
            yield Skip(each.symbol.path, each.line, "S02-taken", reason, each.group)
            reason = f"{each.pair.dotted} would get this name in the same run: {first}"
            yield Skip(other.symbol.path, other.line, "S02-taken", reason, other.group)
            each.jobs = other.jobs = []


def _meet(references: References, one: _Renamed, other: _Renamed) -> bool:
    """Whether some place sees both by a bare name, or a class has both."""
    if one.symbol == other.symbol:
        return False
    kinds = {one.symbol.kind, other.symbol.kind}
    if kinds == {"member"}:
        having = (references.members_of(each.symbol).around for each in (one, other))
        return not set(next(having)).isdisjoint(next(having))
    if kinds == {"parameter"}:
        return not references.parameters(one.symbol).homes.isdisjoint(references.parameters(other.symbol).homes)
    return "member" not in kinds and not one.bare.isdisjoint(other.bare)


def _alias(options: Options, symbol: Symbol, pair: Pair) -> Alias | None:
    """What shall stay under the old name."""
    if not (options.alias or options.leave_alias) or symbol.kind not in ("name", "member"):
        return None
    kind: Kind = "deprecated" if options.alias else "plain"
    owner = symbol.name.rpartition(".")[0]
    return Alias(kind=kind, dotted=pair.dotted, owner=owner, old=pair.word, new=pair.new)


class _Renamed:
    """One symbol and what becomes of its references."""

    def __init__(self, known: Known, references: References, symbol: Symbol, pair: Pair, options: Options) -> None:
        project = known.project
        self.symbol, self.pair = symbol, pair
        self.leaves = options.alias or options.leave_alias
        self.alias = _alias(options, symbol, pair)
        self.moves = moves(project, symbol, pair.new) if symbol.kind == "module" else {}
        self.project = project
        self.standing = frozenset((*project.paths, *project.others))
        self.group = f"{symbol.path}::{pair.dotted} -> {pair.new}"
        found = references.of(symbol)
        self.skips = [
            Skip(r.path, r.line, "S10-only-the-name", f"{r.reason}: {pair.word} is left as it is")
            for r in found if r.verdict == "name"
        ]  # fmt: skip
        self.mine = [r for r in found if r.verdict != "name"]
        if not options.docs:  # documentation is told, and left
            prose = [r for r in self.mine if r.context.startswith("docs") and not r.path.endswith((".py", ".pyi"))]
            self.mine = [r for r in self.mine if r not in prose]
            self.skips += [
                Skip(r.path, r.line, "S13-docs", "documentation says the name: --docs renames it", "") for r in prose
            ]
        self.doubts: list[str] = []
        if symbol.kind == "member":  # each of these may be it: what reads it there would fail
            taken = (r for r in found if r.form == "attribute" or (r.form == "lookup" and "#" in r.context))
            unknown = [r for r in taken if r.verdict == "name"]
            self.doubts += [f"{r.path}:{r.line}: {r.reason}" for r in unknown]
        looked = [
            r for r in found if r.verdict == "name" and r.ends and looks_up(r.context) and r.path.endswith(".py")
        ]
        self.doubts += [f"{r.path}:{r.line}: a text that is looked up holds the word" for r in looked]
        left = sorted(self.moves.keys() - known.targets) if known.targets is not None else ()
        self.doubts += [f"{path} is no plain file (a link, perhaps): it stays where it is" for path in left]
        if symbol.gone:
            self.doubts.append(f"nothing is called {pair.dotted} any more, and {pair.new} is there")
        blocks = [*self._blocks(references)]
        self.skips += blocks
        self.jobs = [] if blocks else [*self._jobs()]

    @property
    def line(self) -> int:
        return next((r.line for r in self.mine if r.path == self.symbol.path), 1)

    @property
    def bare(self) -> frozenset[str]:
        """The files that say it by a bare name."""
        return frozenset(r.path for r in self.mine if r.form in _BARE and r.follows)

    def _blocks(self, references: References) -> Iterator[Skip]:
        for reference in self.mine:
            if reference.verdict == "may":
                yield Skip(reference.path, reference.line, "S11-one-of-several", reference.reason, self.group)
            elif reference.binds == self.pair.word and reference.context == "dotted" and not reference.follows:
                reason = "the local name that this import gives means another thing, too"
                yield Skip(reference.path, reference.line, "S11-one-of-several", reason, self.group)
            elif reference.start < 0:
                reason = f"{self.pair.word} is written here with escapes or in pieces"
                yield Skip(reference.path, reference.line, "S12-no-place", reason, self.group)
        symbol, pair = self.symbol, self.pair
        if symbol.kind == "module" and (reason := in_the_way(references, self.standing, symbol, pair.new)):
            yield Skip(symbol.path, 1, "S02-taken", reason, self.group)
        line = self.line
        beside = f"{pair.dotted.rpartition('.')[0]}.{pair.new}"
        if symbol.kind == "name" and references.is_module(beside):
            yield Skip(symbol.path, line, "S02-taken", f"{beside} is a module", self.group)
        for path, at, reason in unreadable(self.project, pair.word):
            yield Skip(path, at, "S09-unreadable", reason, self.group)
        if reason := convention(symbol, pair.word, pair.new):
            yield Skip(symbol.path, line, "S04-convention", reason, self.group)
        if reason := keys(references, symbol):
            yield Skip(symbol.path, line, "S08-keys", reason, self.group)
        elsewhere = references.by_word.get(pair.mangled, {}) if symbol.kind == "member" else {}
        for path, sites in elsewhere.items():
            for site in sites:
                if site.form not in ("text", "comment"):
                    yield Skip(path, site.line, "S08-keys", f"it is called {pair.mangled} here", self.group)
        if reason := fixture(references, symbol):
            yield Skip(symbol.path, line, "S05-fixture", reason, self.group)
        if self.leaves and self.alias is None:
            yield Skip(symbol.path, line, "S06-no-alias", f"a {symbol.kind} cannot keep its old name", self.group)
        self.doubts += kept(references, symbol)
        if symbol.kind == "member":
            yield from self._overrides(references)
        for path, clash in references.clashes(self.symbol, self.pair.new):
            yield Skip(path, clash.line, "S02-taken", clash.reason, self.group)

    def _overrides(self, references: References) -> Iterator[Skip]:
        members = references.members_of(self.symbol)
        for (path, name), protocol in sorted(members.alike()):
            line = references.resolver.class_facts((path, name)).line
            reason = f"{name} has all that the protocol {protocol[1]} asks for, without inheriting: --all-overrides renames it, too"
            yield Skip(path, line, "S07-protocol", reason, self.group)
        yield from self._bases(references)

    def _bases(self, references: References) -> Iterator[Skip]:
        """What a base outside of the project calls by its name; where it is not known what a base has, that is not safe."""
        for (path, name), base, surely in references.members_of(self.symbol).overrides():
            line = references.resolver.class_facts((path, name)).line
            if surely:
                reason = f"{base}, from which {name} inherits, has {self.pair.word}, too"
                yield Skip(path, line, "S03-overrides", reason, self.group)
            else:
                what = base or "something that nobody knows"
                self.doubts.append(f"{name} inherits from {what}, which may have {self.pair.word}, too")

    def _jobs(self) -> Iterator[tuple[str, Job]]:
        reason = f"rename {self.pair.dotted} to {self.pair.new}"
        unsafe = sorted(dict.fromkeys(self.doubts)) + sorted(
            {f"{r.path}:{r.line}: {r.reason or r.shows}" for r in self.mine if r.reason or r.shows}
        )
        if self.pair.new in BUILTINS:
            unsafe.append(f"{self.pair.new} hides the builtin")
        reason += "".join(f"; {each}" for each in unsafe[:3])
        by_path: dict[str, list[Reference]] = {path: [] for path in self.moves}
        for reference in self.mine:
            by_path.setdefault(reference.path, []).append(reference)
        for path in sorted(by_path, key=lambda p: (p != self.symbol.path, p)):
            found = by_path[path]
            spans = {(r.start, r.end, self.pair.word, self._new(r)): "comment" in (r.form, r.context) for r in found}
            yield (
                path,
                Job(
                    group=self.group,
                    line=found[0].line if found else 1,
                    reason=reason,
                    spans=tuple(sorted(s for s, comment in spans.items() if not comment)),
                    comments=tuple(sorted(s for s, comment in spans.items() if comment)),
                    unsafe=bool(unsafe),
                    to=self.moves.get(path, ""),
                    alias=self.alias if path == self.symbol.path else None,
                    imports=any(r.form in ("import", "alias") for r in found),
                    same=tuple(sorted(r.start for r in found if self._says_itself(r))),
                ),
            )

    def _says_itself(self, reference: Reference) -> bool:
        """Whether an import would read `new as new`; in a stub that hands the name on."""
        imported = reference.form == "import" and reference.aliased and reference.context != "dotted"
        return imported and reference.binds == self.pair.new and not reference.path.endswith(".pyi")

    def _new(self, reference: Reference) -> str:
        """What is written in a reference's place."""
        old, new = self.pair.word, self.pair.new
        if reference.form == "import" and reference.binds == old and not reference.follows:
            return new if reference.aliased else f"{new} as {old}"
        return f"{old} as {new}" if reference.form == "alias" and not reference.aliased and reference.binds else new
