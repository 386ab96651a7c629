"""Commands on what is told: alerts list, ack, retry, test, check; digest."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from alerts.audience import urgency
from flows.cli.options import Json, moment
from flows.cli.output import print_json, print_line, print_table
from flows.cli.runs import deliver


def register(app: typer.Typer) -> None:
    """Add these commands to *app*."""
    alerts = typer.Typer(help="Alerts, and what became of them.", no_args_is_help=True)
    alerts.command("list")(list_alerts)
    alerts.command("ack")(acknowledge)
    alerts.command("retry")(retry)
    alerts.command("test")(try_channels)
    alerts.command("check")(check_rules)
    app.add_typer(alerts, name="alerts")
    app.command()(digest)


def list_alerts(
    unacknowledged: Annotated[bool, typer.Option("--open", help="Only those nobody has acknowledged.")] = False,
    json: Json = False,
) -> None:
    """Alerts in the order they were raised."""
    from flows.keeping import opened

    with opened() as (store, _), store.reading() as r:
        found = r.alerts(unacknowledged=unacknowledged)
    if json:
        print_json(found)
        return
    print_table(
        "Alerts",
        ("id", "raised", "severity", "for", "sentence", "deliveries"),
        (
            (a.id, a.created_at.strftime("%Y-%m-%d %H:%M"), urgency(a.change).value, a.audience, a.sentence,
             ", ".join(f"{d.channel}: {d.state}" for d in a.deliveries))
            for a in found
        ),
        empty="none.",
    )  # fmt: skip


def acknowledge(alert: Annotated[int, typer.Argument(help="The alert's id.")]) -> None:
    """Mark an alert as read; what it tells is reminded of no more."""
    from flows.keeping import opened

    with opened() as (store, _), store.writing() as w:
        w.acknowledge(alert, datetime.now(UTC))


def retry(
    alert: Annotated[int, typer.Argument(help="The alert's id.")],
    channel: Annotated[str | None, typer.Option("--channel", help="Only to the channel of this name.")] = None,
    again: Annotated[bool, typer.Option("--again", help="Also where it was sent already.")] = False,
) -> None:
    """Make an alert due again, under the same keys, where it was given up or waits; then send what is pending."""
    from flows.keeping import opened

    with opened() as (store, _), store.writing() as w:
        due = w.replay(alert, channel, datetime.now(UTC), sent=again)
    if not due:
        print_line(f"alert {alert}: sent everywhere already; --again sends it once more")
        return
    print_line(f"alert {alert}: due again to {', '.join(due)}")
    deliver()


def try_channels(json: Json = False) -> int:
    """Send every channel a message that says it is a trial. Exit code 1 when one did not take it."""
    from alerts.trial import try_out
    from flows.watch import open_watch

    with open_watch(write=print_line if not json else lambda _: None) as watch:
        tried = try_out(watch.all_channels, watch.clock())
    if json:
        print_json(tried)
    else:
        for one in tried:
            print_line(f"{one.channel}: {'sent' if one.sent else one.error}")
    return 0 if all(one.sent for one in tried) else 1


def check_rules(json: Json = False) -> int:
    """Validate the rules of who is told what, and say of each route where it leads. Exit code 1 where a channel has no
    address or a regime is not declared."""
    from flows.ruling import routes

    found = routes()
    if json:
        print_json(found)
    else:
        print_table(
            "Routes",
            ("route", "for", "send", "channels", "wrong"),
            ((f.route, f.audience, f.send, ", ".join(f.channels), "; ".join(f.wrong)) for f in found),
        )
    return 1 if any(f.wrong for f in found) else 0


def digest(
    name: Annotated[str, typer.Argument(help="daily or weekly.")] = "weekly",
    since: Annotated[
        str | None, typer.Option("--since", help="From this moment (ISO 8601); default: a day or a week before.")
    ] = None,
    until: Annotated[str | None, typer.Option("--until", help="Up to this moment; default: now.")] = None,
    form: Annotated[str, typer.Option("--format", help="text, md, html or json.")] = "text",
    json: Json = False,
) -> None:
    """What changed, what was checked and found unchanged, what is held, what is blind. Sends nothing."""
    from flows.digesting import digest_for, written

    found = digest_for(name, moment(until, "--until") or datetime.now(UTC), moment(since, "--since"))
    typer.echo(written(found, "json" if json else form), nl=False)
