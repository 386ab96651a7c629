"""Lists whose names follow each other inside one block."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from operator import itemgetter

from parsers.country_names import country_named, is_form
from parsers.lines import Letters
from parsers.lists.items import BARE, LEAST, Item, StateList, is_glue, looks_like_a_name, names_between
from parsers.lists.since import since_behind
from parsers.lists.words import Body, bodies_in, told
from parsers.page import Page, Span

# Letters of which every name of a body holds one.
_STEMS = (
    "urop", " eu", "eu ", " ue", "angger", "atom", "atóm", "aea", "oiea", "aiea", "магатэ", "вропейс", " ес", "欧", "أوروب", "وكالة", "suppliers group",
    "interpol", "интерпол", "إنتربول", "world bank", "banque mondiale", "weltbank", "banco mundial", "banca mondiale", "всемирн", "البنك الدولي",
    "monet", "monét", "imf", "fmi", "iwf", "währungsfonds", "валютн", "мвф", "النقد الدولي",
    "united nations", "nations unies", "nationen", "naciones unidas", "nações unidas", "nazioni unite", "оон", "الأمم", "unodc", "onudc",
    "customs", "douanes", "weltzoll", "aduanas", "alfândegas", "dogane",
    "osce", "osze", "обсе", "chemical weapons", "opcw", "oiac", "opaq", "охзо", "oecd", "ocde", "оэср", "economic co",
    "action task force", "fatf", "action financière", "gafi", "العمل المالي", "egmont", "يجمونت", "african union", "union africaine",
    "afrikanisch", "africana", "африканск", "الأفريقي", "asian development", "asiatische entw", "asiatique de d", "diamond council", "mondial du diamant", "commonwealth sec", "cooperation council", "co-operation council", "coopération du golfe", "golfkoop", "مجلس", "eurasian", "евразийск",
)  # fmt: skip


@cache
def _stems() -> Letters:
    return Letters(_STEMS)


def bodies_of(page: Page) -> dict[int, tuple[Body, ...]]:
    """The bodies that each block names, by its index; found once a page."""
    held = page.memo.get("bodies in lists")
    if not isinstance(held, dict):
        held = {
            i: bodies_in(block.text) for i, block in page.blocks_with(_stems()).items() if len(block.text) < _LONGEST
        }
        page.memo["bodies in lists"] = held
    return held


_LONGEST = 20_000


def inline_lists(page: Page) -> list[StateList]:
    """The lists of the page's blocks, of five names or more, or behind a label of their own ("Observers: …")."""
    found: list[StateList] = []
    for i, _ in page.readable:
        named = page.mentions(i)
        if len(named) >= LEAST or (named and _LABEL.search(page.blocks[i].text)):
            end = 0
            for run in _runs_in(page, i):
                found.append(_inline_list(page, i, run, end))
                end = run[-1].span.end
    return found


# So long may the label of a bracket be.
_LABEL_LENGTH = 40
_LABEL = re.compile(r"\w\)?\s?[:?]\s")


def names_in(page: Page, i: int) -> list[Item]:
    """The states and bodies that block *i* names, in order, the bare names of two states too, but for those that only
    a remark behind a name holds: "Czechia (till 1992 Czechoslovakia)"."""
    text = page.blocks[i].text
    states = [Item(m.code, m.name, Span(i, m.start, m.end), since_behind(text, m.end)) for m in page.mentions(i)]
    bodies = [Item(None, b.name, Span(i, b.start, b.end), None, True) for b in bodies_of(page).get(i, ())]
    bare = [Item("KR" if m["korea"] else "CG", m.group(), Span(i, *m.span())) for m in BARE.finditer(text)]
    found: list[Item] = []
    for item in sorted([*states, *bodies, *bare], key=lambda item: (item.span.start, -item.span.end)):
        before = text[found[-1].span.end : item.span.start] if found else ""
        if not found or (item.span.start >= found[-1].span.end and not _REMARK.fullmatch(before)):
            found.append(item if item.body else _with_its_form(text, item))
    return found


_REMARK = re.compile(r"\s?\([^()]*[^\W\d_][^()]*")
_TURNED = re.compile(r", (?P<form>[^,;|()]{2,40}?\.?)(?=[,;|)]|\.?$)")


def _with_its_form(text: str, item: Item) -> Item:
    """*item* with the form of state that a list turns behind its name: "Congo, Dem. Rep."."""
    turned = _TURNED.match(text, item.span.end)
    if turned is None or not is_form(turned["form"]):
        return item
    name = text[item.span.start : turned.end()]
    return item._replace(code=country_named(name) or item.code, name=name, span=item.span._replace(end=turned.end()))


def _runs_in(page: Page, i: int) -> list[tuple[Item, ...]]:
    """The names of states in block *i* that follow each other as a list's do."""
    text = page.blocks[i].text
    runs: list[list[Item]] = [[]]
    for item in names_in(page, i):
        run = runs[-1]
        start = run[-1].span.end if run else item.span.start
        between = text[start : item.span.start]
        if run and between in (" (", "/", " / ") and item.code == run[-1].code:
            continue
        if run and between == ". " and not run[-1].name.endswith(_SHORTENED):
            # The list ends with its sentence.
            runs.append([])
        elif run and not is_glue(between):
            unknown = names_between(text, start, item.span.start, i) if len(between) < _GAP else None
            if unknown is not None and (len(run) > 1 or all(other.code for other in unknown)):
                run.extend(unknown)
            elif len(run) < LEAST or not _is_trailer(between):
                runs.append([])
        runs[-1].append(item)
    runs = _rejoined(text, runs)
    return [part for run in runs for part in _sure(run) if len(part) >= LEAST or _labelled(text, part)]


def _rejoined(text: str, runs: list[list[Item]]) -> list[list[Item]]:
    """*runs* with two long ones made one where nothing but a rest of a name parts them: "Guinea Conakry, Honduras"."""
    done: list[list[Item]] = []
    for run in runs:
        rest = text[done[-1][-1].span.end : run[0].span.start] if done and run and done[-1] else ""
        if (
            min(len(run), len(done[-1]) if done else 0) >= LEAST
            and rest.count(",") == 1
            and looks_like_a_name(rest.replace(",", " ").strip())
        ):
            done[-1] += run
        else:
            done.append(run)
    return done


_SHORTENED = ("Rep", "Fed", "Sts", "Gren", "U.K", "U.S", "U.S.A")
# So many characters may unknown names take between two known ones.
_GAP = 120


def _sure(run: Sequence[Item]) -> list[tuple[Item, ...]]:
    """*run*, or its parts where it holds more names that no table knows than a list of states does."""
    unknown = [n for n, item in enumerate(run) if item.code is None and not item.body]
    if len(unknown) * 4 <= len(run):
        return [tuple(run)]
    cuts = [-1, *unknown, len(run)]
    return [tuple(run[low + 1 : high]) for low, high in pairwise(cuts) if high > low + 1]


def _labelled(text: str, run: Sequence[Item]) -> bool:
    """True if a short run stands behind a label: "Observers (2): ", "Guests: ", or in a bracket behind one."""
    begin = run[0].span.start if run else 0
    before = text[max(0, begin - 6) : begin]
    mark = max(before.rfind(":"), before.rfind("?"))
    if mark >= 0 and is_glue(before[mark + 1 :]):
        return True
    if "(" not in before:
        return False
    near = told(text[max(0, begin - _LABEL_LENGTH) : begin])
    last = near.last("observers", "adherents")
    return last is not None and all(word.low == "(" for word in near.words[last.end :])


_TRAILER = re.compile(
    r"^[\s,;]*(?:with|as well as|además de|ainsi que|together with|and)\s+(?:the |la |le |el )?(?=[A-ZÀ-Þ]|$)",
    re.IGNORECASE,
)


def _is_trailer(text: str) -> bool:
    return len(text) < 40 and _TRAILER.match(text) is not None


_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+(?=[A-ZÀ-ÞА-Я*])|\n")
_LETTERS = re.compile(r"[^\W\d_]{3}")


def _inline_list(page: Page, i: int, run: tuple[Item, ...], last: int) -> StateList:
    """The list of *run*; behind the bracket of the one before it, which ends at *last*, its own words begin."""
    text, begin = page.blocks[i].text, run[0].span.start
    lead = text[max(last if text[last : last + 1] == ")" else 0, begin - 220) : begin]
    near = _SENTENCE_END.split(lead)[-1]
    if not _LETTERS.search(lead):
        lead = near = heading_above(page, i)
    elif len(near.strip()) < 8:
        near = lead[-90:]
    return StateList(run, lead, near, i, i)


def heading_above(page: Page, at: int) -> str:
    """The text over block *at*: the ends of the three blocks before it."""
    place = bisect_left(page.readable, at, key=itemgetter(0))
    return "\n".join(block.text[-120:] for _, block in page.readable[max(0, place - 3) : place])
