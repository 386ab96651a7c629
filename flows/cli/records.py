"""Commands that ask: members, history, plenaries, records, diff."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.cli.options import Config, Json, day, moment
from flows.cli.output import print_json, print_line, print_table

RegimeArgument = Annotated[str, typer.Argument(help="The regime's id, such as mtcr.")]


def register(app: typer.Typer) -> None:
    """Add these commands to *app*."""
    app.command()(members)
    app.command()(history)
    app.command()(plenaries)
    app.command()(records)
    app.command()(diff)
    app.command()(search)


def members(
    regime: RegimeArgument,
    as_of: Annotated[str | None, typer.Option("--as-of", help="Members on this day.")] = None,
    known_at: Annotated[str | None, typer.Option("--known-at", help="As known at this moment (ISO 8601).")] = None,
    config: Config = None,
    json: Json = False,
) -> None:
    """Who was a member on a day, as known at a moment, with evidence."""
    from flows.asking import ask

    found = ask(
        regime,
        config,
        lambda r: r.members(regime, as_of=day(as_of, "--as-of"), known_at=moment(known_at, "--known-at")),
    )
    if json:
        print_json(found)
        return
    print_table(
        f"Members of {regime}: {len(found)}",
        ("country", "name", "since", "by", "stated", "source"),
        ((m.country, m.name, m.valid_from or "", m.basis, m.quote or "", m.url) for m in found),
    )


def history(
    regime: RegimeArgument,
    country: Annotated[str | None, typer.Argument(help="A country's code or name.")] = None,
    config: Config = None,
    json: Json = False,
) -> None:
    """What was known of memberships and when, newest knowledge last; or, without a country, the changes."""
    from flows.asking import ask, country_code

    if country is None:
        changes = ask(regime, config, lambda r: r.changes(regime))
        if json:
            print_json(changes)
            return
        from diffs.sentence import say

        print_table(
            f"Changes of {regime}",
            ("seen", "severity", "change", "status"),
            (
                (c.observed_at.date() if c.observed_at else "", c.severity.value, say(c), c.status.value)
                for c in changes
            ),
        )
        return
    code = country_code(country)
    found = ask(regime, config, lambda r: r.membership_history(regime, code))
    if json:
        print_json(found)
        return
    print_table(
        f"{code} in {regime}",
        ("from", "to", "by", "known since", "known until", "source"),
        (
            (m.valid_from or "", m.valid_to or "", m.basis, m.observed_at.date(), m.superseded_at.date() if m.superseded_at else "", m.url)
            for m in found
        ),
    )  # fmt: skip


def search(
    words: Annotated[list[str], typer.Argument(help='Words; "a phrase" in quotes, a beginning with a star: prolif*.')],
    regime: Annotated[str | None, typer.Option("--regime", help="Only this regime.")] = None,
    since: Annotated[str | None, typer.Option("--since", help="Pages of this day and later.")] = None,
    until: Annotated[str | None, typer.Option("--until", help="Pages of this day and earlier.")] = None,
    json: Json = False,
) -> None:
    """Full text over every version, newest first, with the passage and its plenary."""
    from flows.settings import settings_from_environment
    from storage import Store
    from storage.searching import search as find

    first, last = day(since, "--since"), day(until, "--until")
    # A phrase that the shell handed over whole is a phrase.
    query = " ".join(f'"{word}"' if " " in word and '"' not in word else word for word in words)
    with Store.open(settings_from_environment().database_url) as store:
        found = find(store, query, regime=regime, since=first, until=last)
    if json:
        print_json(found)
        return
    print_table(
        f"{len(found)} found",
        ("regime", "plenary", "day", "passage", "source"),
        ((h.regime, h.plenary or "", h.day, h.passage, h.url) for h in found),
    )


def plenaries(regime: RegimeArgument, config: Config = None, json: Json = False) -> None:
    """The regime's plenaries in the order they were held."""
    from flows.asking import ask

    found = ask(regime, config, lambda r: r.plenaries(regime))
    if json:
        print_json(found)
        return
    print_table(
        f"Plenaries of {regime}",
        ("plenary", "city", "country", "from", "to", "records"),
        (
            (p.label, p.city or "", p.country or "", p.start or "", p.end or "", ", ".join(map(str, p.records)))
            for p in found
        ),
    )


def records(regime: RegimeArgument, config: Config = None, json: Json = False) -> None:
    """The versions of the regime's pages, newest last."""
    from flows.asking import ask

    found = ask(regime, config, lambda r: r.versions(regime))
    if json:
        print_json(
            [
                {"id": v.id, "source": v.source, "url": v.url, "sha256": v.sha256, "observed_at": v.observed_at,
                 "plenary": v.plenary, "held": v.held, "record": v.record}
                for v in found
            ]
        )  # fmt: skip
        return
    print_table(
        f"Records of {regime}",
        ("id", "seen", "kind", "plenary", "title", "source"),
        (
            (
                v.id,
                v.observed_at.strftime("%Y-%m-%d %H:%M"),
                v.record.kind.value,
                v.plenary or "",
                v.record.title or "",
                v.source,
            )
            for v in found
        ),
    )


def diff(
    regime: RegimeArgument,
    before: Annotated[str, typer.Argument(help="A plenary's ordinal, or r and a record's id (r12).")],
    after: Annotated[str, typer.Argument(help="The other.")],
    format: Annotated[str, typer.Option("--format", help="text, json, md, html, docx or pdf.")] = "text",
    out: Annotated[Path | None, typer.Option("--out", help="The file to write; docx and pdf need one.")] = None,
    config: Config = None,
    json: Json = False,
) -> None:
    """What changed between two plenaries, or two records: the facts, then the redline."""
    from flows.asking import ask, compared
    from flows.comparing import check_format, write_comparison

    chosen = "json" if json else format
    check_format(chosen, out)
    found = ask(regime, config, lambda r: compared(r, regime, before, after))
    if out is not None:
        write_comparison(found, chosen, out)
        print_line(str(out))
    elif chosen == "json":
        print_json(found)
    elif chosen == "text":
        from flows.showing import show_comparison

        show_comparison(found)
    else:
        from reports.comparison import as_html, as_markdown

        typer.echo(as_markdown(found) if chosen == "md" else as_html(found))
