"""Commands on pages: parse, ingest, backfill, evaluate."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.options import Config, Json, Regime, moment
from flows.cli.output import print_json, print_line, print_table, safe

if TYPE_CHECKING:
    from parsers.evaluate import Miss


def register(app: typer.Typer) -> None:
    """Add these commands to *app*."""
    app.command()(parse)
    app.command()(ingest)
    app.command()(backfill)
    app.command()(evaluate)


Url = Annotated[str | None, typer.Option("--url", help="The address the page came from.")]


def parse(
    page: Annotated[str, typer.Argument(help="A file, or an address to fetch.")],
    regime: Regime,
    url: Url = None,
    config: Config = None,
    allow_private: Annotated[list[str] | None, typer.Option("--allow-private", help="A host of your own.")] = None,
    json: Json = False,
) -> None:
    """One record to standard output, as JSON; nothing is stored."""
    from flows.reading import read_page
    from parsers.record import to_json
    from sources import load_regimes, regime_named

    del json  # The record is JSON in any case.
    profile = regime_named(load_regimes(config), regime).profile()
    parsed = read_page(page, profile, url=url, allow_private=tuple(allow_private or ()))
    typer.echo(to_json(parsed.record).decode())


def ingest(
    paths: Annotated[
        list[Path], typer.Argument(help="Saved pages, text files, PDFs, DOCX files, WARCs, or folders of them.")
    ],
    regime: Regime,
    url: Url = None,
    observed_at: Annotated[str | None, typer.Option("--observed-at", help="When they were seen (ISO 8601).")] = None,
    config: Config = None,
    json: Json = False,
) -> int:
    """Saved pages into the store, as if fetched then. History: they raise no alerts on their first look. Exit code 1
    when one of them was not the page."""
    from flows.ingesting import ingest_files
    from flows.watch import open_watch

    at = moment(observed_at, "--observed-at")
    with open_watch(config=config, now=at) as watch:
        summary = ingest_files(watch, paths, regime, url=url)
    if json:
        print_json(summary)
    else:
        for outcome in summary.sources:
            print_line(f"{outcome.source}: {outcome.outcome}{f' ({outcome.error})' if outcome.error else ''}")
    return 1 if summary.failures else 0


def backfill(
    regime: Regime,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="WARC files, or folders of WARCs and pages as wget lays them, in place of a web archive."),
    ] = None,
    cdx: Annotated[
        str, typer.Option("--cdx", help="The CDX server of a web archive: the Wayback Machine's way or pywb's.")
    ] = "https://web.archive.org/cdx/search/cdx",
    since: Annotated[int | None, typer.Option("--since", help="Only captures of this year and later.")] = None,
    config: Config = None,
    allow_private: Annotated[list[str] | None, typer.Option("--allow-private", help="A host of your own.")] = None,
    json: Json = False,
) -> int:
    """What a web archive captured of the declared pages, as versions of their time; the past raises no alert.

    A run that was broken off goes on where it stopped. Exit code 1 when a page's history could not be had.
    """
    from fetchers.captures import History, WebArchive
    from fetchers.saved import SavedPages
    from flows.backfilling import backfill as take_in
    from flows.watch import open_watch

    with open_watch(config=config, allow_private=tuple(allow_private or ())) as watch:
        most = watch.fetcher.settings.max_bytes
        history: History = (
            SavedPages(paths, archive=watch.archive.put, most=most) if paths else WebArchive(watch.fetcher, cdx)
        )
        summary = take_in(watch, regime, history, since=since, say=lambda line, _: typer.echo(safe(line), err=True))
    if json:
        print_json(summary)
    else:
        kept = sum(o.outcome in ("baseline", "changed", "new") for o in summary.sources)
        print_line(f"{len(summary.sources)} captures, {kept} of them versions, {len(summary.failures)} not taken in")
        for outcome in summary.failures:
            print_line(f"{outcome.source}: {outcome.error or outcome.outcome}")
    return 1 if summary.failures else 0


def evaluate(
    folder: Annotated[Path, typer.Argument(help="Labelled pages: each page beside its .json.")],
    config: Config = None,
    json: Json = False,
) -> None:
    """Compare records with labels: wrong and missed values, precision, recall and F1 of each field and regime."""
    from flows.reading import cases_of
    from parsers.evaluate import score

    result = score(cases_of(folder, config))
    if json:
        print_json(result)
        return
    _print_disagreements("Wrong values", result.wrong)
    print_line("")
    print_table(
        f"{result.pages} pages",
        ("", "wrong", "missed", "right", "precision", "recall", "F1"),
        (
            (name, s.wrong, s.missed, s.right, f"{s.precision:.3f}", f"{s.recall:.3f}", f"{s.f1:.3f}")
            for name, s in (
                ("overall", result.overall),
                ("without members", result.without_members),
                *result.fields.items(),
                *result.regimes.items(),
            )
        ),
    )
    print_line("")
    _print_disagreements("Missed values", [miss for miss in result.misses if miss.got is None])


def _print_disagreements(title: str, misses: Sequence[Miss]) -> None:
    print_table(
        title,
        ("page", "field", "the label says", "the record says", "evidence"),
        ((m.page, m.field, m.expected or "", m.got or "", " | ".join(m.quotes)) for m in misses),
        empty="none.",
    )
