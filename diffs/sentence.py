"""A change said in one plain sentence."""

from __future__ import annotations

from diffs.change import Change, ChangeKind, Novelty, Status
from diffs.facts import at_plenary
from diffs.naming import called, days_called, listed, page_called
from parsers.countries import display_name

_K = ChangeKind
# What is held of these carries the reason as its detail.
_MOVES = (_K.MEMBER_JOINED, _K.MEMBER_LEFT, _K.MEMBERSHIP_DECISION)
_REGIMES = {
    "mtcr": "the MTCR",
    "nsg": "the Nuclear Suppliers Group",
    "ag": "the Australia Group",
    "wa": "the Wassenaar Arrangement",
    "hcoc": "the Hague Code of Conduct",
    "zc": "the Zangger Committee",
}
_DECISIONS = {
    "admitted": "decided to admit {who}",
    "acceded": "announced the accession of {who}",
    "subscribed": "announced that {who} subscribed",
    "welcomed": "welcomed {who} as a new member",
    "first_attendance": "noted that {who} attended for the first time",
    "invited": "invited {who} to join",
    "applications_discussed": "discussed the application of {who}",
    "no_consensus": "reached no consensus on new members",
    "withdrew": "announced that {who} withdrew",
    "suspended": "suspended the membership of {who}",
}


def regime_name(regime: str) -> str:
    """What a sentence calls a regime."""
    return _REGIMES.get(regime, regime.upper())


def say(change: Change) -> str:
    """What happened in the world, in one English sentence; a held change is said to be so."""
    sentence = _sentence(change)
    sentence = sentence[0].upper() + sentence[1:]
    if change.status is not Status.HELD:
        return sentence
    why = f" ({change.detail})" if change.detail and change.kind in _MOVES else ""
    return f"Held for review: {sentence.removesuffix('.')}{why}."


def _at(change: Change) -> str:
    return f" at {at_plenary(change.plenary)}" if change.plenary else ""


def _otherwise(change: Change) -> str:
    """What the list, or those who joined and left, say against the number stated."""
    counts = change.counts
    said = []
    if counts and counts.listed not in (None, counts.stated):
        said.append(f"it lists {counts.listed}")
    if counts and counts.running not in (None, counts.stated):
        said.append(f"those known to have joined and left make {counts.running}")
    return f"; {' and '.join(said)}" if said else ""


def _news(change: Change) -> str:
    """Since when it was not said, of what is said anew."""
    if change.since is None:
        return " for the first time ever" if change.novelty is Novelty.FIRST_EVER else ""
    if change.since == change.prior:
        # Only an edit adds to a page what was said at the plenary before too.
        return f", as at {at_plenary(change.since)}"
    return f" for the first time since {at_plenary(change.since)}"


def _sentence(change: Change) -> str:
    regime, subject, kind = regime_name(change.regime), display_name(change.subject), change.kind
    match kind:
        case _K.MEMBER_JOINED:
            if change.status is Status.HELD:
                return f"{subject} is told to be a member of {regime} now."
            return f"{subject} {'rejoined' if change.detail.startswith('re-admitted') else 'joined'} {regime}."
        case _K.MEMBER_LEFT:
            if change.status is Status.HELD:
                return f"{subject} is no longer on the list of members of {regime}."
            return f"{subject} left {regime}."
        case _K.MEMBER_RENAMED:
            return f"{regime} now lists “{change.before}” as “{change.after}”."
        case _K.MEMBER_COUNT_CHANGED:
            return f"{regime} now states {change.after} members, after {change.before}{_otherwise(change)}."
        case _K.MEMBERSHIP_DECISION:
            value = change.after if isinstance(change.after, dict) else {}
            wording = _DECISIONS.get(str(value.get("decision")), "decided on {who}")
            return f"{regime} {wording.format(who=subject)}{_at(change)}."
        case _K.ADHERENT_ADDED | _K.ADHERENT_REMOVED:
            verb = "is now an adherent of" if kind is _K.ADHERENT_ADDED else "is no longer listed as an adherent of"
            return f"{subject} {verb} {regime}."
        case _K.OBSERVER_ADDED | _K.OBSERVER_REMOVED:
            verb = "is now an observer at" if kind is _K.OBSERVER_ADDED else "is no longer listed as an observer at"
            return f"{subject} {verb} {regime}."
        case _K.PLENARY_ANNOUNCED:
            return f"{regime} published a statement on its {_plenary(change)}."
        case _K.RESOLUTION_CITED:
            if change.novelty is Novelty.FIRST_EVER:
                return f"{regime} cited {change.subject} for the first time ever{_at(change)}."
            if change.since is None:
                return f"{regime} cited {change.subject}, which it did not at the plenary before."
            return f"{regime} cited {change.subject}{_at(change)}{_news(change)}."
        case _K.RESOLUTION_DROPPED:
            return f"{regime} no longer cites {change.subject}{_at(change)}."
        case _K.CONCERN_ADDED:
            return f"{regime} expressed concern about {subject}{_news(change) or ', new since the plenary before'}."
        case _K.CONCERN_DROPPED:
            return f"{regime} no longer names {subject} among its concerns."
        case _K.OFFICER_CHANGED:
            return f"the {called(change.subject)} of {regime} is now {_person(change.after)}, after {_person(change.before)}."
        case _K.MEETING_ADDED | _K.MEETING_DROPPED:
            verb = "now names" if kind is _K.MEETING_ADDED else "no longer names"
            return f"{regime} {verb} its meeting {change.subject}{_at(change)}{_news(change)}."
        case _K.DECISION_ADDED:
            return f"{regime} decided on its {called(change.subject)}{_at(change)}{_news(change)}."
        case _K.TOPIC_ADDED | _K.TOPIC_DROPPED:
            verb = "now speaks of" if kind is _K.TOPIC_ADDED else "no longer speaks of"
            return f"{regime} {verb} {called(change.subject)}{_at(change)}{_news(change)}."
        case _K.STATEMENT_REVISED:
            return f"{_page(change)} was edited: {_edited(change.detail)}."
        case _K.STATEMENT_WITHDRAWN:
            return f"{_page(change)} was withdrawn."
        case _K.MIRRORS_DISAGREE:
            both = f"{_stated(change.before)} on one, {_stated(change.after)} on another"
            return f"pages on the same plenary of {regime} disagree on its {called(change.subject)}: {both}."
        case _K.INCONSISTENCY_FOUND:
            return f"a page of {regime} contradicts itself: {change.after}."
        case _K.SOURCE_DRIFT:
            return f"{_page(change)} is not believed: {change.detail}."
        case _K.SOURCE_UNREACHABLE:
            reason = str(change.after).split(";")[0].removeprefix("cannot be reached").strip(" ()")
            return f"{_page(change)} cannot be reached{f': {reason}' if reason else ''}."
        case _K.SOURCE_RECOVERED:
            return f"{_page(change)} can be reached again."


def _page(change: Change) -> str:
    """The page that a change is about: the statement on a plenary, or the page by its name."""
    regime = regime_name(change.regime)
    if change.plenary:
        return f"the statement of {regime} on {at_plenary(change.plenary)}"
    return f"the page {page_called(change.subject)} of {regime}"


def _edited(detail: str) -> str:
    """What an edit touched: "members and number of members", with what kind of edit it was before it."""
    event, colon, names = detail.rpartition(": ")
    return f"{event}{colon}{listed([called(name) for name in names.split(', ')])}"


def _stated(value: object) -> str:
    """What one of two pages states: states by their names."""
    said = [" ".join(display_name(word) for word in part.split(" ")) for part in str(value).split(", ")]
    return listed([called(part) for part in said])


def _person(value: object) -> str:
    return ", ".join(display_name(part) for part in str(value or "nobody named").split(", "))


def _plenary(change: Change) -> str:
    value = change.after if isinstance(change.after, dict) else {}
    name = f"plenary {change.plenary}" if isinstance(change.plenary, int) else "plenary"
    place = f" in {value['city']}" if value.get("city") else ""
    days = f", {days_called(str(value['start']), str(value['end']))}" if value.get("start") and value.get("end") else ""
    return f"{name}{place}{days}"
