"""How many members the page says the regime has."""

from __future__ import annotations

import re

from parsers.ordinals import NumberMatch, find_numbers, letters_of_numbers, may_be_roman
from parsers.page import Found, Page, Span

# What is counted, directly behind the number; words of the regime's name may stand between.
_UNITS = re.compile(
    r"^\s*(?:\[\d+\]\s*)?\*?[\s-]*(?:(?:MTCR|NSG|AG|WA|HCoC|ZC|Regime|Group|Committee|\w+ Arrangement|\w+['’]s|partner|member|participating"
    r"|subscribing|signatory|supplier|nuclear|other|current|full|total|official|(?-i:[A-Z]\w+))[\s-]+){0,4}"
    r"(?:members?\b|partners?\b|states?\b|countr\w+|governments?|PGs\b|participants\b|nations?\b|signatories\b|Mitgliedstaaten|Mitglieder|Staaten"
    r"|Teilnehmerstaaten|Nuklearlieferl[äa]ndern?|L[äa]nder\w*|[ÉEé]tats\b|pays\b|gouvernements|estados\b|partenaires|socios|parceiros|Partnerstaaten|Partnerl[äa]nder\w*|gobiernos\b|governos\b|governi\b|miembros|membros|pa[íi]ses\b|membres"
    r"|stati\b|paesi\b|pa[ńn]stw\w*|stát\w*|стран\w*|государств\w*|участник\w*|leden\b|landen\b|lidstaten|medlems?l\w+|个(?:参加国|国家|成员|参与国|缔约国)|(?:か|カ|ヶ|ヵ)国|개\s?(?:회원)?국|strong\b|(?:have|had) (?:now )?(?:subscribed|joined|acceded))",
    re.IGNORECASE,
)
_MEMBER_OF = re.compile(r"^[\s-]+(?:member|nation|country|state)[\s-]+(?-i:[A-Z])|^-nation\b|^-member\b", re.IGNORECASE)
_RANK = re.compile(
    r"^\s+(?:and newest |full )?(?:member|partner|participating|participant|subscribing|signatory|membre|partenaire|mitglied|teilnehmerstaat"
    r"|miembro|participante|membro|lid\b|член|участник)",
    re.IGNORECASE,
)
_BRINGING = re.compile(
    r"(?:\bthe total\b|\bbring\w*|\brais\w*|increas\w*|\bgrown|\bgrew|\brisen|\brose|\bwent|\bporte\w*|erhöht|\beleva\w*|number of (?:member|participating|subscribing|partner)\w*)"
    r"[^.;]{0,60}?\b(?:to|à|auf|a|is|be|at|reached)\s+(?:now\s+|a total of\s+)?$",
    re.IGNORECASE,
)
# "The membership, now 43", "its membership stands at 35", "Partners, numbering 34".
_MEMBERSHIP_IS = re.compile(
    r"(?:\bmembership\b[^.;\d]{0,50}?\b(?:stands? at|rose to|grew to|grown to|went up to|is|reached|totals?|numbers|now|currently|to)"
    r"|\b(?:members|partners|participating \w+|subscribing states),? (?:now |currently )?numbering)\s+(?:now\s+)?$",
    re.IGNORECASE,
)
# "Partners, 35 in number": the number behind what is counted.
_IN_NUMBER = re.compile(r"\s+in number\b")
_PLURAL = re.compile(r"\b(?:members|partners|participants|countries|states|governments),\s+(?:now\s+)?$", re.IGNORECASE)
_SUBSCRIBED_BY = re.compile(r"\b(?:subscribed to|signed|joined) by\s+(?:now\s+)?$")
_HAS_NOW = re.compile(
    r"\b(?:today|now|currently)[^.;\d]{0,20}\b(?:has|have|counts?|numbers?|comprises?)\s+$|\bhas (?:now|today)\s+$",
    re.IGNORECASE,
)
_HAS = re.compile(
    r"\b(?:has|have|counts?|comprises?|comprising|consists? of|brings? together|currently|now|there are|composed of|made up of|presently|partnership among"
    r"|numbers|Derzeit sind|hat|telt|есть|входят|объединяет|насчитывает|participam|reúne|agrupa|riunisce|conta|gehören|rassemble|regroupe|现有|には|compte|compt[ae]|tiene|tem|integra\w*|umfasst|Today,?)\b[^.;\d]{0,40}$",
    re.IGNORECASE,
)
_ALL = re.compile(
    r"\b(?:the|all|its|our|die|der|les|los|os|as|le|of|des|de|um|among|a group of|eine Gruppe von)\s+(?:now\s+)?$",
    re.IGNORECASE,
)
_COLON_BEFORE = re.compile(
    r"\b(?:members?|partners?|Mitglieder|participants|membres|miembros)(?:\s*[|–—:-])*\s*\(?$", re.IGNORECASE
)
_NOT_BEFORE = re.compile(
    r"\b(?:then|other|additional|new|outstanding|first|original|founding|non-signatory|remaining|these|those|by|than|for|between|EU)"
    r"[\s-]*$|\d[.,/-]$",
    re.IGNORECASE,
)
_NOT_AFTER = re.compile(
    r"^\s*(?:European|EU)\b|^[^.;]{0,24}\b(?:supplier states met|aligned?|in favour|have adhered|are still missing|non-|outside|applied|applications)\b"
    r"|^[^.;,]{0,30}\b(?:in (?:19|20)\d\d|adopted|voted)\b|^[^.;,]{0,45}\b(?:submitted|implemented|are also|registered|provided|reported|states parties)\b|^\s*(?:UN|other)\s|^ (?:%|per cent)",
    re.IGNORECASE,
)
_LONG_AGO = re.compile(
    r"\b(?:in (?:19|20)\d\d|Between (?:19|20)\d\d and (?:19|20)\d\d)\b[^.;]{0,6}$|\bgrown from $|\bwhen the\b[^.;]{0,12}$",
    re.IGNORECASE,
)
# Whom else a number counts: states visited, bound by a resolution, or voting for one.
_OTHERS_COUNTED = re.compile(
    r"\b(?:outreach|with the participation of|in the presence of|attended by|visits?|visited|contacts|dialogue|seminar|workshop|resolutions?(?: \d+)?|treaty|convention|general assembly|obliges?|requires?)\b"
    r"[^.;]{0,40}$",
    re.IGNORECASE,
)
# "The European Union's 27 Member States", "the UN has 193".
_OF_ANOTHER = re.compile(
    r"\b(?:UN|United Nations|EU|European Union|NATO|IAEA|OPCW|OECD|OSCE|African Union|NPT|CWC|BT?WC|CTBT|PSI|ATT|Treaty|Convention|Protocol|Initiative)"
    r"(?:['’]s?)?\s(?:now\s)?(?:has\s|had\s|counts\s|comprises\s|of\s|with\s)?(?:now\s|currently\s)?(?:its\s|all\s|the\s)?$"
)
_THEN = re.compile(
    r"\bin (?:19|20)\d\d,?\s(?:there were|[^.;\d]{2,40}\b(?:had|counted|comprised|numbered|consisted of|was))[^.;\d]{0,24}$",
    re.IGNORECASE,
)
_ATTENDED = re.compile(
    r"\b(?:representatives|delegat\w+|experts|attend\w*|took part|d[ée]l[ée]gu[ée]s|people from)\b[^.;]{0,60}$",
    re.IGNORECASE,
)
_NOW = re.compile(r"\b(?:now|currently|today|presently|heute|derzeit|hoy|hoje|actuellement|total)\b", re.IGNORECASE)


# Without a word for what is counted behind the number, one of these stands before it.
_STEMS = (
    "bring", "rais", "increas", "grow", "grew", "went", "porte", "erhöht", "eleva", "number", "total", "membership", "today", "now", "currently",
    "member", "partner", "mitglieder", "participants", "membres", "miembros",
)  # fmt: skip


# A page with more numbers is a table of something else, or was made to cost time.
_MOST_NUMBERS = 800


def read(page: Page) -> Found[int] | None:
    """The stated number of members, or None.

    The surest wording wins, and of equals the first; a rank ("the 35th member") counts where no number
    stands. Attendance is taken only where nothing else is said; history and groups within never are.
    """
    best: tuple[float, int, Span] | None = None
    rank: tuple[int, Span] | None = None
    weighed = 0
    spelt = page.blocks_with(letters_of_numbers())
    for i, block in page.readable:
        for number in find_numbers(block.text, spelt=None if i in spelt or may_be_roman(block.text) else False):
            if not 4 < number.value < 200 or weighed >= _MOST_NUMBERS:
                continue
            weighed += 1
            span = Span(i, number.start, number.end)
            if number.ordinal and _ends_a_sentence(block.text, number):
                number = number._replace(end=number.end - 1, ordinal=False)
                span = Span(i, number.start, number.end)
            if number.ordinal:
                if _RANK.match(block.text[number.end : number.end + 40]) and (rank is None or number.value > rank[0]):
                    rank = (number.value, span)
                continue
            weight = _weight(block.text, number)
            if weight > 0 and (best is None or weight > best[0]):
                best = (weight, number.value, span)
    if best is not None:
        return Found(best[1], (best[2],))
    return Found(rank[0], (rank[1],)) if rank is not None else None


def _ends_a_sentence(text: str, number: NumberMatch) -> bool:
    """Whether the stop behind digits, that makes "8." an ordinal in German, ends a sentence: "brought it to 34. The"."""
    before = text[max(0, number.start - 110) : number.start]
    return text[number.end - 1] == "." and bool(_BRINGING.search(before) or _MEMBERSHIP_IS.search(before))


def _weight(text: str, number: NumberMatch) -> float:
    """How surely a number counts the members, by the words before and behind it; 0 or less for not at all."""
    before, after = text[max(0, number.start - 110) : number.start], text[number.end : number.end + 90]
    counted = _UNITS.match(after)
    whole = len(text) < 60
    low = before.lower()
    if not counted and after[:1] != "-" and "in number" not in after[:12] and not any(stem in low for stem in _STEMS):
        return 0
    if _MEMBER_OF.match(after):
        weight = 4.0
    elif counted and _COLON_BEFORE.search(before) and len(text) < 60:
        # A row of a fact box: "Members: 43 members".
        weight = 5.5
    elif _BRINGING.search(before) and (
        counted
        or "number" in before
        or re.match(r"\s*(?:\(|[.,;]|$|and|the (?:total |overall )?(?:number|membership))", after)
    ):
        weight = 5.0
    elif _MEMBERSHIP_IS.search(before) or (_HAS_NOW.search(before) and re.match(r"\s*[.,;]", after)):
        weight = 4.5
    elif (_IN_NUMBER.match(after) and _PLURAL.search(before)) or (
        counted and (_HAS.search(before) or _SUBSCRIBED_BY.search(before))
    ):
        weight = 4.0
    elif counted and _ALL.search(before):
        weight = 3.0
    elif counted:
        weight = 2.5
    elif _COLON_BEFORE.search(before) and re.match(r"\)?\s*(?:[:(\n]|$|(?-i:[A-Z]))", after):
        weight = 3.0 if whole or ":" in after[:3] or "(" in before[-2:] else 1.0
    else:
        return 0
    if _NOT_AFTER.match(after) or re.search(
        r"EU Member|European Union Member|non-", counted.group() if counted else ""
    ):
        return 0
    if (_NOT_BEFORE.search(before) or _LONG_AGO.search(before)) and not (
        _BRINGING.search(before) or _SUBSCRIBED_BY.search(before)
    ):
        return 0
    if _OF_ANOTHER.search(before):
        return 0
    if _THEN.search(before) or (_OTHERS_COUNTED.search(before) and weight < 4):
        return 0
    if _ATTENDED.search(before):
        weight -= 1.5
    elif re.search(r"\bfrom\s*$", before):
        # "from 15 to 42 countries" tells where a count began.
        return 0
    if _NOW.search(before[-60:]):
        weight += 0.5
    return weight - (1.5 if number.value < 15 else 0)
