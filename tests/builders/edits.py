"""Statements made of the phrases such statements are made of, and edits of them whose truth is known."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

_WHO = ["Partners", "The Partners", "Participating governments", "Delegations", "The plenary", "Members", "Experts"]
_VERBS = [
    "discussed", "reviewed", "welcomed", "underlined", "noted", "agreed on", "took stock of", "exchanged views on",
    "reaffirmed", "called for", "examined", "encouraged", "expressed concern about", "decided on", "recalled",
]  # fmt: skip
_WHAT = [
    "the control of unmanned aerial vehicles", "the spread of ballistic missiles", "exports of composite materials",
    "brokering by third parties", "transit through free ports", "intangible transfers of technology",
    "catch-all controls in national law", "outreach to industry", "the training of customs officers",
    "new entries of the technical annex", "propellants and their ingredients", "the licensing of guidance sets",
    "front companies and their bankers", "visits to states that are not members", "cruise missiles of short range",
    "the exchange of denials", "end users who hide behind traders", "additive manufacturing of engine parts",
    "re-entry vehicles", "satellite launchers", "sounding rockets of universities", "the guidelines of the regime",
    "the handling of applications for membership", "the work of the point of contact", "machine tools of five axes",
    "maraging steel", "gyroscopes for civil aircraft", "insurance of sensitive cargo", "the archives of the chair",
]  # fmt: skip
_WHERE = [
    "in the Middle East", "in Northeast Asia", "in South Asia", "in all regions", "near the borders of Iran",
    "since the plenary in Berlin", "at the request of Norway", "on a proposal by Japan", "in view of resolution 1540 (2004)",
    "with regard to the Democratic People's Republic of Korea", "under national legislation", "by the end of 2011",
    "within 300 km", "for the third year in a row", "as the chair had proposed", "without prejudice to peaceful use",
]  # fmt: skip
_WHY = [
    "which every government has to enforce", "because traders adapt faster than lists do",
    "so that licences are judged alike", "since the risk has not become smaller", "as industry itself had asked",
    "while science goes its way unhindered", "in order that no state is used as a detour",
    "which a meeting of experts is to prepare", "and asked for a paper before spring", "though nobody foresaw it",
    "as was said in the year before", "for which funds are to be found", "which the chair will report on",
]  # fmt: skip
_ODD = [
    "canteen", "violin", "harvest", "lighthouse", "orchard", "glacier", "ferry", "beekeeping", "pottery", "tide",
    "bakery", "meadow", "telescope", "carnival", "library", "vineyard", "tunnel", "opera", "reindeer", "marathon",
    "sculpture", "aquarium", "cathedral", "windmill", "bicycle", "theatre", "granite", "cinnamon", "accordion", "moss",
]  # fmt: skip
_SYNONYMS = {
    "discussed": "debated", "reviewed": "went through", "welcomed": "greeted", "underlined": "stressed",
    "noted": "observed", "control": "supervision", "spread": "proliferation", "exports": "shipments",
    "training": "schooling", "new": "further", "visits": "missions", "states": "countries", "risk": "danger",
    "paper": "study", "spring": "summer", "chair": "chairman", "proposed": "suggested", "government": "capital",
    "traders": "dealers", "licences": "permits", "funds": "means", "Partners": "Members", "Experts": "Specialists",
    "2011": "2012", "300": "500", "third": "fourth", "Norway": "Denmark", "Berlin": "Oslo", "1540": "1929",
    "enforce": "carry out", "adapt": "change", "examined": "looked into", "encouraged": "favoured",
    "meeting": "session", "technical": "specialised", "national": "domestic", "all": "several",
}  # fmt: skip
_FILLERS = ["in particular", "once more", "at length", "among others", "to this end", "as before", "in general"]


@dataclass(frozen=True)
class Edited:
    """A text, what it became, and the truth: which paragraphs became which (indexes of both sides), and which of the
    later ones were moved."""

    before: list[str]
    after: list[str]
    groups: list[tuple[tuple[int, ...], tuple[int, ...]]]
    moved: frozenset[int]


@dataclass(frozen=True)
class Strength:
    """How much of a text is edited: the shares of paragraphs reworded and of their words, and counts by hundred
    paragraphs of what happens to others."""

    reworded: float
    words: float
    moves: int
    cut: int
    joined: int
    inserted: int
    deleted: int


STRENGTHS = {
    1: Strength(0.1, 0.05, 5, 0, 0, 0, 0),
    2: Strength(0.25, 0.1, 7, 4, 4, 5, 5),
    3: Strength(0.5, 0.18, 10, 7, 7, 8, 8),
    4: Strength(0.75, 0.28, 12, 10, 10, 12, 12),
    5: Strength(1.0, 0.4, 14, 12, 12, 15, 15),
}


def a_sentence(rng: random.Random) -> str:
    """One sentence of a statement."""
    words = f"{rng.choice(_WHO)} {rng.choice(_VERBS)} {rng.choice(_WHAT)}"
    if rng.random() < 0.35:
        words += f" and {rng.choice(_WHAT)}"
    if rng.random() < 0.6:
        words += f" {rng.choice(_WHERE)}"
    if rng.random() < 0.6:
        words += f", {rng.choice(_WHY)}"
    return words + "."


def a_paragraph(rng: random.Random) -> str:
    """Two to five sentences; some have a word that few others have, as real ones do."""
    sentences = [a_sentence(rng) for _ in range(rng.randint(2, 5))]
    if rng.random() < 0.7:
        sentences[-1] = (
            sentences[-1][:-1] + f", as at the {rng.choice(_ODD)} of {rng.choice(_ODD).title()} {rng.randint(2, 99)}."
        )
    return " ".join(sentences)


def a_text(rng: random.Random, paragraphs: int) -> list[str]:
    """So many different paragraphs."""
    found: dict[str, None] = {}
    while len(found) < paragraphs:
        found[a_paragraph(rng)] = None
    return list(found)


def edited(seed: int, paragraphs: int, strength: Strength) -> Edited:
    """A text of *paragraphs* and its edit by *strength*; the same for the same seed."""
    rng = random.Random(seed)
    before = a_text(rng, paragraphs)

    def some(of_hundred: int) -> int:
        exact = of_hundred * paragraphs / 100
        return int(exact) + (rng.random() < exact - int(exact))

    # A later paragraph is the earlier ones that it is made of, and which part of them (None: all).
    rows: list[tuple[tuple[int, ...], tuple[int, int] | None]] = [((i,), None) for i in range(paragraphs)]
    for _ in range(some(strength.deleted)):
        rows.pop(rng.randrange(len(rows)))
    touched: set[int] = set()
    for _ in range(some(strength.joined)):
        at = rng.randrange(len(rows) - 1)
        (one, part), (two, other) = rows[at], rows[at + 1]
        if part is other is None and len(one) == len(two) == 1 and two[0] == one[0] + 1 and not touched & {*one, *two}:
            rows[at : at + 2] = [((*one, *two), None)]
            touched.update(one, two)
    for _ in range(some(strength.cut)):
        at = rng.randrange(len(rows))
        (one, part) = rows[at]
        if part is None and len(one) == 1 and not touched & {*one}:
            parts = 3 if _sentences(before[one[0]]) >= 4 and rng.random() < 0.3 else 2
            rows[at : at + 1] = [(one, (k, parts)) for k in range(parts)]
            touched.update(one)
    # Moves go far enough that it is plain which paragraph moved.
    moved_rows: set[tuple[int, ...]] = set()
    for _ in range(some(strength.moves)):
        at = rng.randrange(len(rows))
        if rows[at][1] is not None or len(rows[at][0]) > 1 or rows[at][0] in moved_rows or len(rows) < 8:
            continue
        row = rows.pop(at)
        places = [p for p in range(len(rows) + 1) if abs(p - at) >= 4 and not _inside_a_cut(rows, p)]
        rows.insert(rng.choice(places) if places else at, row)
        if places:
            moved_rows.add(row[0])
    texts = [_made(before, row) for row in rows]
    texts = [_reworded(rng, t, strength.words) if rng.random() < strength.reworded else t for t in texts]
    fresh: list[tuple[tuple[int, ...], tuple[int, int] | None]] = list(rows)
    for _ in range(some(strength.inserted)):
        at = rng.choice([p for p in range(len(fresh) + 1) if not _inside_a_cut(fresh, p)])
        fresh.insert(at, ((), None))
        texts.insert(at, a_paragraph(rng))
    groups: dict[tuple[int, ...], list[int]] = {}
    for index, (of, _) in enumerate(fresh):
        if of:
            groups.setdefault(of, []).append(index)
    moved = frozenset(i for of, indexes in groups.items() if of in moved_rows for i in indexes)
    return Edited(before, texts, sorted((of, tuple(found)) for of, found in groups.items()), moved)


def _inside_a_cut(rows: list[tuple[tuple[int, ...], tuple[int, int] | None]], place: int) -> bool:
    return 0 < place < len(rows) and bool(rows[place][0]) and rows[place - 1][0] == rows[place][0]


_STOP = re.compile(r"(?<=\.) ")


def _sentences(text: str) -> int:
    return len(_STOP.split(text))


def _made(before: list[str], row: tuple[tuple[int, ...], tuple[int, int] | None]) -> str:
    of, part = row
    text = " ".join(before[i] for i in of)
    if part is None:
        return text
    sentences = _STOP.split(text)
    bounds = [round(len(sentences) * k / part[1]) for k in range(part[1] + 1)]
    return " ".join(sentences[bounds[part[0]] : bounds[part[0] + 1]])


def _reworded(rng: random.Random, text: str, share: float) -> str:
    """*text* with about *share* of its words changed: others of the same meaning, words left out and put in; from a
    third on, sentences in another order and one of them anew."""
    words: list[str] = []
    for word in text.split(" "):
        core = word.strip(",.")
        if rng.random() >= share:
            words.append(word)
        elif core in _SYNONYMS:
            words.append(word.replace(core, _SYNONYMS[core]))
        elif rng.random() < 0.4 and word == core and not word[0].isupper():
            continue
        elif rng.random() < 0.5 and word == core:
            words.extend([word, rng.choice(_FILLERS)])
        else:
            words.append(word)
    sentences = _STOP.split(" ".join(words))
    if share >= 0.25 and len(sentences) > 2 and rng.random() < share:
        sentences[rng.randrange(len(sentences))] = a_sentence(rng)
    if share >= 0.25 and rng.random() < share / 2:
        rng.shuffle(sentences)
    return " ".join(sentences)
