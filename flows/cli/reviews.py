"""Commands by which a person decides: review list, approve, correct, reject."""

from __future__ import annotations

import getpass
from typing import Annotated

import typer

from flows.cli.options import Config, Json
from flows.cli.output import print_json, print_line, print_table


def register(app: typer.Typer) -> None:
    """Add these commands to *app*."""
    review = typer.Typer(help="Changes and readings that wait until a person decides.", no_args_is_help=True)
    review.command("list")(review_list)
    review.command("approve")(approve)
    review.command("correct")(correct)
    review.command("reject")(reject)
    app.add_typer(review, name="review")


def review_list(
    regime: Annotated[str | None, typer.Option("--regime", help="Only this regime.")] = None, json: Json = False
) -> None:
    """Changes that are held, and readings that nobody has decided, with their evidence."""
    from flows.reviewing import waiting

    changes, readings = waiting(regime)
    if json:
        print_json([*changes, *readings])
        return
    from diffs.sentence import say

    print_table(
        "Held changes", ("key", "change", "why"), ((c.key[:12], say(c), c.detail) for c in changes), empty="none."
    )
    print_line("")
    print_table(
        "Doubtful readings",
        ("key", "reading", "the page's words", "page"),
        ((r.key, r.detail, " … ".join(e.quote for e in r.evidence.after), r.url) for r in readings),
        empty="none.",
    )


Key = Annotated[str, typer.Argument(help="The key of the change, or its beginning; or the key of the reading.")]
Why = Annotated[str, typer.Option("--why", help="The reason, kept with the decision.")]


def approve(key: Key, why: Why = "") -> None:
    """It holds: a held change is confirmed, a doubtful reading is right."""
    _decide(key, "approved", why)


def reject(key: Key, why: Why = "") -> None:
    """It never was: a held change is rejected, a reading is taken out and not proposed again."""
    _decide(key, "rejected", why)


def correct(
    key: Annotated[str, typer.Argument(help="The key of the reading, such as r12/members/3.")],
    country: Annotated[str | None, typer.Option("--country", help="The state that is meant, by name or code.")] = None,
    value: Annotated[str | None, typer.Option("--value", help="What the page states there, as JSON.")] = None,
    why: Why = "",
    config: Config = None,
) -> None:
    """Say what a reading should be; the decision holds for every version that says the same, also after reparse."""
    from flows.reviewing import correct_reading

    correct_reading(key, country=country, value=value, who=getpass.getuser(), why=why, config=config)
    print_line(f"corrected: {key}")


def _decide(key: str, decision: str, why: str) -> None:
    from diffs.change import Status
    from diffs.sentence import say
    from flows.reviewing import decide, decide_reading, is_reading
    from flows.watch import open_watch

    who = getpass.getuser()
    if is_reading(key):
        decide_reading(key, "approved" if decision == "approved" else "rejected", who=who, why=why)
        print_line(f"{decision}: {key}")
        return
    with open_watch() as watch:
        change = decide(watch, key, Status("confirmed" if decision == "approved" else "rejected"), who=who, why=why)
    print_line(f"{change.status.value}: {say(change)}")
