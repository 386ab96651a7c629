"""How many members the page says the regime has."""

from __future__ import annotations

import re
from functools import cache

from parsers.ordinals import cardinal, cardinal_pattern, ordinal, ordinal_pattern
from parsers.page import Found, Page, Span

_UNITS = (
    r"(?:(?:MTCR|NSG|AG|WA|HCoC|ZC|Regime|Group|Committee|\w+ Arrangement|\w+['’]s|partner|member|participating|subscribing|supplier"
    r"|nuclear|other|current|full|total|membres?|de sus|(?-i:[A-Z]\w+))[\s-]+){0,4}"
    r"(?:members?(?![\w-]* (?:of (?:the )?delegation|of parliament))|partners?\b|states?\b|countries|governments|PGs\b|participants\b|nations?\b"
    r"|Mitgliedstaaten|Mitglieder|Staaten|Teilnehmerstaaten|Nuklearlieferl[äa]ndern?|L[äa]nder\w*|[ÉEé]tats\b|pays\b|gouvernements|estados\b|miembros"
    r"|pa[íi]ses\b|stati\b|paesi\b|pa[ńn]stw\w*|stát\w*|стран\w*|государств\w*|个参加国|个国家|개국)"
)
_NOT = re.compile(
    r"(?:\b(?:then|from|other|additional|new|outstanding|first|original|founding|non-signatory|remaining|these|those|by|adopted by|out of|nine|in favour)"
    r"[\s-]*$)|\b(?:from|von|grown from|of)\s+(?:\w+\s+to\s+)?$|\b(?:when the then|between|group of)\W*$|\d[.,/]$|\b(?:EU|for|than)\s+$",
    re.IGNORECASE,
)
_OLD = re.compile(r"\b(?:in (?:19|20)\d\d|1974|1971|and 1974|originally|was formed|were founded|grew|non-signatory)\b")


@cache
def _patterns() -> tuple[tuple[int, re.Pattern[str]], ...]:
    number = rf"(?<![\w.,/-])(?P<n>\d{{1,3}}|{cardinal_pattern()})(?![\d.,]\d)"
    flags = re.IGNORECASE
    return (
        # "bringing to 25 the number", "the total number ... to 39", "increased from 96 to 138"
        (5, re.compile(rf"(?:bring\w*|rais\w*|increas\w*|grown|went|porte\w*|erhöht|auf|eleva\w*)[^.;]{{0,60}}?\b(?:to|à|auf|a)\s+{number}", flags)),
        (5, re.compile(rf"\bnumber of (?:member|participating|subscribing|partner)[^.;]{{0,50}}?\b(?:to|is|stands at|reached)\s+(?:now\s+)?{number}", flags)),
        # "the 34-member MTCR", "the 35-nation"
        (4, re.compile(rf"{number}[\s-]+(?:member|nation|country|state)\s+(?-i:[A-Z])", flags)),
        # "has 34 members", "comprises the following 22 countries", "Partners: 35"
        (4, re.compile(rf"(?:\b(?:has|have|had|counts?|comprises?|comprising|consists? of|brings? together|currently|now|there are|composed of|made up of|presently|group of|partnership among|numbers|Derzeit sind|hat|compte|tiene|tem|integran|among|nun|umfasst|des|um grupo\D{{0,30}})\b[^.;\d]{{0,40}}?){number}\s*(?:\[\d+\]\s*)?\*?\s*{_UNITS}", flags)),
        (3, re.compile(rf"\b(?:the|all|its|our|die|der|les|los|os|as|le|of)\s+{number}\s+{_UNITS}", flags)),
        (2, re.compile(rf"(?<!\bfrom ){number}\s+{_UNITS}", flags)),
        (3, re.compile(rf"\b(?:members?|partners?|Mitglieder|participants|membres|miembros)\s*[–—:-]?\s*\(?{number}\)?(?=\s+(?-i:[A-Z])|\s*[:(]|\s*$)", flags)),
    )


@cache
def _rank() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:as its|as the|the|its|is the|became the|become the|now (?:formally )?is the|[A-Z]\w+['’]s)\s+(?P<n>{ordinal_pattern()})\s+"
        r"(?:and newest |full )?(?:member|partner|participating|subscribing|state party|signatory)",
        re.IGNORECASE,
    )


def read(page: Page) -> Found[int] | None:
    """The stated number of members, or None. The surest wording wins, and of equals the first; a rank ("the
    35th member") counts where no number stands; attendance, history and groups within do not count."""
    best: tuple[float, int, Span] | None = None
    for i, block in page.readable:
        text = block.text
        if len(text) < 6:
            continue
        for weight, pattern in _patterns():
            for match in pattern.finditer(text):
                number = cardinal(match["n"])
                if number is None or not 4 <= number <= 200:
                    continue
                rank = weight + _context(text, match, number)
                if rank > 0 and (best is None or rank > best[0]):
                    best = (rank, number, Span(i, *match.span("n")))
    if best is not None:
        return Found(best[1], (best[2],))
    ranks: list[tuple[int, Span]] = []
    for i, block in page.readable:
        for match in _rank().finditer(block.text):
            number = ordinal(match["n"])
            if number and number > 4:
                ranks.append((number, Span(i, *match.span("n"))))
    if ranks:
        number, span = max(ranks)
        return Found(number, (span,))
    return None


_ATTENDANCE = re.compile(r"\b(?:representatives|delegat\w+|experts|attend\w*|took part|deleg\w+|d[ée]l[ée]gu[ée]s)\b", re.IGNORECASE)
_OTHERS = re.compile(
    r"^\W*(?:European|EU|supplier states met|aligned?|align|have (?:not|yet)|applied|(?:UN|other) |(?:non|outside)|in favour|have adhered)|^[^.;]{0,20}\b(?:are still missing|adopted|voted|outside)\b",
    re.IGNORECASE,
)


def _context(text: str, match: re.Match[str], number: int) -> float:
    """What the words around a number add to or take from its weight as a count of members."""
    before, after = text[max(0, match.start("n") - 60) : match.start("n")], text[match.end("n") : match.end() + 50]
    whole = text[match.start() : match.end()]
    if _OTHERS.search(after) or re.search(r"European (?:Union )?Member|EU Member|UN members|non-", whole + after[:12]):
        return -10
    rank = 0.0
    if _NOT.search(before) and not re.search(r"\b(?:to|group of)\s*$", before):
        rank -= 3
    if _OLD.search(after[:30]) or re.search(r"\b(?:in (?:19|20)\d\d|between \d{4}|Between 1971 and 1974)[^.;]{0,20}$", before):
        rank -= 4
    if _ATTENDANCE.search(before):
        rank -= 0.5
    if re.search(r"\b(?:now|currently|today|presently|heute|derzeit|hoy|hoje|actuellement|total)\b", before + whole, re.IGNORECASE):
        rank += 1
    if number < 15:
        rank -= 2.5
    return rank
