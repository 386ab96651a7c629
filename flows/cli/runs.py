"""Commands that run: monitor, deliver, sources."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.options import Config, Json, Private, moment
from flows.cli.output import print_json, print_line, print_table
from flows.cli.signals import ended_by_signals

if TYPE_CHECKING:
    from flows.outcome import MonitorSummary


def register(app: typer.Typer) -> None:
    """Add these commands to *app*."""
    app.command()(monitor)
    app.command()(deliver)
    sources = typer.Typer(help="The declared regimes and their sources.", no_args_is_help=True)
    sources.command("check")(sources_check)
    app.add_typer(sources, name="sources")


def monitor(
    regime: Annotated[list[str] | None, typer.Option("--regime", help="Only this regime; may be given again.")] = None,
    source: Annotated[str | None, typer.Option("--source", help="Only the source of this id.")] = None,
    config: Config = None,
    now: Annotated[str | None, typer.Option("--now", help="Observe as at this moment (ISO 8601).")] = None,
    direct: Annotated[bool, typer.Option("--direct", help="The same steps without the Prefect engine.")] = False,
    allow_private: Private = None,
    json: Json = False,
) -> int:
    """Check the sources once: fetch, archive, parse, compare, store, alert. Exit code 1 when a source failed."""
    from flows.running import run_directly
    from flows.watch import open_watch

    at = moment(now, "--now")
    regimes, hosts = tuple(regime or ()), tuple(allow_private or ())
    with ended_by_signals():
        with open_watch(config=config, now=at, allow_private=hosts) as watch:
            # Asked here, so that bad input is refused before an engine is started.
            chosen = watch.sources(regimes, source)
            # What was loaded is no garbage: Python need not look through it again and again.
            gc.freeze()
            summary = run_directly(watch, chosen) if direct else None
        if summary is None:
            from flows.monitor import run_with_engine

            gc.freeze()
            summary = run_with_engine(regimes=regimes, source=source, config=config, now=at, allow_private=hosts)
    if json:
        print_json(summary)
    else:
        show(summary)
    return 1 if summary.failures else 0


def show(summary: MonitorSummary, title: str = "Sources") -> None:
    """A run for a person: its sources, its changes, its alerts."""
    from diffs.sentence import say

    print_table(
        title,
        ("regime", "source", "outcome", "status", "error"),
        ((o.regime, o.source, o.outcome, o.http_status or "", o.error or "") for o in summary.sources),
    )
    told = {alert.key for alert in summary.alerts}
    print_line("")
    print_table(
        "Changes",
        ("severity", "change", "alert"),
        ((c.severity.value, say(c), "yes" if c.key in told else "") for c in summary.changes),
        empty="none.",
    )


def deliver(json: Json = False) -> None:
    """Send pending alerts."""
    from flows.delivering import deliver as send
    from flows.watch import open_watch

    with open_watch() as watch:
        summary = send(watch)
    if json:
        print_json(summary)
    else:
        print_line(f"{summary.sent} sent, {summary.failed} to be tried again, {summary.given_up} given up")
        if summary.digests:
            print_line(f"{summary.digests} digests sent")
        if summary.repeated:
            print_line(f"{summary.repeated} repeated under their keys: whether they had arrived was not known")
        for line in summary.refusals:
            print_line(line)


def sources_check(
    config: Config = None,
    probe: Annotated[bool, typer.Option("--probe/--no-probe", help="Ask each address whether it answers.")] = False,
    allow_private: Private = None,
    json: Json = False,
) -> int:
    """Validate the declarations, say which addresses nobody has verified, and with --probe ask each."""
    from sources import load_regimes

    rows = [
        {"regime": c.regime, "source": s.id, "kind": s.kind.value, "url": s.url,
         "verified": "verified" if s.is_verified else "unverified", "answer": None}
        for c in load_regimes(config)
        for s in c.sources
    ]  # fmt: skip
    failed = _probe(rows, tuple(allow_private or ())) if probe else False
    if json:
        print_json(rows)
    else:
        columns = ("regime", "source", "kind", "verified", "url", "answer")
        print_table("Sources", columns, ([row[c] for c in columns] for row in rows))
    return 1 if failed else 0


def _probe(rows: list[dict[str, str | None]], allow_private: tuple[str, ...]) -> bool:
    from fetchers.fetcher import Fetcher
    from fetchers.settings import settings_from_environment

    failed = False
    with Fetcher(settings_from_environment(frozenset(allow_private)), archive=lambda _: "") as fetcher:
        for row in rows:
            url = str(row["url"])
            if url.startswith("file:"):
                continue
            result = fetcher.get(url)
            row["answer"] = result.error or str(result.status)
            failed = failed or result.error is not None
    return failed
