"""Outreach: which states were, or are to be, spoken to for the regime, and by whom."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from msgspec import Struct

from parsers.lines import Letters
from parsers.page import Found, Page, Sentence, Span
from parsers.record import Outreach
from parsers.remembered import remembered
from parsers.state_sets import StateSets

# Words that are outreach by themselves, and those that are only where the regime or its chair goes.
_STRONG = re.compile(
    r"\bout-?reach\b|\bengagement (?:activities|efforts|missions|visits)\b|\bteam-visit\b|\bÖffentlichkeitsarbeit der Regime\b|\bsensibilisation\b|\bactividades de (?:difusión|divulgación|acercamiento)\b"
    r"|\bactivités d['’]ouverture\b|\bцелевы\w+ контакт\w+",
    re.IGNORECASE,
)
_WEAK = re.compile(
    r"\b(?:visit(?:s|ed|ing)?|missions?|delegations?|contacts|dialogue|consultations|briefings?|briefed|meetings) (?:\w+ ){0,5}?(?:to|with|for|visited|went to|travelled to)\b"
    r"|\b(?:visit(?:ed|ing)|briefed|travelled to)\b",
    re.IGNORECASE,
)
_STEMS = (
    "reach", "visit", "mission", "delegation", "contact", "dialog", "consult", "brief", "meetings", "öffentlichkeit", "sensibili",
    "difusi", "engagement", "divulgac", "acercamiento", "ouverture", "контакт", "travelled",
)  # fmt: skip


@cache
def _stems() -> Letters:
    return Letters(_STEMS)


# A target of outreach stands behind one of these, or behind another target.
_TOWARDS = re.compile(
    r"\b(?:with|to|towards|visit(?:ed|ing|s)?|in|including|includ(?:ed|es)|reached|reaching|visé|vis[ae]n?t|such as|among (?:them|those|these)|of|for|briefed|and|avec|auprès de|con|com|mit|nach|a|à|au|в|с)"
    r"\s+(?:the\s|la\s|l['’]|den\s|der\s|officials (?:of|from) (?:the )?|representatives of (?:the )?|authorities (?:of|in) (?:the )?|high-level contacts with (?:the )?)?\Z|:\s*(?:the\s)?\Z"
    r"|\bvisits?\sto\s(?-i:[A-ZÀ-Ž])[\w’'.-]+(?:\s(?-i:[A-ZÀ-Ž])[\w’'.-]+)?,\s(?:the\s)?\Z",
    re.IGNORECASE,
)
_AND = re.compile(
    r"(?:\s?\([^)]{1,40}\))?\s?(?:,|;|and|or|&|, and|as well as|, as well as|und|et|y|e|и|,? to|,? with)\s+(?:to |with |the |then |la |le |l['’]|los |den )*\Z|[,\s]+(?:and\s)?(?:the\s)?\Z"
)
# A state that goes, speaks or hosts is no target: "the Chair (Brazil)", "Ambassador X of Norway".
_NOT_A_TARGET = re.compile(
    r"\b(?:Chair(?:man|person|woman)?\s?\(|Ambassador\b[^,;]{0,40}\bof|chairmanship of|chaired by|on behalf of|delegation (?:of|from)|(?:made up|composed|consisting) of|comprising|led by|hosted by|Minister of[^,;]*of"
    r"|by|plenary in|(?:held|met|hosted)\b[^,;]{0,30}\bin|(?:proliferation|missile\w*|programmes?|concerns?)\b[^,;]{0,30}\b(?:in|of|about)) (?:the )?\Z|\(\Z",
    re.IGNORECASE,
)
_VERB = r"\s(?:has |have |was |were |had ){0,4}(?:been )?(?:also )?(?:visited by|briefed|received (?:an? |the |its first )?(?:\w+ ){0,2}(?:outreach|visit|mission|delegation)|hosted (?:an? |the )?(?:\w+ ){0,2}(?:outreach|visit|mission)|were visited|was visited)"
_PASSIVE = re.compile(rf"(?:\s?\([^()]*\))?{_VERB}")
# Wherever one begins, also within another.
_PASSIVES = re.compile(rf"(?={_VERB})")
_FINITE = re.compile(r"\b(?:were|was|have been|received|hosted)\b")
_BY = (
    ("outgoing_chair", re.compile(r"\b(?:outgoing|former|previous|past|immediate past)\b[^.;,]{0,25}\b[Cc]hair", re.IGNORECASE)),
    ("incoming_chair", re.compile(r"\b(?:incoming|new|next|future)\b[^.;,]{0,25}\b[Cc]hair", re.IGNORECASE)),
    ("chair", re.compile(r"\b(?:Co-?)?[Cc]hair(?:s\b|man|manship|woman|person|manship|s['’])?|\bPresiden(?:cy|cia)\b|\bpr[ée]siden(?:ce|te?)\b|\bVorsitz", re.IGNORECASE)),
    ("partners", re.compile(r"\b(?:individual|by|some|many|several|other) (?:MTCR |NSG |WA )?(?:Partners|members|Participating|participants|governments|States)|\bPartners\b", re.IGNORECASE)),
    ("regime", re.compile(r"\b(?:the|a|an) (?:MTCR|NSG|AG|WA|HCoC|Regime|Group|Committee|Arrangement|Secretariat)\b|\bMTCR (?:outreach|delegation|mission)", re.IGNORECASE)),
)  # fmt: skip


def read(page: Page) -> list[Found[Outreach]]:
    """Each outreach that names the states it goes to; told twice, it counts once with the spans of both.

    Outreach to no state in particular ("to a wide range of countries") is left out.
    """
    told: list[_Told] = []
    sets, by_whom = StateSets(), dict[str | None, int]()
    about = any(_STRONG.search(block.text) for _, block in page.headings)
    for sentence in page.sentences_with(_stems()):
        strong, weak = _cues_in(sentence.text)
        if weak and not (strong or about or _speaks_of_us(sentence.text, (page.regime.id, *page.regime.names))):
            weak = None
        # "The Chair travelled to Jordan for outreach": the states may stand behind the weaker word alone.
        tried = ((cue, _targets(page, sentence, cue)) for cue in (strong, weak) if cue is not None)
        cue, targets = next(((cue, found_) for cue, found_ in tried if found_), (None, []))
        if cue is None:
            continue
        by = _by(page, sentence, cue.start())
        countries = dict.fromkeys(code for code, _, _ in targets)
        known = sets.first_holding(countries)
        if known is None:
            known = sets.first_within(countries, by_whom.get(None, 0) | by_whom.get(by, 0))
        if known is None:
            known = len(told)
            told.append(_Told(None, {}, []))
        held = told[known]
        by_whom[held.by] = by_whom.get(held.by, 0) & ~(1 << known)
        held.by = held.by or by
        by_whom[held.by] = by_whom.get(held.by, 0) | 1 << known
        sets.add(known, countries)
        held.countries |= countries
        held.spans += (sentence.span(start, end) for _, start, end in targets)
    return [one.found() for one in told]


class _Told(Struct):
    """An outreach as far as the sentences read until now tell of it."""

    by: str | None
    countries: dict[str, None]
    spans: list[Span]

    def found(self) -> Found[Outreach]:
        spans = tuple(self.spans)
        return Found(Outreach(self.by, tuple(self.countries)), spans, {"countries": spans})


# "The outgoing Chair, Mr Name of Poland, visited …", "the Chair was asked to continue the dialogue with …".
_CHAIR_GOES = re.compile(
    r"\b(?:[Tt]he|[Ii]ts|[Oo]ur) (?:[\w-]+ ){0,2}?(?:Co-)?[Cc]hair(?:man|person|woman)?\b[^;]{0,110}?\b(?:visited|travelled to|briefed|continued? (?:the|its|his|her) dialogue with|reported on (?:\w+ ){0,3}?(?:visits|missions|contacts|consultations|dialogue)|(?:held|had) (?:\w+ ){0,2}(?:meetings|talks|consultations|contacts) with)\b"
    r"|\bvisited by the (?:\w+ )?Chair|\b(?:visits|missions|contacts|consultations|dialogue) (?:\w+ )?by the (?:\w+ )?Chair"
)


@remembered
def _cues_in(text: str) -> tuple[re.Match[str] | None, re.Match[str] | None]:
    """The words for outreach in a sentence: the first that mean nothing else, and the first that may."""
    return _STRONG.search(text), _WEAK.search(text)


@remembered
def _speaks_of_us(text: str, names: tuple[str, ...]) -> bool:
    """Whether the one who goes is the regime that has *names*, or its chair."""
    if _CHAIR_GOES.search(text):
        return True
    return _OURS.search(text) is not None and _named(names).search(text) is not None


_OURS = re.compile(r"\b(?:[Cc]hair\w*|delegation|mission|team|Partners)\b")


@lru_cache(maxsize=64)
def _named(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b", re.IGNORECASE)


def _by(page: Page, sentence: Sentence, at: int) -> str | None:
    """Who does it: the nearest before the cue, else behind it ("led by the Chair"), else the chair whose report
    the page is."""
    text = sentence.text
    if told := _DONE_BY.search(text, at):
        return "chair" if told[1] is None else f"{told[1].lower()}_chair"
    before = [(m.start(), -rank, name) for rank, (name, p) in enumerate(_BY) for m in p.finditer(text, 0, at + 8)]
    if before:
        # "outgoing Chair" is found by two patterns: the one that says more begins earlier and wins.
        last = max(start for start, _, _ in before)
        return max((rank, name) for start, rank, name in before if last - start < 30)[1]
    behind = re.search(
        r"\b(?:(?:led|headed|done|conducted|undertaken|carried out|made|paid) by|(?:visits?|missions?) (?:from|by)) (?:the )?([^.;,]{0,40})",
        text[at:],
    )
    if behind:
        return next((name for name, pattern in _BY if pattern.search("by " + behind[1])), None)
    heading = " ".join(block.text for _, block in page.headings)
    return "chair" if re.search(r"\bChair", heading) else None


_DONE_BY = re.compile(
    r"\bby the (?:(outgoing|incoming) )?(?:MTCR |NSG |WA |HCoC |AG )?Chair(?:man|person|woman)?\b", re.IGNORECASE
)


def _targets(page: Page, sentence: Sentence, cue: re.Match[str]) -> list[tuple[str, int, int]]:
    """The states that the outreach goes to."""
    text = sentence.text
    targets: list[tuple[str, int, int]] = []
    mentions = page.mentions_in(sentence)
    starts = frozenset(match.start for match in mentions)
    listed_until = _last_passive(text, cue) if mentions and mentions[0].end <= cue.start() else -1
    left_out = -1
    for match in mentions:
        if match.end <= cue.start():
            if _is_visited(text, match.end, cue, starts, listed_until):
                targets.append((match.code, match.start, match.end))
            continue
        before = text[max(0, match.start - 90) : match.start]
        last = targets[-1][2] if targets else None
        joined = last is not None and _AND.fullmatch(text, last, match.start) is not None
        near = last is None or match.start - last < 40
        led = near and not _NOT_A_TARGET.search(before) and _TOWARDS.search(before[-60:])
        if not joined and left_out >= 0 and _LISTED.fullmatch(text, left_out, match.start):
            led = None
        if joined or led:
            targets.append((match.code, match.start, match.end))
        else:
            left_out = match.end
    return targets


_JOINED = re.compile(r"(?:,| and|, and)\s(?:the )?")
_LISTED = re.compile(r",?\s(?:and\s)?(?:the\s)?")


def _last_passive(text: str, cue: re.Match[str]) -> int:
    """Where the last passive with its finite verb begins up to the cue, or -1."""
    finite = max((m.start() for m in _FINITE.finditer(text, 0, cue.end())), default=-1)
    passive = max((m.start() for m in _PASSIVES.finditer(text, 0, cue.end() + 30)), default=-1)
    return min(finite, passive)


def _is_visited(text: str, end: int, cue: re.Match[str], starts: frozenset[int], listed_until: int) -> bool:
    """Whether a state before the cue, named up to *end*, is the object of a passive, alone or in a list that goes on
    towards *listed_until*: "Chile and Peru were visited"."""
    passive = _PASSIVE.match(text, end)
    if passive:
        return passive.end() >= cue.start()
    joined = _JOINED.match(text, end)
    return joined is not None and joined.end() in starts and end <= listed_until
