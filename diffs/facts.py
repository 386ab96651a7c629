"""What is said of a change beside its two values: what its words mean now, and how its counts agree."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from parsers.countries import display_name
from parsers.record import Evidence


class Meaning(StrEnum):
    """What changed in a paragraph, or what a text says for the first time in long."""

    STRENGTHENED = "obligation_strengthened"
    SOFTENED = "obligation_softened"
    NUMBER = "number_changed"
    NAMED = "country_named"
    NOT_NAMED = "country_not_named"
    FIRST_MENTION = "first_mention"


class WordingFact(Struct, frozen=True):
    """One change of meaning in a paragraph; the indexes are those of the edit script.

    *before* and *after* are the page's words on both sides (for a state its code, on the side that names it), and
    *said_before* and *said_after* where they stand; *steps* are the names of the steps of an obligation on its
    ordered vocabulary. Of a first mention, *since* is the label of the last plenary before whose statement named the
    state, or None if none ever did.
    """

    kind: Meaning
    paragraph_before: int | None
    paragraph_after: int | None
    before: str | None
    after: str | None
    steps: tuple[str, str] | None = None
    since: int | str | None = None
    said_before: Evidence | None = None
    said_after: Evidence | None = None


class Counts(Struct, frozen=True):
    """The number of members three ways: as the page states it, as long as its list is, and as the number stated
    before with all that joined and left since makes it. None where nobody can say."""

    stated: int | None
    listed: int | None
    running: int | None


def at_plenary(label: int | str) -> str:
    """How a sentence names a plenary by its label."""
    return f"plenary {label}" if isinstance(label, int) else f"the plenary of {label}"


def say_wording(fact: WordingFact) -> str:
    """The fact in one plain sentence."""
    place = f"In paragraph {fact.paragraph_after + 1}" if fact.paragraph_after is not None else "In the text"
    match fact.kind:
        case Meaning.STRENGTHENED:
            return f"{place} the obligation became stronger: “{fact.before}” is now “{fact.after}”."
        case Meaning.SOFTENED:
            return f"{place} the obligation became weaker: “{fact.before}” is now “{fact.after}”."
        case Meaning.NUMBER:
            return f"{place} “{fact.before}” became “{fact.after}”."
        case Meaning.NAMED:
            return f"{place} {display_name(fact.after or '')} is named."
        case Meaning.NOT_NAMED:
            return f"{place} {display_name(fact.before or '')} is no longer named."
        case Meaning.FIRST_MENTION:
            ever = "ever" if fact.since is None else f"since {at_plenary(fact.since)}"
            return f"{place} {display_name(fact.after or '')} is named for the first time {ever}."
