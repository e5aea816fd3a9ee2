"""`run.py --narrow [recover|mutants|suites|apps] [ARGUMENT…]`: what narrow-except must hold on real projects.

`recover` broadens handlers that persons wrote (narrow_recover.py), `mutants` raises what narrowed clauses say (narrow_mutants.py),
`suites` compares test results before and after (narrow_suites.py), `apps` counts over whole applications (narrow_apps.py);
all four without one.
"""

from __future__ import annotations

import narrow_apps
import narrow_mutants
import narrow_recover
import narrow_suites

PROOFS = {
    "recover": narrow_recover.main,
    "mutants": narrow_mutants.main,
    "suites": narrow_suites.main,
    "apps": narrow_apps.main,
}


def main(arguments: list[str]) -> int:
    if arguments and arguments[0] in PROOFS:
        return PROOFS[arguments[0]](arguments[1:])
    if arguments:
        raise SystemExit(f"error: no proof {arguments[0]}; there are {', '.join(PROOFS)}")
    return max([prove([]) for prove in PROOFS.values()])
