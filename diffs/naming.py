"""What a sentence calls things that data has a name for: a field, a topic, an office, an address, days."""

from __future__ import annotations

from datetime import date
from urllib.parse import unquote, urlsplit

# Names that are no English as they stand; of others the underscores are spaces.
_CALLED = {
    # Fields of a record, and parts of them.
    "member_count": "number of members", "membership_decisions": "decisions on members", "published": "day of publishing",
    "plenary": "plenary's number, place or days", "ordinal": "number", "start": "first day", "end": "last day",
    # What an edit does to the words.
    "obligation strengthened": "a stronger obligation", "obligation softened": "a weaker obligation",
    "number changed": "a number", "country named": "a state named", "country not named": "a state no longer named",
    # Offices.
    "co_chair": "co-chair", "opened_by": "opener",
    # Topics.
    "transit_transshipment": "transit and transshipment", "catch_all": "catch-all controls",
    "end_use_controls": "end-use controls", "re_export": "re-export", "enrichment_reprocessing": "enrichment and reprocessing",
    "manpads": "MANPADS", "novichok": "Novichok agents", "npt": "the NPT", "cloud": "cloud computing",
    "quantum": "quantum technology", "cyber": "cyber tools", "pre_launch_notification": "pre-launch notification",
    "civil_nuclear_cooperation_india": "civil nuclear cooperation with India",
}  # fmt: skip


def called(name: str) -> str:
    """The English for a name of ours: "member_count" is the number of members."""
    return _CALLED.get(name, name.replace("_", " "))


def listed(names: list[str]) -> str:
    """The names as a sentence lists them: "a, b and c"."""
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def page_called(url: str) -> str:
    """The name of the page behind *url*: the last part of its path in quotation marks, or else its host."""
    parts = urlsplit(url) if url.isprintable() and "[" not in url else None
    if parts is None or not parts.hostname:
        return f"“{url}”"
    return f"“{unquote(parts.path.rstrip('/').rpartition('/')[2]) or parts.hostname}”"


def days_called(start: str, end: str) -> str:
    """Two days in ISO 8601 as a sentence has them: "13 to 15 April 2011"; as they are where they are no days."""
    try:
        first, last = date.fromisoformat(start), date.fromisoformat(end)
    except ValueError:
        return f"{start} to {end}"
    shared = "" if first.month != last.month or first.year != last.year else str(first.day)
    begun = shared or f"{first:%-d %B}{f' {first.year}' if first.year != last.year else ''}"
    return f"{last:%-d %B %Y}" if first == last else f"{begun} to {last:%-d %B %Y}"
