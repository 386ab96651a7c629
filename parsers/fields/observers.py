"""Bodies and states that take part without being members."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from itertools import islice

from parsers.fields.enumerations import LEAST, is_glue
from parsers.lines import Letters
from parsers.mentions import LONGEST_SENTENCE
from parsers.page import Found, Page, Sentence, Span, sentences_of
from parsers.phrases import letters_of
from parsers.record import Participant
from parsers.vocabulary import table, words


@cache
def _bodies() -> re.Pattern[str]:
    """The bodies in every language, each with its place in the table as the name of its group."""
    names = [f"(?P<b{n}>{'|'.join(words('member_words', 'bodies', name))})" for n, name in enumerate(_names())]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(names)})(?!\w)", re.IGNORECASE)


@cache
def _names() -> tuple[str, ...]:
    bodies = table("member_words")["bodies"]
    return tuple(bodies) if isinstance(bodies, dict) else ()


@cache
def _before() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(words('member_words', 'observers', 'before'))})\Z", re.IGNORECASE)


@cache
def _after() -> re.Pattern[str]:
    return re.compile("|".join(words("member_words", "observers", "after")), re.IGNORECASE)


@cache
def _said() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(words('member_words', 'observers', 'said'))})", re.IGNORECASE)


@cache
def _capacity() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(words('member_words', 'observers', 'capacity'))})(?!\w)", re.IGNORECASE)


# Letters that every name of a body holds one of.
_STEMS = (
    "urop",
    "eu",
    "angger",
    "atom",
    "aea",
    "iea",
    "магатэ",
    "вропейс",
    "欧",
    "الأوروب",
    "nuclear suppliers group as",
)


@cache
def _stems() -> Letters:
    return Letters(_STEMS)


@cache
def _capacity_letters() -> Letters:
    return letters_of(words("member_words", "observers", "capacity"))


_NO_LETTERS = re.compile(r"[\W\d_]+")
# A block that names more bodies than this was made to cost time.
_MOST_IN_A_BLOCK = 60
_BESIDE = re.compile(
    r"(?:\s?\((?-i:[A-Z]{2,5})\))?(?:\s*[,&/]\s*|\s+(?:and|et|y|und|e|i|и|as well as|ainsi que)\s+)(?:the |la |le |l[’'])?\Z"
)


def read(page: Page) -> list[Found[Participant]]:
    """The observers the page names, bodies by their English name: only where the page says that they take part."""
    found: dict[str, Found[Participant]] = {}
    for i, block in page.blocks_with(_stems()).items():
        matches = list(islice(_bodies().finditer(block.text), _MOST_IN_A_BLOCK))
        sentences = sentences_of(i, block.text) if matches else ()
        taking = [_takes_part(page, i, sentences, match) for match in matches]
        for n, match in enumerate(matches):
            beside = n > 0 and taking[n - 1] and _BESIDE.fullmatch(block.text[matches[n - 1].end() : match.start()])
            taking[n] = taking[n] or bool(beside)
            if taking[n]:
                name = _names()[int(str(match.lastgroup)[1:])]
                if page.regime.name in name:
                    continue
                held, span = found.get(name), Span(i, *match.span())
                found[name] = Found(Participant(None, name), (*held.spans, span) if held else (span,))
    for state in _states(page):
        found.setdefault(state.value.country or state.value.name, state)
    return list(found.values())


# "The European Union's decision", "the IAEA Board": what is the body's does not take part.
_ITS = re.compile(
    r"['’]s?\s(?!representative|delegation|participation|observer|[Cc]hair)|\s(?:Director General|Board|General Conference|Additional|safeguards)\b"
)


def _takes_part(page: Page, i: int, sentences: tuple[Sentence, ...], match: re.Match[str]) -> bool:
    text = page.blocks[i].text
    if _ITS.match(text, match.end()):
        return False
    if len(text) < 80 and len(_NO_LETTERS.sub("", text[: match.start()] + text[match.end() :])) <= 6:
        return True
    at = bisect_right(sentences, match.start(), key=lambda s: s.start) - 1
    begin = match.start() - sentences[at].start
    head, tail = sentences[at].text[max(0, begin - 220) : begin], text[match.end() : match.end() + 60]
    around = sentences[at].text[max(0, begin - 600) : begin + 600]
    if _said().search(around) or _before().search(head) or _after().match(tail):
        return True
    return _in_a_list(page, i, match)


def _in_a_list(page: Page, i: int, match: re.Match[str]) -> bool:
    """Whether the body stands among the names of a list of states."""
    mentions = page.mentions(i)
    if len(mentions) < LEAST:
        return False
    text = page.blocks[i].text
    before = [m for m in mentions if m.end <= match.start()]
    after = [m for m in mentions if m.start >= match.end()]
    led = before and is_glue(text[before[-1].end : match.start()])
    followed = after and is_glue(text[match.end() : after[0].start])
    return bool((led and len(before) >= LEAST) or (led and followed) or (followed and len(after) >= LEAST))


def _states(page: Page) -> list[Found[Participant]]:
    found = []
    for sentence in page.sentences_with(_capacity_letters()):
        if (
            len(sentence.text) > LONGEST_SENTENCE
            or not _said().search(sentence.text)
            or not (stated := _capacity().search(sentence.text))
        ):
            continue
        before = [m for m in page.mentions_in(sentence) if m.end <= stated.start()]
        # Bodies may stand between the last state and the words that say what it is.
        if before and len(_bodies().sub("", sentence.text[before[-1].end : stated.start()])) < 40:
            run = [before[-1]]
            for m in reversed(before[:-1]):
                if not is_glue(sentence.text[m.end : run[0].start]):
                    break
                run.insert(0, m)
            found += [Found(Participant(m.code, m.name), (sentence.span(m.start, m.end),)) for m in run]
    return found
