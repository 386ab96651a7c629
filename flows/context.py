"""What is known around a new version, gathered from the store for its comparison."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import partial

from diffs.change import ChangeKind
from diffs.context import Context, Standing
from diffs.facts import WordingFact
from diffs.form import is_cut_off, same_but_for_form
from diffs.make import label
from diffs.meaning import first_mentions, mentions, said_otherwise, with_firsts
from parsers.document import Document
from parsers.record import Kind, Record
from sources import RegimeConfig
from storage.reading import Reader
from storage.values import SourceRef, Told, Version

# A text of more paragraphs is no statement; what its redline means is not worked out while others wait to write.
_LONGEST = 2000
# Languages and mirrors give a plenary some ten pages; a new page is compared with no more than so many of the others.
_PAGES = 30


def context_of(
    r: Reader,
    config: RegimeConfig | None,
    source: SourceRef,
    version: Version,
    *,
    trusted: bool = False,
    seen_by: datetime | None = None,
) -> Context:
    """What is known around *version*, which is written already; with *seen_by*, its page as it was seen last at that
    moment. *trusted* is one that a person believes: no bounds hold it back."""
    regime = source.regime
    members, past = r.standing(regime)
    previous = r.latest_version(source.id, believed=True, before=version.id, seen_by=seen_by)
    if trusted and previous is not None and previous.plenary != version.plenary:
        # The page was given over to another plenary: that is no edit of what it said.
        previous = None
    plenaries = r.plenaries(regime) if version.plenary else ()
    at = next((i for i, p in enumerate(plenaries) if p.label == version.plenary), len(plenaries))
    others = r.other_records(regime, version.plenary, source.id, most=_PAGES) if version.plenary else ()
    known = bool(others) or (previous is not None and previous.plenary == version.plenary)
    earlier = [p.label for p in reversed(plenaries[:at]) if p.records]
    prior = fullest(r, regime, earlier[0], version) if earlier else None
    told = r.told(regime, before=version.id)
    versions, believed = r.count_versions(source.id)
    bounds = config.expects.members if config else None
    return Context(
        regime=regime,
        source_kind=source.kind,
        url=version.url,
        observed_at=version.observed_at,
        previous=previous.record if previous else None,
        previous_hash=previous.text_hash if previous else None,
        earlier=r.texts(source.id, before=version.id),
        lists=r.lists(source, before=version.id, seen_by=seen_by) if _lists_others(version.record, members) else (),
        trusted=trusted,
        versions=versions,
        believed=believed,
        after_hash=version.text_hash,
        plenary=version.plenary,
        prior=prior.record if prior else None,
        prior_label=prior.plenary if prior else None,
        plenary_known=known,
        is_latest=all(not p.records for p in plenaries[at + 1 :]),
        same_plenary=others,
        members={country: Standing(*known) for country, known in members.items()},
        past=past,
        joining=r.held_subjects(regime, ChangeKind.MEMBER_JOINED),
        leaving=r.held_subjects(regime, ChangeKind.MEMBER_LEFT),
        cited=told.cited,
        decided=told.decided,
        count=told.count,
        counted=told.counted,
        same_form_apart=previous is not None and same_but_for_form(_pair(previous), _pair(version)),
        cut_off=previous is not None and is_cut_off(previous.document, version.document),
        adherents=told.adherents,
        observers=told.observers,
        wording=() if known and previous is None else _wording(r, previous, prior, version, earlier),
        last_said=last_said(told, earlier),
        anchored=version.record.member_count is not None and _anchored(r, regime, told),
        expects_min=bounds.min if bounds else None,
        expects_max=bounds.max if bounds else None,
    )


def _lists_others(record: Record, members: Mapping[str, object]) -> bool:
    """True if a list of members names other states than the members known."""
    listed = {member.country for member in record.members if member.country}
    return bool(listed) and listed != members.keys()


def fullest(r: Reader, regime: str, plenary: str, version: Version) -> Version | None:
    """Of the pages on a plenary the one that says most, in the language of *version* if one is."""
    language = version.record.language
    found = r.current_versions(regime, plenary)
    return max(found, key=lambda v: (v.record.language == language, len(v.record.evidence)), default=None)


def _anchored(r: Reader, regime: str, told: Told) -> bool:
    """Whether, when one of the numbers of members was stated, as many were known."""
    return any(r.count_members(regime, known_at=seen) == count for count, seen in reversed(told.stated))


def last_said(told: Told, earlier: Iterable[str]) -> dict[str, str]:
    """For what statements cite, name or speak of, as "field:subject": which of the plenaries *earlier*, newest first,
    said it."""
    found: dict[str, str] = {}
    for plenary in earlier:
        for thing in told.said.get(plenary, ()):
            found.setdefault(thing, plenary)
    return found


def _pair(version: Version) -> tuple[Record, Document]:
    return version.record, version.document


def _wording(
    r: Reader, previous: Version | None, prior: Version | None, version: Version, earlier: list[str]
) -> tuple[WordingFact, ...]:
    """What the words of *version* mean against the same page before, or else against the plenary before."""
    before = previous or prior
    if before is None or version.record.language != before.record.language or version.record.kind is Kind.MEMBERS:
        return ()
    old, new = before.document, version.document
    if max(len(old.readable), len(new.readable)) > _LONGEST:
        return ()
    facts = said_otherwise(_pair(before), _pair(version), r.corpus(version.regime).weights(version.id))
    if prior is None:
        # Without a plenary before it nobody can say what is said for the first time.
        return facts
    known = mentions(old).keys() | mentions(prior.document).keys()
    further = ((label(p) or p, partial(_named, r, version.regime, p)) for p in earlier if p != prior.plenary)
    return with_firsts(facts, first_mentions(mentions(new, version.record), known, further))


def _named(r: Reader, regime: str, plenary: str) -> set[str]:
    """The states that the pages on a plenary name."""
    return {code for version in r.current_versions(regime, plenary) for code in mentions(version.document)}
