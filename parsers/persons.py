"""Persons as statements name them: a name, the honours and offices around it, and the state these tell.

A name is a run of words in capitals, small particles between them ("de la", "van der"), of which none is an
office, a body, a month, a state or a city; a single word counts as a name only behind a title. The state is what
the text says beside the name and never a guess.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from parsers.cities import city_named
from parsers.countries import country_named, country_of_demonym, find_countries
from parsers.names import name_key
from parsers.person_states import country_after, country_before, country_in
from parsers.remembered import remembered
from parsers.vocabulary import CAPITALS, words


class Person(NamedTuple):
    """A person in a text: `start` and `end` bound the name, `low` and `high` all that is said of him; the spans of
    the title and of the state are None where the text gives none."""

    start: int
    end: int
    low: int
    high: int
    name: str
    title: str | None
    title_span: tuple[int, int] | None
    country: str | None
    country_span: tuple[int, int] | None


@remembered
def find_persons(text: str) -> tuple[Person, ...]:
    """The persons named in *text*, in order."""
    found: list[Person] = []
    for run in _RUN.finditer(text):
        core = _core(text, run.start(), run.end())
        if core is None:
            continue
        person = _described(text, *core)
        if person is not None and not (found and person.start < found[-1].high):
            found.append(person)
    return tuple(found)


_WORD = rf"(?:(?:[{CAPITALS}]\.){{2,}}|[{CAPITALS}][\w'’´`‘]*(?:[-‐‑][\w'’´`]+)*\.?)"
_PARTICLES = "|".join(sorted(words("person_words", "particles")[0].split(), key=len, reverse=True))
_RUN = re.compile(
    rf"(?<![\w'’.-])(?:(?:d|D|O|L)['’´])?{_WORD}(?:\s+(?:(?:{_PARTICLES})\s+){{0,3}}(?:(?:d|l)['’´])?{_WORD})*"
)
_TOKEN = re.compile(r"[^\s,()]+")
_INITIAL = re.compile(r"(?:[^\W\d_a-z]\.)+")


@cache
def _set(kind: str) -> frozenset[str]:
    return frozenset(name_key(word.replace("_", ".")) for line in words("person_words", kind) for word in line.split())


@cache
def _titles() -> frozenset[str]:
    return _set("honours") | _set("offices") | _set("inside")


_ELISION = re.compile(r"^[dl]['’](?=[a-z])", re.IGNORECASE)
_AND = frozenset(("and", "y", "e", "et", "und", "i", "и"))


def _key(token: str) -> str:
    return name_key(_ELISION.sub("", token).removesuffix("'s").removesuffix("’s"))


def _core(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The part of a run of capitals that can be a name, titles and other words cut off both ends; None without one."""
    tokens = [(start + m.start(), start + m.end(), m.group()) for m in _TOKEN.finditer(text[start:end])]
    stop = next((i + 1 for i, t in enumerate(tokens) if _ends_sentence(t[2])), len(tokens))
    tokens = tokens[:stop]
    titles = [i for i, t in enumerate(tokens) if _is_no_name(t[2])]
    # The "E." of "Anna E. Name" is no half of "H. E.".
    last_title = max(
        (i for i in titles if not (i and i - 1 not in titles and _INITIAL.fullmatch(tokens[i][2]))), default=-1
    )
    # "Ambassador Name", but also "Name Ambassador": the longer side of the last title is the name.
    after = tokens[last_title + 1 :]
    if not after:
        before: list[tuple[int, int, str]] = []
        for token in tokens:
            if _is_no_name(token[2]):
                if len(before) > 1:
                    break
                before = []
            else:
                before.append(token)
        after = before
    while after and (_key(after[-1][2]) in _set("letters") or name_key(after[-1][2]) in _set("particles")):
        after.pop()
    while after and (name_key(after[0][2]) in _set("particles") and after[0][2].islower()):
        after.pop(0)
    if not after:
        return None
    low, high = after[0][0], after[-1][1]
    name = text[low:high]
    trimmed = re.sub(r"['’]s?$|[.,;:]+$", "", name) if not _INITIAL.fullmatch(after[-1][2]) else name
    high = low + len(trimmed)
    if not _can_be_name(trimmed):
        return None
    return low, high


def _ends_sentence(token: str) -> bool:
    return token.endswith(".") and len(token) > 4 and not _INITIAL.fullmatch(token) and _key(token) not in _titles()


@lru_cache(maxsize=8192)
def _is_no_name(token: str) -> bool:
    key = _key(token)
    if token.islower() and key in _set("particles"):
        return False
    if _INITIAL.fullmatch(token) and key not in _set("honours"):
        return False
    if token.endswith(("'s", "’s")) and (country_named(token[:-2]) or country_of_demonym(token[:-2])):
        return True
    return key in _titles() or key in _set("others") or (len(token) > 3 and _is_state_word(token))


def _is_state_word(token: str) -> bool:
    bare = token.strip(".,")
    return country_named(bare) is not None or country_of_demonym(bare) is not None


def _can_be_name(name: str) -> bool:
    if len(name) < 2 or country_named(name) or (len(name.split()) > 1 and city_named(name)):
        return False
    return any(c.islower() for c in name) or len(name.split()) > 1 or len(name) > 4


def _described(text: str, start: int, end: int) -> Person | None:
    """The person whose name stands at *start* to *end*, or None where it cannot be told from another capital."""
    title = _title_before(text, start)
    office, high = _office_after(text, end)
    country = country_after(text, high) or (country_after(text, end) if office is None else None)
    if country is not None:
        high = max(high, country[2])
    single = len(text[start:end].split()) == 1
    if single and (title is None or city_named(text[start:end]) or _JOINED_ON.search(text, max(0, start - 8), start)):
        return None
    chosen = office or title
    low = title[0] if title else start
    if country is None and (country := country_before(text, low)) is not None:
        low = country[1]
    if country is None:
        country = country_in(text, office, last=True) or country_in(text, title, last=False)
    name = re.sub(r"[´`‘]", "'", " ".join(text[start:end].split()))
    words_ = " ".join(text[slice(*chosen)].split()).strip(" ,") if chosen else None
    code, span = (country[0], (country[1], country[2])) if country else (None, None)
    if country and country[3]:
        span = country[3]
    return Person(start, end, low, high, name, words_ or None, chosen, code, span)


# "Minister of Trade and Worship", "of the Republic of Korea": the last word of an office, not a name.
_JOINED_ON = re.compile(r"\b(?:of|for|and|the|to|in|on|at|et|und)\s+\Z")
_BACK = re.compile(r"([^\s,()]+)([\s]*,?\s*)\Z")


def _title_before(text: str, start: int) -> tuple[int, int] | None:
    """The span of the honours and offices right before a name: "H.E. Ambassador", "Deputy Secretary of Energy"."""
    at, low, titled, commas = start, start, False, 0
    while (match := _BACK.search(text, max(0, at - 40), at)) is not None:
        token, gap = match.group(1), match.group(2)
        key = _key(token)
        if "," in gap:
            commas += 1
            if commas > (2 if key in _set("inside") else 1):
                break
        begin = match.start(1)
        if key in _set("honours") or key in _set("offices"):
            low, titled = begin, True
        elif key in _set("inside") or (begin := _place_ending(text, match, titled)) < match.end(1):
            if "," in gap and not _office_in(text, at):
                break
            low = begin
        elif (key in _AND and not _title_ends_at(text, match.start(1))) or key not in _set("connectors"):
            break
        else:
            begin = match.start(1)
        at = begin
    if not titled:
        return None
    span = (low, start)
    lead = re.match(r"(?:the|of|and|el|la|le|der|die|o|a)\s+", text[low:start], re.IGNORECASE)
    if lead:
        span = (low + lead.end(), start)
    said = text[span[0] : span[1]].rstrip(" ,")
    # "Secretary of State for Europe, Mr": the form of address says nothing beside the office.
    stripped = len(_ADDRESS.sub("", said)) or len(said)
    return (span[0], span[0] + stripped) if stripped else None


def _place_ending(text: str, match: re.Match[str], titled: bool) -> int:
    """Where the state, or behind a title the city, begins that ends with the word of *match*; the word's end where
    none does."""
    token, end = re.sub(r"['’]s$", "", match.group(1)), match.end(1)
    if not token[:1].isupper():
        return end
    if _is_state_word(token) or (titled and city_named(token) is not None):
        return match.start(1)
    low = max(0, end - 60)
    return next((low + m.start for m in find_countries(text[low:end]) if low + m.end == end), end)


def _title_ends_at(text: str, at: int) -> bool:
    """Whether the word before *at* belongs to an office: the "Affairs" of "Foreign Affairs and Trade"."""
    match = _BACK.search(text, max(0, at - 40), at)
    return match is not None and _key(match.group(1)) in _set("inside")


_ADDRESS = re.compile(r"(?:,\s*|\s+)(?:Mr|Mrs|Ms|Herr|Frau|M|Mme|Sr|Sra)\.?$")


def _office_in(text: str, end: int) -> bool:
    clause = text[max(text.rfind(mark, 0, end) for mark in ".;(") + 1 : end].rstrip(" ,")
    return any(_key(token) in _set("offices") for token in clause.split()[-12:])


# "Simon Name, T.D., Minister for Foreign Affairs".
_LETTERS_BEHIND = re.compile(r",?\s+(?:T\.?D|M\.?P|M\.?E\.?P|K?CMG|A[MO]|[MOCK]BE|K\.?C|Q\.?C|J\.?P|Ph\.?D|MLA)\b\.?")
_AFTER = re.compile(r",\s+((?:the\s+|then\s+|el\s+|la\s+)?)")
_OFFICE_ENDS = re.compile(
    r"\s+(?:and|who|which|as|on behalf|until|in his|in her|at the|during|y|et|und)\s+(?:(?:also|then|officially)\s+)?"
    r"(?:opened|chaired|welcomed|was|were|gave|made|said|addressed|inaugurated|presided|delivered|on|until)\b"
    r"|\s+(?:opened|chaired|chairs|welcomed|was|were|is|has|had|will|gave|made|said|addressed|inaugurated|presided|delivered|spoke"
    r"|greeted|until|who|which|abri[óo]|inaugur[óo]|a\s+ouvert)\b"
    r"|\s+(?:e|et|y|und|ed|и)\s+(?:presidi|presied|présid|geleitet|clausur)\w*"
    r"|\s+and\s+(?=(?:Mr|Ms|Mrs|Dr|Ambassador|H\.))|\s+and\s+(?:opened|chaired)|(?<![A-Z])\.|;|\s[–—-]\s"
    r"|[()](?!\w[\w-]+\) of\b)(?! of\b)"
)
_GOES_ON = re.compile(
    r",\s+(?:Ministry|Department|Federal|Office|Bureau|Division|in the|of the|at the|Foreign|International|Directorate)\b"
)


def _office_after(text: str, end: int) -> tuple[tuple[int, int] | None, int]:
    """The span of the office in apposition behind a name, and where it ends: ", Secretary of Foreign Relations of
    Argentina"; (None, *end*) where none stands."""
    letters = _LETTERS_BEHIND.match(text, end)
    lead = _AFTER.match(text, letters.end() if letters else end)
    if lead is None:
        return None, end
    begin = lead.end()
    stop = len(text)
    if ends := _OFFICE_ENDS.search(text, begin - 1):
        stop = ends.start()
    comma = text.find(",", begin, stop)
    while comma != -1 and _GOES_ON.match(text, comma):
        comma = text.find(",", comma + 1, stop)
    stop = min(stop, comma if comma != -1 else stop)
    first = text[begin:stop].split()[:5]
    if not first or not any(_key(token) in _set("offices") for token in first):
        return None, end
    if _CHAIRS.match(text, begin) or _RELATIVE.match(text, begin):
        return None, end
    return (begin, stop), stop


# "Name, que sucede al embajador Name": a clause, not an office.
_RELATIVE = re.compile(r"(?:who|whom|whose|which|que|qui|quien|che|котор\w+|having|after|accompanied|together|along)\b")
# "Name, the new Chair": the office that the reader of officers looks for, not one that Name holds at home.
_CHAIRS = re.compile(
    r"(?:(?:new|outgoing|incoming|current|former|\d{4}|the|MTCR|NSG|HCoC|WA|AG|Plenary|Outgoing|Incoming)\s+)*[Cc]hair(?:man|woman|person)?\b"
)
