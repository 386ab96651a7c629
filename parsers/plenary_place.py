"""Where a mentioned plenary is: which of the places that its sentence names is the meeting's."""

from __future__ import annotations

import re

from parsers.cities import city_named
from parsers.document import Role
from parsers.mentions import Mention
from parsers.places import Place, places_in

_HOSTED_BY = re.compile(
    r"\s+(?:has\s|have\s|had\s|will\s|is\s|was\s)?(?:be\s)?(?:co-)?host(?:s|ed|ing)?\b", re.IGNORECASE
)
_HOSTING = re.compile(
    r"(?:hosted|organi[sz]ed|convened)\s+by\s+(?:the\s+)?(?:Government\s+of\s+)?(?:the\s+)?\Z"
    r"|invitation\s+of\s+(?:the\s+)?(?:Government\s+of\s+)?(?:the\s+)?\Z",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"['’]s?\s")
_CAPITAL_AFTER = re.compile(r"['’]s?\b|\s+(?!Plenary)[A-Z][a-z]+\s[A-Z]")


def place_of(mention: Mention) -> Place | None:
    """The place where the mentioned plenary is: a city before a state alone, one behind the word for the
    plenary before one in front of it."""
    slug = mention.role is Role.ADDRESS
    text = mention.sentence.text if slug else mention.part
    best: tuple[float, Place] | None = None
    if (named := _GERMAN_ADJECTIVE.search(text, 0, mention.start)) and (known := city_named(named[1])):
        return Place(*named.span(1), *known, named.span(1), named.span(1), led=True)
    for place in places_in(text, slug=slug):
        rank = _rank(text, place, mention, slug)
        if rank > 0 and (best is None or rank > best[0]):
            best = (rank, place)
    return best[1] if best else None


def _rank(text: str, place: Place, mention: Mention, slug: bool) -> float:
    behind = place.start >= mention.end
    distance = (place.start - mention.end if behind else mention.start - place.end) / 1000
    if slug:
        return 1.0 - distance / 10 if place.city and behind else 0.5
    if _TITLED.search(text, max(0, place.start - 24), place.start):
        return 0.0
    home = _HOME_OFFICE.search(text, max(0, place.start - 120), place.start)
    if home is not None and _HELD.search(home.group()) is None:
        return 0.0
    if not behind and _TO_PREPARE.search(text, place.end, mention.start):
        return 0.0
    if _OF_A_DAY.match(text, place.end):
        # "the talks of Madrid (12 June 2003)": another meeting's, where the sentence names a place besides.
        return 0.1
    if _SENT_TO.search(text, mention.end if behind else 0, place.start):
        return 0.0
    if place.city is not None and not place.led and _POSSESSIVE.match(text, place.end):
        # "Anna Name, New Zealand's Ambassador": a person too.
        return 0.0
    names_it = not (behind or place.led) and _NAMING.fullmatch(text, place.end, mention.start) is not None
    hosts = _HOSTED_BY.match(text, place.country_span[1]) is not None or (
        _HOSTING.search(text, 0, place.start) is not None
    )
    if place.city is None:
        if not (hosts or mention.title or (place.led and _CAPITAL_AFTER.match(text, place.end) is None)):
            return 0.0
        if mention.title and not (hosts or place.led or behind):
            return 0.0
        return (2.0 if hosts else 1.0) - distance
    if names_it:
        # "the Oslo Plenary" in a text is most often another; in a title it is the page's own.
        return 2.5 if mention.title else 0.0
    elsewhere = _OTHER_MEETING.search(text, max(mention.end if behind else 0, place.start - 60), place.start)
    if elsewhere and not _AT_EMBASSY.search(text, max(0, place.start - 40), place.start):
        return 0.0
    return (4.0 if place.led else 3.0) + (0.5 if behind else 0.0) - distance


_OF_A_DAY = re.compile(r"\s\([^()]{0,8}\d")
# "Auf der Berner Plenarsitzung".
_GERMAN_ADJECTIVE = re.compile(r"\b([A-ZÄÖÜ][a-zäöüß]{2,})er\s\Z")
# "The troika met in Oslo to prepare the plenary".
_TO_PREPARE = re.compile(
    r"\b(?:to prepare|ahead of|before|prior to|in preparation (?:for|of)|pour préparer|avant|en vue de|zur Vorbereitung|vor"
    r"|para preparar|antes d\w+|per preparare|in vista d\w+|перед|для подготовки)\s[^.;,]*\Z"
)
# "briefed the Plenary on his visits to China and India".
_SENT_TO = re.compile(
    r"\b(?:visits?|visited|missions?|outreach|dialogue|contacts|consultations|travel\w*)\s(?:\w+\s){0,2}?(?:to|in|with)\s[^.;]*\Z"
    r"|\bvisit(?:s|ed|ing)?\s(?:[A-Z]\w+,?\s(?:and\s)?)*\Z",
    re.IGNORECASE,
)
# "Ambassador Santiago Name": a person.
_TITLED = re.compile(
    r"\b(?:Ambassador|Minister|Mr|Mrs|Ms|Dr|Mayor|Secretary|[Ee]mbajadora?|[Ee]mbaixadora?|[Aa]mbassad(?:eur|rice)|Botschafter(?:in)?|Ambasciat\w+"
    r"|[Cc]anciller|[Cc]hanceler|[Mm]inistr[oae]|[Pp]residente|[Ss]ecretari[oa]|[Ss]ubsecretari[oa])\.?\s\Z"
)
# "Permanent Representative to the International Organizations in Vienna": where somebody has his office.
_HOME_OFFICE = re.compile(
    r"\b(?:Rappresentante|Représentante?|Representante|Vertreter(?:in)?|[Пп]редставител\w+)\b[^.;]{0,80}?\b(?:a|à|en|em|in|в) \Z|\b(?:Permanent (?:Representative|Mission)|Representative to|International Organi[sz]ations|United Nations|OSCE|IAEA|Department (?:of|for)|Ministry (?:of|for)"
    r"|Foreign Office|Conference on Disarmament|based)\b[^.;]{0,80}?(?:\b(?:in|at) |, )(?:the )?\Z"
)
_HELD = re.compile(r"\b(?:held|met|meets|took place|takes place|convened|hosted|gathered|will)\b")
_NAMING = re.compile(r"['’]?s?[\s-]*(?:[A-Z]{2,6}\s)?(?:[Aa]nnual\s)?")
_AT_EMBASSY = re.compile(r"\bat (?:the|its) (?:\w+ )?Embassy in \Z")
_OTHER_MEETING = re.compile(
    r"\b(?:(?:since|after|at) (?:the|their|our) (?:last|previous)[^.;]*|Embassy (?:of|in)|Point of Contact[^,;]*"
    r"|Secretariat[^,;]*"
    r"|mission (?:of|in)[^,;]*|negotiat\w+ in|Conference (?:of|in)[^,;]*|between [^,;]{3,30}and) ?\Z",
    re.IGNORECASE,
)
