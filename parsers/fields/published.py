"""The day a page was published, as it says itself."""

from __future__ import annotations

import re
from datetime import date

from parsers.cities import city_named
from parsers.countries import country_named
from parsers.dates import find_days
from parsers.document import Block, Role
from parsers.page import Found, Page, Span

# A label before a date of publication, in the languages of the ministries' sites.
_LABEL = re.compile(
    r"\b(?:press release|media release|news release|published(?: on)?|publication date"
    r"|date|released?|issued|posted(?: on)?"
    r"|statement|public statement|communiqu[ée]|publié le|veröffentlicht am|fecha|data|publicado em|pubblicato il|дата"
    r"|опубликовано|comunicado|pressemitteilung|medienmitteilung|publicado el|(?:artikel|meldung|nachricht) vom|nieuwsbericht|publikováno"
    r"|opublikowano|publicerad|publisert|publiceret|julkaistu)\b",
    re.IGNORECASE,
)
_MEETS = re.compile(
    r"\b(?:held|met|from|between|plenary|plenaria|plénière|meeting|session|reuni[oó]n|tagung)\b", re.IGNORECASE
)
_OF_COPY = r"\b(?:retrieved|accessed|copyright|archived|printed|downloaded)\b|©"
_NOT_PUBLISHED = re.compile(rf"{_OF_COPY}|\b(?:since|established|deadline)\b", re.IGNORECASE)
# Before a day that is not that of the publication, on a line that may hold both.
_UPDATED = re.compile(
    r"\b(?:last (?:updated?|modified|reviewed|changed)|updated?|modified|reviewed?|review date|revised|zuletzt|(?:letzte )?(?:aktualisier|änderung)\w*|stand"
    r"|actualizad\w*|atualizad\w*|modificad\w*|mise? à jour|modifiée?|aggiornat\w*|modificat\w*|обновлен\w*|aktualizov\w*|aktualizac\w*|zaktualizow\w*"
    r"|bijgewerkt|gewijzigd|oppdatert|uppdaterad|opdateret|päivitetty)\b[^|·•]*\Z",
    re.IGNORECASE,
)
_FIRST_LINES = 16
_COPY_LINE = 80


def is_of_copy(line: str) -> bool:
    """Whether a line dates the copy of a page, or its last change, and nothing that it reports."""
    short = len(line) < _COPY_LINE
    return short and (re.search(_OF_COPY, line, re.IGNORECASE) or _UPDATED.match(line)) is not None


def read(page: Page) -> Found[date] | None:
    """The publication date of *page*: what its metadata says, else a line of its own, else a dateline."""
    return _from_meta(page) or _from_lines(page) or _from_address(page)


def _from_meta(page: Page) -> Found[date] | None:
    for i, block in enumerate(page.blocks):
        if block.role is Role.META and block.name == "published":
            for match in find_days(block.text):
                day = match.resolve()
                if day is not None:
                    return Found(day.first, (Span(i, match.start, match.end),))
    return None


def _from_lines(page: Page) -> Found[date] | None:
    """The best of the short lines before the text, and of the last ones (a letter's date stands at its end)."""
    readable = page.readable
    best: tuple[int, Found[date]] | None = None
    label_above = False
    for place, (index, block) in enumerate((*readable[:_FIRST_LINES], *readable[_FIRST_LINES:][-3:])):
        if len(block.text) <= 160:
            for score, found in _on_line(index, block, label_above, last=place >= _FIRST_LINES):
                if best is None or score > best[0]:
                    best = (score, found)
        if best is None and place < _FIRST_LINES and (opening := _OPENING.match(block.text)):
            best = next(((1, f) for f in _days_of(index, block.text, opening.end())), None)
        label_above = len(block.text) < 30 and _LABEL.search(block.text) is not None
    return best[1] if best else None


# "VIENNA, 3 June 2024 – The meeting …": the dateline that opens a text.
_OPENING = re.compile(
    r"[A-ZÀ-Ž][\w.’' -]{2,28}(?:, [A-ZÀ-Ž][\w.’' -]{2,28})?(?:,|\s\()\s?(?=[\w.]*\d|[A-Z])[\w .,]{6,24}?(?:19|20)\d\d\)?\s?(?:[–—:/-]|--)\s?(?=[A-ZÀ-Ž])"
)


def _days_of(index: int, text: str, end: int) -> list[Found[date]]:
    days = [(match, match.resolve()) for match in find_days(text[:end])]
    return [
        Found(day.first, (Span(index, match.start, match.end),)) for match, day in days if day and day.first == day.last
    ]


def _on_line(index: int, block: Block, label_above: bool, *, last: bool) -> list[tuple[int, Found[date]]]:
    found: list[tuple[int, Found[date]]] = []
    text = block.text
    begin = 0
    for match in find_days(text):
        day, before, begin = match.resolve(), text[begin : match.start], match.end
        if day is None or day.first != day.last or _NOT_PUBLISHED.search(text) or _UPDATED.search(before):
            continue
        rest = f"{_bare(text[: match.start])} {_bare(text[match.end :])}".strip(_MARKS)
        rest = _ARTICLE.sub("", rest)
        labelled = _LABEL.search(text[: match.start]) is not None
        if block.role in (Role.LIST_ITEM, Role.TABLE_ROW) and not (labelled or not rest):
            # "Argentina | 25 November 2002" is the day of something else.
            continue
        if not rest:
            score = 5 if not last else 3
        elif labelled and len(rest) < 60 and not _MEETS.search(rest):
            score = 6
        elif len(rest) <= 45 and _DATELINE.fullmatch(rest) and not _is_a_state(rest):
            score = 4
        elif _NUMBERED.fullmatch(text[: match.start]):
            score = 5
        elif block.role is Role.HEADING and match.end >= len(text) - 2:
            score = 2
        else:
            continue
        found.append((score + label_above, Found(day.first, (Span(index, match.start, match.end),))))
    return found


_MARKS = " |,.-–—:()·•/"
# What stands beside a day and says nothing: its weekday, the hour, how long one reads, how many have.
_BESIDE = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo"
    r"|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|(?:segunda|terça|quarta|quinta|sexta)-feira|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica"
    r"|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье)\b"
    r"|\b\d{1,2}[:.h]\d\d(?::\d\d)?(?:\s?(?:uur|Uhr|hrs|[ap]\.?m\.?|[A-Z]{2,4}\b))?|\b\d{1,3} min(?:ute)?s?(?: read)?\b|\bviews?:?\s?[\d,.]+"
    r"|\bn[or]\.?:?\s?\d[\d/.-]*|\b(?:category|tags?|share|print)\b.*|(?:^|(?<=\s))(?:г\.|года\b)|[|·•(]?\s*\b(?:last )?(?:updated?|modified|aktualizováno|aktualisiert|actualizado|atualizado|обновлено)\b.*",
    re.IGNORECASE,
)
# "No: 289, 14 October 2019, Press Release Regarding …".
_NUMBERED = re.compile(r"N[or]\.?\s?:?\s?\d[\d/.-]*\s?[,–—-]\s*", re.IGNORECASE)


def _bare(text: str) -> str:
    """*text* without what says nothing beside a day, and without marks."""
    return re.sub(rf"(?:[{re.escape(_MARKS)}]+\s*)+\Z|\A(?:[{re.escape(_MARKS)}]+\s*)+", "", _BESIDE.sub("", text))


def _is_a_state(text: str) -> bool:
    """Whether a line names a state alone beside its day: one of a list of those that joined."""
    return country_named(text) is not None and city_named(text) is None


# "Paris, le 5 juin", "Wien, den 3. Juni", "Madrid, a 7 de mayo".
_ARTICLE = re.compile(r"(?<=\w),?\s(?:le|den|am|el|a|em|il|on)\Z")
# "Oslo", "Washington, DC", "Busan, Republic of Korea", "The Hague, Luxembourg, Paris".
_DATELINE = re.compile(
    r"(?:[A-ZÀ-ÖØ-ÞĀ-Ž][\w.'’-]*(?:[ ,|/–-]+(?:of |de |do |the )?)?){1,7}(?: - Press release)?"
    r"|(?:- )?Press release"
)


def _from_address(page: Page) -> Found[date] | None:
    """The day in the address, where an archive of news has it: ``/2015/10/09/``."""
    for i, block in enumerate(page.blocks):
        if block.role is Role.ADDRESS and (match := _PATH_DAY.search(block.text)):
            for day in find_days(match.group(1)):
                resolved = day.resolve()
                if resolved is not None:
                    return Found(resolved.first, (Span(i, match.start(1), match.end(1)),))
    return None


_PATH_DAY = re.compile(r"/((?:19|20)\d\d[/-]\d\d[/-]\d\d)(?=/|$|-)")
