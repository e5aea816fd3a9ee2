"""From what was seen, read and written down to a file of the knowledge base; see `facts/exceptions/knowledge.py` for its form.

Evidence of a class: "o897" seen so often, "r" a `raise` in the function, "f" the flow of exceptions over
its source, "d" the documentation, "b" what the documentation says of all exceptions of the library, "wd" and "wr" deal's or RaiseAttention's data agree, "xr" RaiseAttention marks it exact. What only another tool says is no evidence, and printed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from .documented import Documented, Told
from .evidence import LEAST, Evidence
from .observed import Observation, Seen
from .others import error
from .places import Places, is_private
from .thin import move, thinned
from .total import ANYTHING, may_be_total
from .weak import IN_C, Weak


@dataclass(frozen=True)
class Disagreement:
    """One callable of which sources say different things: by source, the classes."""

    name: str
    said: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Ground:
    """All that is known of a library, each source by itself."""

    observation: Observation
    raised: Mapping[str, set[str]] = field(default_factory=dict)
    flowed: Mapping[str, set[str]] = field(default_factory=dict)
    reaching: Mapping[str, set[str]] = field(default_factory=dict)
    simple: frozenset[str] = frozenset()
    defined: frozenset[str] = frozenset()
    documented: Documented = field(default_factory=Documented)
    weak: Sequence[Weak] = ()
    types: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    older: Sequence[Observation] = ()  # looks at older Pythons: some classes are not there
    tops: frozenset[str] = frozenset()  # of a library: what belongs to others, and what no program names, is left out
    others_known: frozenset[str] = frozenset()  # other top-level modules whose classes may be named

    @cached_property
    def places(self) -> Places:
        return Places(self.observation, self.types, self.documented.prefer)

    # ---- one callable, with all its keys ---------------------------------------------------

    @cached_property
    def seen(self) -> dict[tuple[str, str], Seen]:
        """What was seen by where it is kept: `__new__` is how an instance is made, like `__init__`."""
        found: dict[tuple[str, str], Seen] = {}
        for key, seen in self.observation.callables.items():
            place = self.place(key)
            if place is not None:
                before = found.get(place, Seen())
                found[place] = Seen(
                    entered=max(before.entered, seen.entered),
                    raises=self.kept(before.raises, seen.raises),
                )
        return found

    def kept(self, before: Mapping[str, int], classes: Mapping[str, int]) -> dict[str, int]:
        found = dict(before)
        for name, count in classes.items():
            if self.others_known and name.partition(".")[0] not in self.tops | self.others_known:
                continue
            for cls in self.lasting(self.places.cls(name)):
                found[cls] = found.get(cls, 0) + count
        return found

    def lasting(self, cls: str) -> tuple[str, ...]:
        """A class that programs can name: itself, or what stands above a private one."""
        if not any(part.startswith("_") for part in cls.split(".")):
            return (cls,)
        above = [name for base in self.bases.get(cls, ()) if base not in ANYTHING for name in self.lasting(base)]
        return tuple(dict.fromkeys(above)) or (cls,)

    def since(self, cls: str) -> str:
        """The Python that has a class first; "" where the oldest has it."""
        known = {cls, *self.places.known_as(cls)}
        having = [version for version, names in self.versions.items() if known & names]
        return "" if not self.older or len(having) == len(self.versions) else "{}.{}".format(*min(having))

    @cached_property
    def versions(self) -> dict[tuple[int, ...], frozenset[str]]:
        """By minor version every name of a class of exceptions, dotted."""
        found = {}
        for one in (*self.older, self.observation):
            keys = {self.places.key(name) for name in one.bases}
            called = {name.replace(":", ".") for name, key in one.names.items() if key in keys}
            found[tuple(map(int, one.python.split(".")[:2]))] = frozenset({*one.bases, *called})
        return found

    def place(self, key: str) -> tuple[str, str] | None:
        """Where a callable is kept; None for one that no program calls by its name."""
        module, qualname = self.places.of(key)
        names = qualname.split(".")
        if any(name.startswith("_") and not name.endswith("__") for name in names):
            return None
        if is_private(module) and not self.places.defines(module, names[0]):
            return None
        if self.is_class(module, qualname):
            qualname += ".__init__"
        owner, dot, last = qualname.rpartition(".")
        return module, f"{owner}{dot}{'__init__' if last == '__new__' else last}"

    def is_class(self, module: str, name: str) -> bool:
        told = self.types.get(module, {})
        return name in told.get("classes", {}) or f"{module}.{name}" in self.classes

    @cached_property
    def statements(self) -> dict[tuple[str, str], set[str]]:
        return self.placed(self.raised)

    @cached_property
    def flow(self) -> dict[tuple[str, str], set[str]]:
        return self.placed(self.flowed)

    @cached_property
    def reached(self) -> dict[tuple[str, str], set[str]]:
        return self.placed(self.reaching)

    @cached_property
    def plain(self) -> frozenset[tuple[str, str]]:
        """The functions of which the flow knows all."""
        return frozenset(place for key in self.simple if (place := self.place(key)) is not None)

    @cached_property
    def own(self) -> frozenset[tuple[str, str]]:
        """What stands in the source itself, whatever stubs repeat."""
        return frozenset(place for key in self.defined if (place := self.place(key)) is not None)

    @cached_property
    def overridden(self) -> frozenset[tuple[str, str]]:
        """The methods that a subclass has, too: what that one raises, a source does not say of the one above."""
        every = [(module, name) for module, told in self.types.items() for name in told.get("callables", {})]
        return frozenset(above for place in every if "." in place[1] for above in self.above(*place))

    def placed(self, read: Mapping[str, set[str]]) -> dict[tuple[str, str], set[str]]:
        """What was read in the source, by where it is kept."""
        found: dict[tuple[str, str], set[str]] = {}
        for key, classes in read.items():
            if (place := self.place(key)) is not None:
                named = {self.places.cls(name) for name in map(self.followed, classes)}
                known = named & self.errors
                others = {name for name in named - known if not name.startswith("builtins.")}
                known |= {cls for name in others if self.others_known and (cls := error(name))}
                found.setdefault(place, set()).update(name for cls in known for name in self.lasting(cls))
        return found

    def followed(self, name: str) -> str:
        """Where a class is defined that a module has by that name."""
        key = self.places.key(name)
        return self.observation.names.get(key, key).replace(":", ".")

    @cached_property
    def errors(self) -> frozenset[str]:
        """Every class of exceptions, where it is kept."""
        return frozenset(map(self.places.cls, self.observation.bases))

    @cached_property
    def told(self) -> dict[tuple[str, str], Told]:
        """The documentation, by where things are kept. It writes names that programs use."""
        found: dict[tuple[str, str], Told] = {}
        for key, told in self.documented.expanded(self.types):
            module, _, qualname = key.partition(":")
            top, dot, rest = qualname.partition(".")
            defined = self.observation.names.get(f"{module}:{top}", f"{module}:{top}")
            place = self.place(f"{defined}{dot}{rest}") or (module, qualname)
            named = [self.places.cls(self.followed(name)) for name in told.raises]
            classes = tuple(name for cls in named for name in self.lasting(cls))
            before = found.get(place, Told())
            found[place] = Told(
                (*before.raises, *classes),
                before.whole or told.whole,
                before.open or told.open,
                told.broad and (before.broad or place not in found),
            )
        return found

    # ---- other tools -----------------------------------------------------------------------

    @cached_property
    def others(self) -> dict[tuple[str, str], dict[str, dict[str, bool]]]:
        """By place and by tool what it says: a class and whether it is marked exact."""
        spelled = {(m.lower(), q.lower()): (m, q) for m, q in self.spelled}
        found: dict[tuple[str, str], dict[str, dict[str, bool]]] = {}
        for weak in self.weak:
            for (module, qualname), classes in weak.entries.items():
                owner, dot, last = qualname.partition(".")
                owner = IN_C.get(owner, owner) if module == "builtins" and dot else owner
                key = spelled.get((module.lower(), f"{owner}{dot}{last}".lower()))
                place = self.place(":".join(key)) if key else None
                if place is None:
                    continue
                said = found.setdefault(place, {}).setdefault(weak.word, {})
                for name, exact in classes.items():
                    said[self.named(module, name)] = exact
        return found

    @cached_property
    def spelled(self) -> set[tuple[str, str]]:
        pairs = {(*key.split(":", 1),) for key in (*self.observation.callables, *self.raised)}
        return {(module, qualname) for module, qualname in pairs}

    def named(self, module: str, name: str) -> str:
        """A class as another tool writes it, which is how the source has it; "?name" where there is no such class."""
        for dotted in (f"builtins.{name}", f"{module}.{name}", name):
            if (cls := self.places.cls(self.followed(dotted))) in self.errors:
                return cls
        return f"?{name}"

    # ---- what is written ---------------------------------------------------------------------

    @cached_property
    def classes(self) -> dict[str, tuple[str, ...]]:
        """The library's own exceptions, where they are kept, with their real bases."""
        tops = {key.partition(":")[0].partition(".")[0] for key in self.observation.names}
        tops |= {key.partition(":")[0].partition(".")[0] for key in self.observation.callables}
        tops |= {module.partition(".")[0] for module in self.types}
        return {
            name: bases
            for name, bases in self.bases.items()
            if name.partition(".")[0] in tops and name != "builtins.object"
        }

    @cached_property
    def bases(self) -> dict[str, tuple[str, ...]]:
        """The bases of every exception, and of what stands above it."""
        places = self.places
        return {places.cls(name): tuple(map(places.cls, bases)) for name, bases in self.observation.bases.items()}

    def entry(self, place: tuple[str, str]) -> dict[str, Any] | None:
        """What a callable raises; None where neither a run nor the documentation says anything."""
        told = self.told.get(place)
        if told is not None and told.broad and place in self.flow and place in self.plain - self.overridden:
            told = None  # what is said of the whole library says less than its source
        evidence = Evidence(
            seen=self.seen.get(place),
            told=told,
            stated=frozenset(self.statements.get(place, ())),
            flow=frozenset(self.flow[place]) if place in self.flow else None,
            reached=frozenset(self.reached.get(place, ())),
            others=self.others.get(place, {}),
            iterates=place[1].endswith("next__"),
        )
        words = evidence.words(self.line)
        if words is None:
            return None
        found: dict[str, Any] = {"raises": {name: " ".join(dict.fromkeys(words[name])) for name in sorted(words)}}
        if self.is_total(place, words, evidence.seen or Seen(), told or Told()):
            found["total"] = True
        return found

    def line(self, name: str) -> list[str]:
        """A class and all above it."""
        found = [name]
        for cls in found:
            found += [base for base in self.bases.get(cls, ()) if base not in found]
        return found

    def is_total(self, place: tuple[str, str], words: Mapping[str, Any], seen: Seen, told: Told) -> bool:
        for said in self.others.get(place, {}).values():
            exact = {name for name, is_exact in said.items() if is_exact}
            unknown = {name for name in said if name.startswith("?")}
            everything = {*seen.raises, *words}
            if exact == {*words} and may_be_total(exact, ({*said} - exact) | unknown, everything, told.raises):
                return True
        return False

    def entries(self) -> dict[tuple[str, str], dict[str, Any]]:
        """What is known of each callable. Where stubs have a name as that of something else, it is kept with that."""
        found: dict[tuple[str, str], dict[str, Any]] = {}
        for place in sorted({*self.seen, *self.told, *self.flow}):
            if (entry := self.entry(place)) is not None and not place[0].startswith(self.documented.without):
                target = self.types.get(place[0], {}).get("aliases", {}).get(place[1], "")
                module, _, qualname = self.places.key(target).partition(":")
                if target and self.places.defines(module, qualname.partition(".")[0]):
                    found.setdefault((module, qualname), entry)
                else:
                    found[place] = entry
        return found

    def modules(self) -> dict[str, dict[str, Any]]:
        """The modules with all that is known: types, classes, what callables raise."""
        found = {module: {part: dict(names) for part, names in told.items()} for module, told in self.types.items()}
        entries = self.entries()
        raised = {name for entry in entries.values() for name in entry["raises"]}
        asked = {name for cls in raised for name in self.line(cls)}
        for target, bases in self.classes.items():
            module, _, qualname = self.places.key(target).partition(":")
            if target not in asked and (is_private(module) or qualname.startswith("_")):
                continue
            old = self.types.get(module, {}).get("classes", {}).get(qualname, {})
            written = found.setdefault(module, {})
            new = {"since": since} if (since := self.since(target)) else {}
            written.setdefault("classes", {})[qualname] = {**old, "bases": list(bases), **new}
            written.get("aliases", {}).pop(qualname, None)
            for module, name in self.also(target):  # types may have it in the private module of its file
                move(found, (module, name), *self.places.key(target).split(":"))
                found[module].setdefault("aliases", {})[name] = target
        for module, name, target in self.places.aliases():
            written = found.setdefault(module, {})
            if target in self.classes:  # stubs may have it as a class in two places
                move(found, (module, name), *self.places.key(target).split(":"))
            if name not in written.get("classes", {}) and name not in written.get("callables", {}):
                written.setdefault("aliases", {})[name] = target
        for (module, qualname), entry in entries.items():
            owner = qualname.rpartition(".")[0]
            written = found.setdefault(module, {})
            if owner and owner not in written.get("classes", {}):
                written.setdefault("classes", {})[owner] = {}
            old = written.get("callables", {}).get(qualname) or self.inherited(module, qualname)
            written.setdefault("callables", {})[qualname] = {**old, **entry}
            written.get("aliases", {}).pop(qualname, None)
        for key, path in self.documented.returns.items():
            module, _, name = key.partition(":")
            written = found.setdefault(module, {}).setdefault("callables", {})
            written[name] = {**written.get(name, {}), "returns": path}
        self.pass_on(found, entries)
        if self.tops:
            return thinned({module: told for module, told in found.items() if module.partition(".")[0] in self.tops})
        return {module: tidy(written) for module, written in sorted(found.items()) if tidy(written)}

    def pass_on(self, found: Mapping[str, Any], entries: Mapping[tuple[str, str], Mapping[str, Any]]) -> None:
        """Stubs repeat a method in a subclass for its types: what the one above it raises, it raises."""
        for module, written in found.items():
            for name, typed in written.get("callables", {}).items():
                if "raises" in typed or (module, name) in self.told or "." not in name:
                    continue
                own = (module, name) in self.own  # it does something else, which may be more than nothing
                for place in self.above(module, name):
                    if place in entries and (entries[place]["raises"] or not own):
                        written["callables"][name] = {**typed, "raises": entries[place]["raises"]}
                        break

    def above(self, module: str, qualname: str) -> Iterator[tuple[str, str]]:
        """The places of a method in the base classes of its class, nearest first."""
        owner, _, last = qualname.rpartition(".")
        pending = [f"{module}.{owner}"]
        for cls in pending:
            where, _, name = self.places.key(cls).partition(":")
            if cls != pending[0]:
                yield where, f"{name}.{last}"
            bases = self.types.get(where, {}).get("classes", {}).get(name, {}).get("bases", ())
            bases = [base.lstrip("^").rpartition("]")[2].rstrip("*()") for base in bases]
            pending += [base for base in bases if base not in pending]

    def also(self, cls: str) -> list[tuple[str, str]]:
        """Where else the types have a class."""
        pairs = (
            tuple(name.split(":")) for key in (self.places.key(cls),) for name in self.places.called.get(key, ())
        )
        return [(module, name) for module, name in pairs if name in self.types.get(module, {}).get("classes", {})]

    def inherited(self, module: str, qualname: str) -> Mapping[str, Any]:
        """The types of a method that a class has from another one: what it raises is kept with the class itself."""
        for where, name in self.above(module, qualname) if "." in qualname else ():
            if name in self.types.get(where, {}).get("callables", {}):
                found: Mapping[str, Any] = self.types[where]["callables"][name]
                return found
        return {}

    def disagreements(self) -> Iterator[Disagreement]:
        """Callables of which another tool says less than was seen, or more."""
        for place, by_tool in sorted(self.others.items()):
            seen, told = self.seen.get(place), self.told.get(place)
            known = {name for name, count in (seen or Seen()).raises.items() if count >= LEAST}
            known |= self.statements.get(place, set()) | {*(told.raises if told else ())}
            if (seen is None and told is None) or all({*said} == known for said in by_tool.values()):
                continue
            said = {
                "seen": tuple(f"{name} {count}" for name, count in (seen or Seen()).raises.items()),
                "raise statements": tuple(sorted(self.statements.get(place, ()))),
                "documentation": told.raises if told else (),
            }
            for weak in self.weak:
                classes = by_tool.get(weak.word, {})
                said[weak.tool] = tuple(f"{n} (exact)" if exact else n for n, exact in sorted(classes.items()))
            yield Disagreement(".".join(place), {source: names for source, names in said.items() if names})


def tidy(written: Mapping[str, Any]) -> dict[str, Any]:
    return {part: dict(sorted(names.items())) for part, names in sorted(written.items()) if names}
