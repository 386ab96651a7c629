"""The speaker of a page: the body itself, a state's office, the press, or a work of reference.

Each sign lends its weight to one of them: where the page stands, who signs the lines above its text, and how its
sentences tell what happened. Of signs of one kind the strongest alone counts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from itertools import chain

from parsers.annotate.bodies import names_of
from parsers.countries import country_named
from parsers.dateline import dateline, is_ministry
from parsers.document import Role
from parsers.head import Sort, head_of, lead_of
from parsers.mentions import mentions_of
from parsers.names import name_key
from parsers.page import Page
from parsers.page_words import Said, phrases_in, plain_words
from parsers.tables import yaml_rules


class Issuer(StrEnum):
    """A kind of speaker."""

    BODY = "body"
    STATE = "state"
    PRESS = "press"
    REFERENCE = "reference"


# What a sign is worth; less than the least says nothing.
_LEAST = 2
# So many sentences tell how a page speaks.
_SENTENCES, _LONGEST = 25, 1000


def issuer_of(page: Page) -> Issuer | None:
    """The speaker of *page*, or None where nothing tells."""
    if "issuer" not in page.memo:
        page.memo["issuer"] = _issuer(page)
    found = page.memo["issuer"]
    return found if isinstance(found, Issuer) else None


def _issuer(page: Page) -> Issuer | None:
    weights: Counter[Issuer] = Counter()
    kinds: dict[tuple[Issuer, str], int] = {}
    for issuer, kind, weight in chain(_of_address(page), _of_head(page), _of_text(page)):
        kinds[issuer, kind] = max(kinds.get((issuer, kind), 0), weight)
    grounded = any((Issuer.STATE, kind) in kinds for kind in _GROUNDS)
    for (issuer, _), weight in kinds.items():
        weights[issuer] += weight if issuer is not Issuer.STATE or grounded else 0
    best = max(Issuer, key=lambda issuer: weights[issuer])
    return best if weights[best] >= _LEAST else None


# Without one of these nothing tells a state's office: the press writes of its own country too.
_GROUNDS = ("site", "release", "signed")
Sign = tuple[Issuer, str, int]


def _of_address(page: Page) -> Iterator[Sign]:
    """Signs of the host of a page: its own body's, an office's, a newspaper's."""
    if page.address is None:
        return
    match = _ADDRESS.match(page.address[1].text.lower())
    if match is None:
        return
    host, path = match["host"], match["path"] or ""
    if is_own_site(page, host, path):
        yield Issuer.BODY, "site", 6
        return
    for issuer, weight in ((Issuer.REFERENCE, 5), (Issuer.STATE, 5), (Issuer.PRESS, 2), (Issuer.BODY, 2)):
        if _is_called(host, issuer):
            yield issuer, "site", weight
            break
    parts = (part.replace("-", " ").replace("_", " ") for part in path.split("/"))
    if any(phrase.of == "reference" and phrase.whole for part in parts for phrase in phrases_in(part)):
        yield Issuer.REFERENCE, "parts", 2


def _is_called(host: str, issuer: Issuer) -> bool:
    """True if a part of *host* is a word of such hosts, or holds a long one."""
    words = plain_words("hosts", issuer.value)
    labels = {*re.split(r"[.:-]", host), *host.split(".")}
    if labels & words or any(len(word) >= _LONG and word in host for word in words):
        return True
    return any(len(word) > 3 and label.endswith(word) for word in words for label in labels)


# A word of so many letters tells a host wherever it stands in it: "embaixadadeangola"; a shorter one at a label's end.
_LONG = 6

_ADDRESS = re.compile(r"https?://(?:[\w.]*archive[\w.]*/\S*?https?:/+)?(?P<host>[^/\s]+)(?P<path>/\S*)?")


def is_own_site(page: Page, host: str, path: str) -> bool:
    """True if an address is the regime's own: its name or its abbreviation is a part of the host, or its name in one
    word a part of the path."""
    own = [name_key(name).split() for name in (page.regime.id, page.regime.name, *page.regime.names)]
    short = {name[0] for name in own if len(name) == 1}
    stems = names_of(page.regime).stems
    telling = {word for name in own for word in name if word[:6] in stems and not country_named(word)}
    compact = ["".join(name) for name in own if len(name) > 1]
    short |= {"".join(word[0] for word in name if word not in plain_words("small")) for name in own if len(name) > 1}
    labels = re.split(r"[.-]", host)[:-1]
    if any(_is_named(label, word) for label in labels for word in short if len(word) > _SHORT):
        return True
    words = name_key(" ".join(sentence.text[:_LONGEST] for sentence in page.sentences[:_SENTENCES])).split()
    for name in short:
        runs = (words[i : i + len(name)] for i, word in enumerate(words) if word[0] == name[0])
        # The name that the text spells out: "kimberleyprocess" for KP.
        if any("".join(run) in labels and "".join(word[0] for word in run) == name for run in runs):
            return True
    if set(labels) & telling:
        return True
    return any(word in part for word in compact for part in (host, *path.split("/")[:-1]))


# A shorter abbreviation, alone in a host, is anybody's; so many letters of the full name may follow it: "apgml".
_SHORT, _MORE = 2, 2


def _is_named(label: str, name: str) -> bool:
    rest = label.removeprefix(name)
    return label.startswith(name) and (len(rest) <= _MORE or rest in yaml_rules("annotations.yaml")["common_words"])


def _of_head(page: Page) -> Iterator[Sign]:
    """Signs of the lines above the text."""
    references = 0
    for line in head_of(page):
        if line.sort is Sort.BYLINE:
            yield Issuer.PRESS, "signed", 4
        elif line.sort is Sort.OFFICE:
            yield Issuer.STATE, "site", 3
        elif line.sort is Sort.INSTITUTE:
            yield Issuer.REFERENCE, "site", 3
        if (found := dateline(page, line.text)) is not None:
            yield (Issuer.STATE if is_ministry(found.name) else Issuer.PRESS), "signed", 4
        for phrase in line.said:
            if phrase.of == "paper":
                yield Issuer.REFERENCE, "paper", 5
            elif phrase.of == "release" and line.sort is not Sort.TEXT:
                yield Issuer.STATE, "release", 3
            elif phrase.of == "reference" and phrase.whole:
                references += 1
            elif phrase.of == "headline" and line.sort is None:
                yield Issuer.PRESS, "headline", 1
                yield Issuer.STATE, "headline", 1
    if references:
        yield Issuer.REFERENCE, "parts", min(2 + references, 4)
    if any(m.title and m.role not in (Role.ADDRESS, Role.META) for m in mentions_of(page)) and not _is_headline(page):
        yield Issuer.BODY, "meeting", 2
    last = page.readable[-1][1].text if page.readable else ""
    if _SIGNED.search(last):
        yield Issuer.PRESS, "signed", 3


# "… said the official. (ANI)".
_SIGNED = re.compile(r"[.”\"]\s?\([A-ZА-Я]{2,12}\)$|^\([A-ZА-Я]{2,12}\)$")


def _is_headline(page: Page) -> bool:
    return any(phrase.of == "headline" for line in head_of(page) if line.sort is None for phrase in line.said)


def said_in_text(page: Page) -> tuple[frozenset[str], ...]:
    """The classes of phrases in each of the first sentences of *page*; "deciding" where its subject is the body."""
    known = page.memo.get("said in text")
    if not isinstance(known, tuple):
        texts = [sentence.text[:_LONGEST] for sentence in page.sentences[:_SENTENCES]]
        known = page.memo["said in text"] = tuple(
            frozenset((*(p.of for p in said), *(("deciding",) if _decides(text, said) else ())))
            for text in texts
            for said in (phrases_in(text),)
        )
    return known


# So near its beginning a sentence names its subject, and so near behind that stands its verb ("also").
_SUBJECT, _VERB = 60, 9


def _decides(text: str, said: tuple[Said, ...]) -> bool:
    ends = [phrase.end for phrase in said if phrase.of == "decider" and phrase.start < _SUBJECT]
    # "Participants confirmed by" are no subject.
    verbs = [p.start for p in said if p.of == "decides" and not text[p.end :].lower().startswith(" by ")]
    return any(0 < verb - end < _VERB for end in ends for verb in verbs)


def _of_text(page: Page) -> Iterator[Sign]:
    """Signs of the first sentences: whom their news are from, and who they say met."""
    press = decided = 0
    for kinds in said_in_text(page):
        press += "press" in kinds
        decided += "deciding" in kinds and "press" not in kinds
        if "quoted" in kinds:
            yield Issuer.PRESS, "quoted", 1
        if "state" in kinds:
            yield Issuer.STATE, "voice", 1
        if "paper" in kinds:
            yield Issuer.REFERENCE, "paper", 4
    if press:
        yield Issuer.PRESS, "told", min(1 + press, 4)
    if decided > 1:
        yield Issuer.BODY, "decides", min(decided, 3)
    lead = lead_of(page)
    first = {phrase.of for phrase in phrases_in(lead[:400])}
    if "explained" in first:
        yield Issuer.PRESS, "explained", 1
    if is_of_the_day(page):
        yield Issuer.PRESS, "weekday", 1
    if "convened" in first and "press" not in first and not _is_headline(page):
        yield Issuer.BODY, "convened", 2


def is_of_the_day(page: Page) -> bool:
    """True if the first paragraph names a weekday or "today" without its date: news of the day."""
    lead = lead_of(page)
    days = (lead[phrase.end :].lstrip(" ,") for phrase in phrases_in(lead) if phrase.of == "today")
    return any(not after.removeprefix("the ")[:1].isdigit() for after in days)
