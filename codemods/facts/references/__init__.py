"""Who refers to a definition: every token that resolves to it, and every place where only the name agrees.

A codemod reads files with `scan.read(file, {"old": ("new",)})` (the words that are asked for, and the names that each may
get, whose being free is then looked at), keeps that in its facts, and asks `References`:

    references = known.once(references_of, public)         # from facts that are `FileSites`, or have a field `sites`
    symbol = references.symbol("pkg.mod.Cls.old")          # a Symbol, or None where there is no such definition
    for reference in references.of(symbol):                # each with path, line, start, end, form, verdict, reason
        ...
    Wants(paths=references.wanted)                         # the files that must be read before all this is final

`form` says what stands there (data.py lists the forms): "definition", "name", "import", "attribute", "all", "path", …
`verdict` is "resolves" (it is the definition, by scope, import, re-export, star or type), "may" (one of several things) or
"name" (nobody knows what it is; only the spelling agrees). `reason` says why a place only may refer, or what is not safe in
a place that does. An import without an alias `follows` where the name that it binds means nothing else; one that does not
must keep its local name (`new as old`).

symbols.py      a dotted name → Symbol → references; the files that are wanted; why a new name is not free
names.py        module-level names and modules: which bindings of other modules are the definition
members.py      methods and attributes: which classes have it, what receivers are, protocols
parameters.py   parameters: bodies, keywords of callers, overrides, docstrings
scan.py, texts.py, receivers.py, clashes.py, others.py     one file (others.py: one that is no Python)
"""

from __future__ import annotations
