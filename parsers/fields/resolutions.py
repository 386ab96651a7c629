"""The UN resolutions that a page cites."""

from __future__ import annotations

import re

from parsers.page import Found, Page, Span
from parsers.record import Resolution
from parsers.tables import yaml_table

# A word for a resolution, in the languages of the pages, and the bodies that make one the UN's.
_WORD = (
    r"(?:UNSCRs?|UNSC\s+Res(?:olution)?s?\.?|SCRs?|resolutions?|r[ée]solutions?|resoluciones|resoluci[óo]n|resolu[çc][õo]es"
    r"|resolu[çc][ãa]o|resolutionen|risoluzion[ei]|rezoluc\w*|резолюци\w*|القرار\w*|决议)"
)
_BODY = re.compile(
    r"UNSC|United Nations Security|UN Security|Security Council|\bUNSCRs?|Conseil de s[ée]curit[ée]|Consejo de Seguridad"
    r"|Conselho de Seguran[çc]a|Sicherheitsrat|Consiglio di [Ss]icurezza|Rady bezpe[čc]nosti|Rady Bezpiecze|Совет\w* Безопасности"
    r"|\bUN\b|United Nations|\bOSN\b|\bONU\b|Nations Unies|Naciones Unidas|Vereinten Nationen|\bООН\b|مجلس الأمن|安理会|安全理事会",
    re.IGNORECASE,
)
_ASSEMBLY = re.compile(r"General Assembly|UNGA\b|Assembl[ée]e g[ée]n[ée]rale|Asamblea General", re.IGNORECASE)
_CITED = re.compile(_WORD, re.IGNORECASE)
_NUMBER = re.compile(
    r"(?<![\d/.-])(?P<n>\d{3,4})(?![\d%]|\.\d)\s*(?:[\(\[]\s*(?P<y>(?:19|20)\d\d)\s*[\)\]]|/(?P<y2>(?:19|20)\d\d)\b"
    r"|\s(?:of|from|z roku|de|vom|von|от)\s(?P<y3>(?:19|20)\d\d)\b)?"
)
# What may stand between two numbers of one list.
_BETWEEN = re.compile(
    r"^(?:[\s,;:]|and|as well as|or|et|und|y|e|и|a|inter alia|among others|including|in particular|most recently|notably"
    r"|such as|No\.?|Nos\.?|nr\.?|n[°º]|number|UNSCRs?|resolutions?|r[ée]solutions?|SCRs?|Resolutionen|S/RES/|the|of the|UN|Security Council|its"
    r"|Sicherheitsrates|du Conseil de s[ée]curit[ée]|del Consejo de Seguridad|de las Naciones Unidas|des Nations Unies|\(UNSCRs?\)|\(UNSC\)|UNSC|\[[^\]]*\]|\([^)\d]*\)|relevant|Rady [Bb]ezpe[čc]nosti|OSN|от|к|–|-|до|to|through)*$",
    re.IGNORECASE,
)
_SYMBOL = re.compile(r"\bS/RES/\s?(\d{3,4})\s?(?:[\(/]?\s?((?:19|20)\d\d)\)?)?")
_OF_THE_COUNCIL = re.compile(r"\b(1540)\s+(?:Committee|Comit[ée])", re.IGNORECASE)
_OTHER_BODY = re.compile(
    r"\b(?:House|Senate|European Parliament|parliament(?:ary)?|Board of Governors|General Conference|conflict|dispute|high|image"
    r"|spectral|pixel|screen|New Year.?s)\W+(?:\w+\W+){0,2}$",
    re.IGNORECASE,
)


def read(page: Page) -> list[Found[Resolution]]:
    """Each cited resolution once, in the order of its first citation, with all its spans.

    A number is one of a resolution only beside a word for it, with the Security Council named in the same
    sentence or block. Years are stated on the page, or looked up in `data/unsc_resolutions.yaml`.
    """
    found: dict[int, tuple[int | None, list[Span], list[Span]]] = {}

    def add(number: int, year: int | None, span: Span, year_span: Span | None) -> None:
        held = found.setdefault(number, (None, [], []))
        if any(span.block == s.block and s.start <= span.start < s.end for s in held[1]):
            return
        held[1].append(span)
        if year is not None and held[0] is None:
            found[number] = (year, held[1], [year_span] if year_span else [])

    for i, block in page.readable:
        text = block.text
        if not _CITED.search(text) and "S/RES" not in text:
            continue
        for match in _SYMBOL.finditer(text):
            year_span = Span(i, match.start(2), match.end(2)) if match[2] else None
            add(int(match[1]), int(match[2]) if match[2] else None, Span(i, match.start(1), match.end(1)), year_span)
        for word in _CITED.finditer(text):
            if _OTHER_BODY.search(text[max(0, word.start() - 60) : word.start()]) or not _is_the_councils(text, word):
                continue
            for match in _numbers_after(text, word.end()) or _number_before(text, word.start()):
                number = int(match["n"])
                group = next((g for g in ("y", "y2", "y3") if match[g]), None)
                year = int(match[group]) if group else None
                if _plausible(number, year):
                    year_span = Span(i, *match.span(group)) if group else None
                    add(number, year, Span(i, *match.span("n")), year_span)
    return [_found(number, *rest) for number, rest in found.items()]


def _is_the_councils(text: str, word: re.Match[str]) -> bool:
    if re.match(r"UNSC|SCR", word.group(), re.IGNORECASE):
        return True
    before, after = text[max(0, word.start() - 240) : word.start()], text[word.end() : word.end() + 160]
    council = _BODY.search(before) or _BODY.search(after) or _BODY.search(text)
    assembly = _ASSEMBLY.search(before[-60:]) or _ASSEMBLY.search(after[:80])
    return council is not None and assembly is None


def _numbers_after(text: str, at: int) -> list[re.Match[str]]:
    """The numbers of one list that begins at *at*."""
    numbers: list[re.Match[str]] = []
    for match in _NUMBER.finditer(text, at, min(len(text), at + 400)):
        between = text[at : match.start()]
        if not _BETWEEN.match(between) or (numbers and re.search(r"\.\s", between)):
            # A range: "resolutions 1718 to 1874" names its two ends alone.
            break
        numbers.append(match)
        at = match.end()
    return numbers


def _number_before(text: str, at: int) -> list[re.Match[str]]:
    """The number that stands before the word: "1540 (2004) resolution"."""
    matches = list(_NUMBER.finditer(text, max(0, at - 16), at))
    return matches[-1:] if matches and not text[matches[-1].end() : at].strip() else []


def _plausible(number: int, year: int | None) -> bool:
    """Whether *number* may be a resolution's: a bare 2011 is a year unless the table knows it so."""
    if year is not None:
        return True
    if 1985 <= number <= 2035:
        return number in yaml_table("unsc_resolutions.yaml")
    return 50 <= number <= 3500


def _found(number: int, year: int | None, spans: list[Span], years: list[Span]) -> Found[Resolution]:
    source = "stated" if year else None
    if year is None and (year := yaml_table("unsc_resolutions.yaml").get(number)):
        source = "looked_up"
    symbol = f"S/RES/{number} ({year})" if year else f"S/RES/{number}"
    parts: dict[str, tuple[Span, ...]] = {"number": tuple(spans)}
    if years:
        parts["year"] = tuple(years)
    return Found(Resolution(number=number, year=year, symbol=symbol, year_source=source), tuple(spans), parts)
