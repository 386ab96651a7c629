"""The steps of a run, as plain functions: one declared source at a time, with the pages found under it."""

from __future__ import annotations

from functools import partial

from flows.guarding import guarded
from flows.outcome import SourceReport
from flows.page import check_page
from flows.run import Run
from sources import RegimeConfig, SourceConfig


def check_source(run: Run, config: RegimeConfig, declared: SourceConfig) -> SourceReport:
    """Check one declared source and, where it is a list, every page under it."""
    standing = run.standing(config.regime, declared.id)
    if declared.lists_others:
        from flows.listing import check_list

        return check_list(run, config, declared, standing)
    outcome, changes = guarded(run, standing, partial(check_page, run, config, standing))
    return SourceReport((outcome,), changes)
