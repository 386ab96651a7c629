"""The honours and offices around a person's name: "H.E. Ambassador", ", Secretary of Foreign Relations"."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from parsers.cities import city_named
from parsers.countries import country_named, country_of_demonym, find_countries
from parsers.names import name_key
from parsers.vocabulary import words

INITIAL = re.compile(r"(?:[^\W\d_a-z]\.)+")


@cache
def words_of(kind: str) -> frozenset[str]:
    return frozenset(name_key(word.replace("_", ".")) for line in words("person_words", kind) for word in line.split())


@cache
def _titles() -> frozenset[str]:
    return words_of("honours") | words_of("offices") | words_of("inside")


@cache
def _bodies() -> tuple[str, ...]:
    return tuple(words("person_words", "bodies")[0].split())


_ELISION = re.compile(r"^(?:[dl]|dall|dell|all|nell)['’](?=[a-z])", re.IGNORECASE)
_AND = frozenset(("and", "y", "e", "et", "und", "i", "и"))


# German says in one word what is a minister of what: "Bundesaußenminister", "Abrüstungsbeauftragter".
_COMPOUND = re.compile(r"\w{3,}(?:minister|sekretar|prasident|kanzler|direktor|beauftragte[rn]?|botschafter)(?:in)?")


def is_office(key: str) -> bool:
    """Whether a word, by its `token_key`, is that of an office."""
    return key in words_of("offices") or _COMPOUND.fullmatch(key) is not None


def token_key(token: str) -> str:
    return name_key(_ELISION.sub("", token).removesuffix("'s").removesuffix("’s"))


def ends_sentence(token: str) -> bool:
    return token.endswith(".") and len(token) > 4 and not INITIAL.fullmatch(token) and token_key(token) not in _titles()


@lru_cache(maxsize=8192)
def is_no_name(token: str) -> bool:
    key = token_key(token)
    if token.islower() and key in words_of("particles"):
        return False
    if INITIAL.fullmatch(token) and key not in words_of("honours"):
        return False
    if token.endswith(("'s", "’s")) and (country_named(token[:-2]) or country_of_demonym(token[:-2])):
        return True
    if key.endswith(_bodies()):
        return True
    return key in _titles() or is_office(key) or key in words_of("others") or (len(token) > 3 and _is_state_word(token))


def _is_state_word(token: str) -> bool:
    bare = token.strip(".,")
    return country_named(bare) is not None or country_of_demonym(bare) is not None


_BACK = re.compile(r"([^\s,()]+)([\s]*,?\s*)\Z")


def title_before(text: str, start: int) -> tuple[int, int] | None:
    """The span of the honours and offices right before a name: "H.E. Ambassador", "Deputy Secretary of Energy"."""
    at, low, titled, commas = start, start, False, 0
    while (match := _BACK.search(text, max(0, at - 40), at)) is not None:
        token, gap = match.group(1), match.group(2)
        key = token_key(token)
        if "," in gap:
            commas += 1
            if commas > (2 if key in words_of("inside") else 1):
                break
        begin = match.start(1)
        if key in words_of("honours") or is_office(key):
            low, titled = begin, True
        elif (begin_of := _office_of(text, match.end(1))) is not None:
            begin, low, titled = begin_of, begin_of, True
        elif key in words_of("inside") or (begin := _place_ending(text, match, titled)) < match.end(1):
            if "," in gap and not _office_in(text, at):
                break
            low = begin
        elif (key in _AND and not _title_ends_at(text, match.start(1))) or key not in words_of("connectors"):
            break
        else:
            begin = match.start(1)
        at = begin
    if not titled:
        return None
    span = (low, start)
    lead = re.match(
        r"(?:the|of|and|el|la|le|der|die|o|a)\s+|(?:dall|dell|all|[dl])['’]", text[low:start], re.IGNORECASE
    )
    if lead:
        span = (low + lead.end(), start)
    said = text[span[0] : span[1]].rstrip(" ,")
    # "Secretary of State for Europe, Mr": the form of address says nothing beside the office.
    stripped = len(_ADDRESS.sub("", said)) or len(said)
    return (span[0], span[0] + stripped) if stripped else None


# "Minister of Mines and Energy": whatever the office is of, in capitals.
_OFFICE_OF = re.compile(
    r"\b(?:Minist(?:er|ry|r[oaey])|Ministre|(?:Under-?)?Secretary(?:[ -]General)?|Commissioner|Director(?:[ -]General)?|Department|Head|Chief|Bureau|Office)"
    r"\s(?:of|for|de|del|da|do|di)\s(?:the\s|la\s)?[A-Z][\w-]+(?:,?\s(?:(?:and|of|for|on|y|e|et)\s(?:the\s)?)?[A-Z][\w-]+){0,6}\Z"
)


def _office_of(text: str, end: int) -> int | None:
    """Where an office begins whose words reach to *end*, all but the first unknown; None where none does."""
    match = _OFFICE_OF.search(text, max(0, end - 120), end)
    return match.start() if match else None


# In small letters a shorter word is rather another than the adjective of a state.
_SHORT = 4


def _place_ending(text: str, match: re.Match[str], titled: bool) -> int:
    """Where the state, or behind a title the city, begins that ends with the word of *match*; the word's end where
    none does."""
    token, end = re.sub(r"['’]s$", "", match.group(1)), match.end(1)
    if not token[:1].isupper():
        # "ministre norvégien de la Défense"
        return match.start(1) if len(token) > _SHORT and country_of_demonym(token) is not None else end
    if _is_state_word(token) or (titled and city_named(token) is not None):
        return match.start(1)
    low = max(0, end - 60)
    return next((low + m.start for m in find_countries(text[low:end]) if low + m.end == end), end)


def _title_ends_at(text: str, at: int) -> bool:
    """Whether the word before *at* belongs to an office: the "Affairs" of "Foreign Affairs and Trade"."""
    match = _BACK.search(text, max(0, at - 40), at)
    key = token_key(match.group(1)) if match is not None else ""
    return key in words_of("inside") or is_office(key)


_ADDRESS = re.compile(
    r"(?:,\s*|\s+)(?:Mr|Mrs|Ms|Herr|Frau|M|Mme|Sra?|Senhora?|Señora?|Signora?|Sig|Senador|Senadora|[HS]\.? ?E)\.?$"
)


def _office_in(text: str, end: int) -> bool:
    clause = text[max(text.rfind(mark, 0, end) for mark in ".;(") + 1 : end].rstrip(" ,")
    return any(is_office(token_key(token)) for token in clause.split()[-12:])


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
    r"|[()](?![\w -]+\) (?:of|in|at)\b)(?! (?:of|in|at)\b)"
)
_GOES_ON = re.compile(
    r",\s+(?:Ministry|Department|Federal|Office|Bureau|Division|in the|of the|at the|Foreign|International|Directorate)\b"
)


# "Director-General of the Disarmament, Arms Control and Science Department".
_LISTED = re.compile(
    r",\s+(?:[A-Z][\w-]+(?:,?\s(?:and\s)?)){1,8}?(?:Department|Division|Bureau|Directorate|Section|Unit)\b"
)


def office_after(text: str, end: int) -> tuple[tuple[int, int] | None, int]:
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
    while comma != -1 and (_GOES_ON.match(text, comma) or _LISTED.match(text, comma)):
        comma = text.find(",", comma + 1, stop)
    stop = min(stop, comma if comma != -1 else stop)
    first = text[begin:stop].split()[:5]
    if first and not lead[1] and _is_a_clause(first[0]):
        return None, end
    if not first or not any(is_office(token_key(token)) for token in first):
        return None, end
    if _CHAIRS.match(text, begin) or _RELATIVE.match(text, begin):
        return None, end
    return (begin, stop), stop


def _is_a_clause(word: str) -> bool:
    """Whether a word in small letters begins a clause and no office: "met", "with", "formerly"."""
    key = token_key(word.strip(","))
    return word[:1].islower() and not (is_office(key) or key in words_of("inside") or key in words_of("honours"))


# "Name, que sucede al embajador Name": a clause, not an office.
_RELATIVE = re.compile(
    r"(?:who|whom|whose|which|que|qui|quien|che|котор\w+|сменивш\w+|having|after|accompanied|together|along|passe[ds]|hand(?:ed|s)|transferred|succeeded|took|takes|gave|opened|chaired|welcomed|visited|briefed|presented|delivered|reported|thanked)\b"
)
# "Name, the new Chair": the office that the reader of officers looks for, not one that Name holds at home.
_CHAIRS = re.compile(
    r"(?:(?:new|outgoing|incoming|current|former|\d{4}|the|MTCR|NSG|HCoC|WA|AG|Plenary|Outgoing|Incoming)\s+)*[Cc]hair(?:man|woman|person)?\b"
)
