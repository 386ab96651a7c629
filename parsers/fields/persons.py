"""Persons as pages name them: honours and offices before and after a name."""

from __future__ import annotations

import re
from typing import NamedTuple

from parsers.countries import country_named, country_of_demonym, find_countries


class Person(NamedTuple):
    """A person named in a text: span of the name, the name, honour or office, and the state it gives."""

    start: int
    end: int
    name: str
    title: str | None
    country: str | None
    stop: int


# Words of offices and honours that stand before names.
_HONOUR = (
    r"(?:H\.\s?E\.|H\.E|HE(?=\s[A-Z])|S\.\s?E\.|S\.E|E\.\s?Sr\.|His Excellency|Her Excellency|The Honou?rable|Honou?rable|The Hon\.?|Hon\.?|Rt\.? Hon\.?|Mr\.?|Mrs\.?|Ms\.?|Miss|Dr\.?"
    r"|Prof\.?|Professor|Sir|Dame|Amb\.|Sr\.|Sra\.|Herr|Frau|Señor|M\.|Mme)"
)
_OFFICE_WORD = (
    r"(?:Ambassador(?:-at-Large)?|Foreign|Prime|Deputy|Vice|First|Second|Acting|State|Federal|Minister|Ministers|Secretary(?:-General)?|Under|Under-Secretary"
    r"|Undersecretary|Assistant|Permanent|Special|Envoy|Representative|Director(?:-General)?|General|President|Councillor|Commissioner|Chair(?:man|woman|person)?"
    r"|Head|Counsellor|Parliamentary|Senior|Chargé|Botschafter|Staatssekret[äa]rin?|Bundesrat|embajador|Embajador|Embajadora|embaixador|Embaixador|embaixadora"
    r"|canciller|Canciller|ministro|Ministro|ministra|ministr|Minist(?:re|er)|ministre|Secretario|secretario|Ambassadeur|ambassadeur|Посол|посол|Botschafterin"
    r"|zahraničních|věcí|spraw|zagranicznych|velvyslanec|Affairs|Trade|Defence|Defense|Europe|Energy)"
)
_OF_PORTFOLIO = r"(?:\s+(?:of|for|de|des|der)\s+(?:the\s+)?(?:Foreign Affairs|State|Energy|Defen[cs]e|Trade|Europe|Economy|Relaciones Exteriores|External Relations|International Security)(?:\s+and\s+(?:Trade|Cooperation|European Affairs))?)?"
_PARTICLE = r"(?:de la|de las|de los|de|del|della|di|da|dos|das|do|van der|van den|van de|van|von der|von|zu|af|al|el|bin|ibn|ter|ten|le|la|'t)"
_NAME_WORD = r"(?:[A-ZÀ-ÞŁŚŽŠČĆŻŹĐĀĒĪŪ][\w’'´`.\-]*[\w’'´`\-]|[A-ZÀ-Þ]\.)"
_NAME = re.compile(rf"{_NAME_WORD}(?:\s+(?:{_PARTICLE}\s+)?{_NAME_WORD}){{0,4}}")
_BEFORE = re.compile(
    rf"(?:(?:the|The|el|El|o|O|le|Le|l['’]|la|La)\s*)?(?P<title>(?:(?:{_HONOUR}|{_OFFICE_WORD}{_OF_PORTFOLIO})[\s,]+(?:(?:of|for)\s+(?:the\s+)?)?)*)"
)
_NOT_NAMES = frozenset(
    "the plenary meeting chair chairman chairmanship group regime arrangement committee partners members participants delegates state states code regular annual"
    " next new mtcr nsg ag wa hcoc zc united nations security council public statement on in at from for and by this that these those welcome he she it they we"
    " secretariat general foreign ministers vice minister ministry affairs republic ambassador october november december january february march april may june july"
    " august september monday tuesday wednesday thursday friday government governments president european union commission working experts their his her its as under"
    " missile technology control australia nuclear suppliers wassenaar hague point contact permanent representative state secretary special head delegation session week"
    " international organizations security mr ms mrs dr".split()
)
_OFFICE_AFTER = re.compile(
    r"^,\s+(?P<office>(?:the\s+)?(?:[\w’'.-]+\s+){0,4}?(?:Minister|Secretary|Director|Ambassador|Representative|Commissioner|President|Head|Chair|Envoy|Under-?Secretary|Counsellor|Permanent|Deputy|State|Acting|Vice|Assistant|Parliamentary|Federal)\b[^,.;()]*(?:,\s+(?:Ministry|Department|of the Ministry|Federal Department)[^,.;()]*)?)"
)
_FROM = re.compile(
    r"^,?\s*(?:\((?P<paren>[^()]{2,40})\)|(?:of|from|aus|de|du|da|do|des|della|di|z|из)\s+(?:the\s+|l['’]|la\s+)?(?P<of>[A-ZÀ-Þ][^,.;()]{2,50}))"
)
_CODE = re.compile(r"^[A-Z]{2}$")


def person_at(text: str, at: int) -> Person | None:
    """The person whom *text* names at offset *at*, with what is said of him before and behind, or None."""
    before = _BEFORE.match(text, at)
    assert before is not None
    title = before["title"].strip(" ,") or None
    match = _NAME.match(text, before.end())
    if match is None:
        return None
    start, end = _trimmed(text, *match.span())
    name = text[start:end]
    words = name.split()
    if not words or (len(words) == 1 and title is None):
        return None
    if any(word.lower().strip(".,") in _NOT_NAMES for word in words) or country_named(name):
        return None
    office, country, stop = _behind(text, end)
    title = _joined_title(title, office)
    if country is None and title:
        country = _state_in(title)
    return Person(start, end, _tidy(name), title, country, stop)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without a possessive, and without what follows a sentence's end."""
    name = text[start:end]
    stop = re.search(r"(?<=[a-zà-ÿ]{2})\.\s", name)
    if stop:
        name = name[: stop.start()]
    name = re.sub(r"['’]s?$", "", name).rstrip(".,")
    # A second honour inside the run: "Ambassador H.E. Name" is handled before; cut trailing office words.
    while (
        (last := name.rsplit(" ", 1))
        and len(last) == 2
        and last[1].lower() in ("chair", "chaired", "from", "of", "the")
    ):
        name = last[0]
    return start, start + len(name)


def _tidy(name: str) -> str:
    return name.replace("´", "'").replace("`", "'")


def _behind(text: str, end: int) -> tuple[str | None, str | None, int]:
    """Office and state behind a name, and where they stop."""
    rest = text[end : end + 200]
    office = None
    stop = end
    if match := _OFFICE_AFTER.match(rest):
        office = re.split(
            r"\s+(?:and|who|which|opened|chaired|welcomed|on behalf|until|was|to|gave|had)\s", match["office"]
        )[0].strip()
        if office.lower().startswith("the "):
            office = office[4:]
        stop = end + match.start("office") + len(office)
        if country := _state_in(office):
            return office, country, stop
        rest = text[stop : stop + 200]
    if match := _FROM.match(rest):
        where = match["paren"] or match["of"]
        code = country_named(where) or (where if _CODE.match(where) and _is_code(where) else None)
        if code is None:
            named = find_countries(where)
            code = named[0].code if named and named[0].start <= 4 else country_of_demonym(where.split()[0])
        if code:
            return office, code, stop + match.end()
    return office, None, stop


def _is_code(text: str) -> bool:
    from parsers.tables import json_table

    return text in json_table("country_table.json")


def _state_in(office: str) -> str | None:
    named = find_countries(office)
    if named:
        return named[-1].code
    for word in re.findall(r"[A-Z][\w-]+", office):
        if code := country_of_demonym(word):
            return code
    return None


def _joined_title(before: str | None, after: str | None) -> str | None:
    if before and after:
        return f"{before}, {after}"
    return before or after


def persons_in(text: str, start: int, end: int) -> list[Person]:
    """The persons named one after the other from *start*: "Ministers A and B", "Mr C of X and Ms D of Y"."""
    found: list[Person] = []
    at = start
    shared: str | None = None
    while at < end:
        person = person_at(text, at)
        if person is None and shared:
            match = _NAME.match(text, at)
            if match and match.group().split()[0].lower() not in _NOT_NAMES:
                person = Person(*match.span(), match.group(), shared, None, match.end())
        if person is None:
            break
        found.append(person)
        shared = (
            person.title.rstrip("s") if person.title and person.title.endswith(("Ministers", "Ambassadors")) else None
        )
        shared = shared or (person.title if person.title and len(person.name.split()) == 1 else None)
        glue = re.match(
            r"\s*(?:,\s*)?(?:and|y|et|und|e|&)\s+(?:by\s+)?(?:the\s+|el\s+)?", text[person.stop : person.stop + 20]
        )
        if glue is None:
            break
        at = person.stop + glue.end()
    return found
