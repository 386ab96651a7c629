"""Who held an office at the plenary: chairs, openers, outgoing and incoming chairs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parsers.countries import country_of_demonym, find_countries
from parsers.fields.persons import Person, person_at, persons_in
from parsers.page import Found, Page, Sentence, Span
from parsers.record import Officer, OfficerRole

_R = OfficerRole
_CHAIR_WORD = r"(?:[Cc]hair(?:man|woman|person|manship|ship)?|[Pp]residen(?:cy|ce|cia)|[Vv]orsitz|presid[êe]ncia)"
_NEXT = r"\s+(?:the\s+)?"
# A role, a pattern whose end is where the person or state begins.
_LEADS: tuple[tuple[OfficerRole, re.Pattern[str]], ...] = (
    (_R.CO_CHAIR, re.compile(r"\bco-?chaired by\s+|\bco-?chairs?,?\s+(?=[A-Z])")),
    (_R.OUTGOING_CHAIR, re.compile(
        rf"\b[Oo]ut-?going\s+(?:(?:[A-Z]\w+)\s+)*?(?:Plenary\s+)?{_CHAIR_WORD},?\s*(?:particularly\s+|of the \w+,\s*)?\(?(?=[A-Z])"
        rf"|\bpredecessor,?\s+|\bVorg[äa]nger(?:in)?,\s+|\btakes over (?:the {_CHAIR_WORD} )?from\s+(?=[A-Z])|\bprevious {_CHAIR_WORD},\s+")),
    (_R.INCOMING_CHAIR, re.compile(rf"\b[Ii]n-?coming\s+(?:(?:[A-Z]\w+)\s+)*?{_CHAIR_WORD},?\s*\(?(?=[A-Z])")),
    (_R.OPENED_BY, re.compile(
        r"\b(?:opened|inaugurated|launched|welcomed|greeted|addressed)(?: the (?:Plenary|meeting))? by\s+|\bOpening Remarks by\s+|\b[Oo]pening [Rr]emarks\W+by\s+"
        r"|\b(?:inaugurad[ao]|inaugurée?|ouverte?|abiert[ao]|aberta|eröffnet) (?:por|par|por el|von|pela|pelo)\s+(?:el |la |le )?|\b[Zz]ahájil (?:je )?|\bsaid (?=State Secretary|Minister|Foreign Minister|Ambassador|Deputy)"
        r"|^(?:Special )?[Oo]pening [Rr]emarks by\s+|^Statement by (?=State Secretary|Minister|Foreign Minister)")),
    (_R.CHAIR, re.compile(
        rf"\bchaired(?: (?:this year|jointly|again))? by\s+(?:the\s+)?|\bunder the {_CHAIR_WORD} of\s+(?:the\s+)?|\b(?:the )?(?:joint\s+)?(?:[Nn]ew\s+)?{_CHAIR_WORD}(?: of (?:the )?(?:\w+[ -]?){{1,6}})?,\s+(?=[A-Z])"
        rf"|\bpresidid[ao] por (?:el |la )?|\bpr[ée]sid[ée]e? par\s+|\bgeleitet von\s+|\bZasedání řídil\s+|\bpředsedal\w*\s+|\bon becoming the|\b(?:elected|appointed|confirmed) as (?:the )?(?:new )?{_CHAIR_WORD},?\s+(?=Amb|Mr|Ms|H\.)"
        rf"|\b[Cc]hair [Cc]ountry:\s*|\bPrésidence en [\d/ ]+:\s*|\bthe current {_CHAIR_WORD}(?:man)? is\s+|\b{_CHAIR_WORD}, in the person of\s+|\bchairmanship of\s+(?=Ambassador|Mr|Ms|H\.)")),
)
# The person or state stands before these words.
_TAILS: tuple[tuple[OfficerRole, re.Pattern[str]], ...] = (
    (_R.OUTGOING_CHAIR, re.compile(rf",? (?:as |the )(?:the )?[Oo]utgoing {_CHAIR_WORD}|\bde(?:j[óo]) la presidencia|\bhanded (?:over )?the {_CHAIR_WORD}\b|\b(?:is|was|were) thanked\b|\bchaired from \w+ \d{{4}} to\b")),
    (_R.INCOMING_CHAIR, re.compile(rf",? (?:as )?(?:the )?[Ii]ncoming {_CHAIR_WORD}\b")),
    (_R.OPENED_BY, re.compile(
        r"\b(?:(?:officially|formally|will|to|also|,) )*(?:opened|open|inaugurated|opens) (?:the |this )?(?:[A-Z]\w+ )*(?:[Pp]lenary|[Mm]eeting|[Ss]ession|MTCR|NSG|Week)"
        r"|\b(?:welcomed|greeted) (?:those present|delegat\w+|participants|the Participating|the participants|all|partners)[^.;]{0,30}(?:at the opening|to)?"
        r"|\bspoke (?:at|during) the opening|\bgave (?:an?|the) (?:opening|welcom\w+|special|keynote)|\bmade an? (?:opening|welcome)\b|\bdelivered (?:an?|the) (?:opening|welcom\w+|special|keynote)"
        r"|\ba ouvert\b|\binaugur[óo]\b|\babrieron\b|\babri[óo]\b|\botworzył\b|\beröffnete\b|\bopened the (?:plenary|meeting)|\bopened the Plenary with")),
    (_R.CHAIR, re.compile(
        rf"\b(?:chaired|chairs|presided over) (?:the |this |a |its |and )?(?:[\w\d]+ )*?(?:[Pp]lenary|[Mm]eeting|[Ss]ession)|\bwas (?:re-?)?elected (?:as )?(?:to chair|(?:the )?(?:new )?{_CHAIR_WORD}|as Chair)"
        rf"|\b(?:was|is) (?:confirmed|appointed|named|designated) (?:as )?(?:the )?(?:new |HCoC |MTCR |NSG )*{_CHAIR_WORD}|,? (?:the )?(?:new|current|present|Plenary) {_CHAIR_WORD} of\b|, (?:\d{{4}} )?Plenary Chair\b|,? elected (?:as )?{_CHAIR_WORD}"
        rf"|\b(?:takes?|took|will take|assumed|assumes|is taking|taking|has taken|will assume|asumi[óo]|übernimmt) (?:over )?(?:as |over as )?(?:the |la )?(?:MTCR |NSG |HCoC )?{_CHAIR_WORD}|\bis the new {_CHAIR_WORD}|\bhat (?:zum \w+ Mal )?den Vorsitz"
        rf"|\bwill (?:serve as|be) (?:the )?(?:\w+ )?(?:new )?{_CHAIR_WORD}|\bwill (?:chair|preside over)\b|\bpassa à presidência|\bserv(?:es|ed) as (?:the )?{_CHAIR_WORD}|\bchaired(?=[,.]|$)|\b(?:remains|stays) {_CHAIR_WORD}")),
)
_SUBGROUP = re.compile(
    r"Working Group|Consultative Group|Experts? (?:Group|Meeting)|\bGWG\b|\bLEEM\b|\bTEM\b|\bIEM\b|Technical Experts|Secretariat|Zangger Committee as|sub-?group"
)
_BY_DEMONYM = re.compile(rf"\b(?:[Uu]nder|start of|of) (?:the )?([A-Z][\w-]+(?: [A-Z]\w+)?) (?:{_CHAIR_WORD})\b|\bthe ([A-Z]\w+) {_CHAIR_WORD}manship\b")
_JOINT = re.compile(r"\bjoint ((?:the )?[A-Z]\w+)(?:-|–| and | & )((?:the )?[A-Z]\w+)(?:'s)? [Cc]hair|\bjoint chairmanship of ((?:the )?\w+) and ((?:[Tt]he )?\w+)|on behalf of (?:the )?(Netherlands) and (Luxembourg)")
_IS_CHAIR = re.compile(r"\bI am (?:the )?Chair\b")


def read(page: Page) -> list[Found[Officer]]:
    """Each officer once: a person with the title and state that the text gives him, or a state alone.

    Chairs of groups below the plenary are left out. A state that chairs through a person named with that
    state is that one officer.
    """
    found: list[Found[Officer]] = []
    for sentence in page.sentences:
        text = sentence.text
        if not re.search(r"[Cc]hair|open|inaugur|welcom|greet|[Pp]resid|[Vv]orsitz|ouvert|abr|otworz|[Zz]ahájil|[Zz]asedání|Vorgänger|predecessor|thanked|gave|remarks|spoke|said|address|eröffn|Présid|takes over", text, re.IGNORECASE):
            continue
        found.extend(_led(page, sentence))
        found.extend(_trailed(page, sentence))
        found.extend(_states(page, sentence))
    found.extend(_i_am(page))
    return _joined(found)


def _officer(role: OfficerRole, person: Person, sentence: Sentence) -> Found[Officer]:
    span = sentence.span(person.start, person.end)
    parts: dict[str, tuple[Span, ...]] = {"name": (span,)}
    return Found(Officer(role, person.name, person.title, person.country), (span,), parts)


def _state(role: OfficerRole, code: str, span: Span) -> Found[Officer]:
    return Found(Officer(role, None, None, code), (span,), {"country": (span,)})


def _of_subgroup(text: str, at: int) -> bool:
    near = text[max(0, at - 10) : at + 90]
    match = _SUBGROUP.search(near)
    return match is not None and not re.search(r"[.;]", near[: match.start()])


def _led(page: Page, sentence: Sentence) -> Iterator[Found[Officer]]:
    text = sentence.text
    for role, lead in _LEADS:
        for match in lead.finditer(text):
            if role is _R.CHAIR and (
                re.search(r"(?:[Oo]ut-?going|[Ii]n-?coming|[Cc]o-|[Ff]irst|Vice-?|[Pp]revious)\W*(?:\w+ )?$", text[: match.start()])
                or re.search(r"\b(?:[Oo]utgoing|[Ii]ncoming)\b", match.group())
                or _of_subgroup(text, match.start())
                or re.match(r"(?:Mr\.? |Madam )?[Cc]hair(?:man)?,", match.group()) and match.start() == 0
            ):
                continue
            persons = persons_in(text, match.end(), len(text))
            if persons:
                for person in persons:
                    yield _officer(role, person, sentence)
                continue
            state = next((m for m in page.mentions_in(sentence) if 0 <= m.start - match.end() <= 5), None)
            if state and role is not _R.OPENED_BY and not re.match(r"['’]s", text[state.end :]):
                yield _state(role, state.code, sentence.span(state.start, state.end))
            possessive = next((m for m in page.mentions_in(sentence) if m.start == match.end() or m.start - match.end() <= 4 and m.start >= match.end()), None)
            if possessive and re.match(r"['’]s ", text[possessive.end :]):
                person = _last_person(text, possessive.end + 3, len(text))
                if person:
                    yield _officer(role, person._replace(country=person.country or possessive.code), sentence)


def _last_person(text: str, start: int, end: int) -> Person | None:
    """The first person named behind an office: "Secretary of State for Foreign Affairs, Mr Name"."""
    for match in re.finditer(r"(?:(?<=, )|(?<=\s)|^)(?=[A-Z])", text[start:end]):
        person = person_at(text, start + match.start())
        if person and (person.title or len(person.name.split()) > 1):
            return person
    return None


def _trailed(page: Page, sentence: Sentence) -> Iterator[Found[Officer]]:
    text = sentence.text
    for role, tail in _TAILS:
        for match in tail.finditer(text):
            if role is _R.CHAIR and (re.search(r"[Oo]utgoing|[Ii]ncoming", match.group()) or _of_subgroup(text, match.end() - 12)):
                continue
            persons = _persons_before(text, match.start())
            if persons:
                for person in persons:
                    yield _officer(role, person, sentence)
                continue
            if role is _R.OPENED_BY or "thanked" in match.group() or "from" in match.group():
                continue
            states = [m for m in page.mentions_in(sentence) if m.end <= match.start() + 1]
            if states and len(text[states[-1].end : match.start()]) <= 24 and not re.search(r"\b(?:Minister|Ambassador|Group|to)\b", text[states[-1].end : match.start()]):
                yield _state(role, states[-1].code, sentence.span(states[-1].start, states[-1].end))
        if role is _R.OUTGOING_CHAIR and (handed := re.search(rf"\bhanded (?:over )?the {_CHAIR_WORD} (?:over )?to\s+(?:the )?", text)):
            state = next((m for m in page.mentions_in(sentence) if 0 <= m.start - handed.end() <= 4), None)
            if state:
                yield _state(_R.CHAIR, state.code, sentence.span(state.start, state.end))


_STARTS = re.compile(r"(?:(?<=^)|(?<=[\s(“\"]))(?=[A-ZÀ-Þ]|embajador|embaixador|canciller|ministr)")


def _persons_before(text: str, end: int) -> list[Person]:
    """The persons whom the clause that ends at *end* is about."""
    begin = max(text.rfind(";", 0, end), text.rfind(". ", 0, end), 0)
    for match in _STARTS.finditer(text, begin, end):
        persons = persons_in(text, match.start(), end)
        if not persons or persons[-1].end > end:
            continue
        between = text[max(persons[-1].stop, persons[-1].end) : end]
        if len(between) <= 130 and not re.search(r"[;]|\bby\b|\b(?:welcomed|chaired|opened|thanked)\b", between):
            if persons[0].title or len(persons[0].name.split()) > 1:
                return persons
    return []


def _states(page: Page, sentence: Sentence) -> Iterator[Found[Officer]]:
    """States that chair by an adjective ("under Belgian chairmanship") or together."""
    text = sentence.text
    if joint := _JOINT.search(text):
        for group in range(1, 7):
            if joint[group] and (named := find_countries(joint[group])):
                start = joint.start(group) + named[0].start
                person_follows = "on behalf" in joint.group()
                if not person_follows:
                    yield _state(_R.CHAIR, named[0].code, sentence.span(start, start + named[0].end - named[0].start))
        return
    for match in _BY_DEMONYM.finditer(text):
        word = match[1] or match[2]
        named = find_countries(word)
        code = named[0].code if named else country_of_demonym(word)
        if code and "utgoing" not in text[max(0, match.start() - 12) : match.end()] and not _of_subgroup(text, match.end() - 5):
            group = 1 if match[1] else 2
            yield _state(_R.CHAIR, code, sentence.span(*match.span(group)))
    outgoing = re.search(rf"\b[Oo]utgoing ([A-Z]\w+) {_CHAIR_WORD}", text)
    if outgoing and (code := country_of_demonym(outgoing[1])) and not persons_in(text, outgoing.end() + 2, len(text)):
        yield _state(_R.OUTGOING_CHAIR, code, sentence.span(*outgoing.span(1)))


def _i_am(page: Page) -> Iterator[Found[Officer]]:
    """The chair who speaks of himself, named in a line above."""
    if not any(_IS_CHAIR.search(s.text) for s in page.sentences):
        return
    for i, block in page.readable[:8]:
        person = person_at(block.text, 0)
        if person and person.title and person.end >= len(block.text) - 1:
            sentence = Sentence(i, 0, block.text)
            yield _officer(_R.CHAIR, person, sentence)
            return


def _joined(found: list[Found[Officer]]) -> list[Found[Officer]]:
    """*found* with each officer once; a state is dropped where a person of that state, or of no stated one,
    holds the same office in a single chair."""
    kept: list[Found[Officer]] = []
    for item in found:
        officer = item.value
        same = next((k for k in kept if k.value.role is officer.role and _same(k.value, officer)), None)
        if same is None:
            kept.append(item)
            continue
        at = kept.index(same)
        held = same.value
        name = held.name if held.name and (not officer.name or len(held.name) >= len(officer.name)) else officer.name
        merged = Officer(officer.role, name, held.title or officer.title, held.country or officer.country)
        kept[at] = Found(merged, tuple(dict.fromkeys(same.spans + item.spans)), item.parts | same.parts)
    outgoing = {k.value.name for k in kept if k.value.role is _R.OUTGOING_CHAIR and k.value.name}
    return [k for k in kept if not (k.value.role is _R.CHAIR and k.value.name in outgoing)]


def _same(a: Officer, b: Officer) -> bool:
    if a.name and b.name:
        return a.name == b.name or a.name.split()[-1] == b.name.split()[-1] and (len(a.name.split()) == 1 or len(b.name.split()) == 1)
    if a.name or b.name:
        return bool(a.country and a.country == b.country)
    return a.country == b.country
