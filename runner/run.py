"""The flow on one screen: files → scan → find → settle → compose → format → check → deliver."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from .config import Options
from .handing import deliver
from .making import Making
from .opening import opened
from .outcome import Report


def run(options: Options) -> Report:
    """Plan all steps, with what was decided on an earlier plan of this name, then deliver.

    Raises CodemodError for what cannot be done at all.
    """
    with opened(options) as world, ThreadPoolExecutor(1) as aside:
        world.named  # noqa: B018 - a path that is not there is told before any work
        unread = aside.submit(world.unread)  # git looks through the checkout while we look through the commit
        making = Making(options, world)
        decisions = making.earlier_decisions()
        plan, decisions, done = making.planned(decisions)
        report = making.report(done, plan, unread=unread.result())
        looks = options.dry_run or options.check
        if (report.plan.changes or looks) and not making.keep(report.plan, decisions) and options.dry_run:
            lost = f"the plan cannot be kept in {making.shelf.folder}: review and apply will not find it"
            report = replace(report, remarks=(*report.remarks, lost))
        if looks or not (report.after or options.verify):
            return report
        if options.verify:
            from . import judged

            verdict = judged.judge(
                making.steps, making.shelf, report.plan, decisions, judged.asked_by(options), options.where
            )
            done = verdict.done
            report = replace(making.report(done, report.plan, report.unread), verified=verdict.verified)
            if not report.after:
                return report
        world.workers.progress.phase("writing", 0)
        return deliver(report, world, done)
