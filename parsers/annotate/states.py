"""COUNTRIES: the states that a sentence names, those of one list as one item."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from itertools import pairwise

from parsers.annotate.items import Item, Kind, covered, put
from parsers.coordination import Link, link
from parsers.countries import NameMatch, country_of_demonym
from parsers.lists.items import is_glue
from parsers.names import name_key
from parsers.tables import yaml_rules, yaml_table

# A bracket with a note on the name before it, and the day on which it came.
_NOTE = re.compile(r"\([^()]{0,60}\)")


def annotate(
    items: list[Item],
    text: str,
    mentions: Sequence[NameMatch],
    languages: tuple[str, ...],
    offices: Collection[str] | None = None,
    dated: bool = True,
) -> None:
    """Put the states that *mentions* are into *items*; one that only names an officer's state, behind one of the words
    *offices*, is an OFFICE. States with days between them are of one list where it may be *dated*."""
    runs: list[list[NameMatch]] = []
    officer: NameMatch | None = None
    if offices is None:
        offices = {w for language in languages for w in yaml_rules("annotations.yaml")["offices"].get(language, ())}
    for match in mentions:
        with_officer = officer is not None and _joined(text[officer.end : match.start], languages)
        if with_officer or _is_office(text, match, offices):
            officer = match
            at = covered(items, match.start, match.end)
            if at:
                put(items, *at, Item(Kind.OFFICE, match.start, match.end, match.name.lower(), (match,)))
            continue
        officer = None
        between = text[runs[-1][-1].end : match.start] if runs else ""
        if runs and (dated or not any(map(str.isdigit, between))) and _goes_on(text, runs[-1], match, languages):
            runs[-1].append(match)
        else:
            runs.append([match])
    for run in _told_apart(runs, text):
        at = covered(items, run[0].start, run[-1].end)
        if at is not None:
            start, end = run[0].start, run[-1].end
            put(items, *at, Item(Kind.COUNTRIES, start, end, text[start:end].lower(), tuple(run)))
            if items[at[0] - 1].low in ("the", "la", "le", "les", "el") and at[0]:
                del items[at[0] - 1]


def _told_apart(runs: Sequence[list[NameMatch]], text: str) -> Iterator[list[NameMatch]]:
    """*runs*, with a state by itself that has a note of its own: "A, B (for the first time), C", "A, B …, with C taking
    part"."""
    table = yaml_rules("annotations.yaml")
    notes, parting = table["first_notes"], tuple(table["parting"])
    for run in runs:
        part: list[NameMatch] = []
        for i, match in enumerate(run):
            between = text[run[i - 1].end : match.start].lower() if i else ""
            note = _NOTE.match(text, match.end + 1)
            noted = note is not None and any(word in note.group().lower() for word in notes)
            if part and (
                noted or (len(run) >= _LIST and between.strip(" ,").rpartition(",")[2].strip().startswith(parting))
            ):
                yield part
                part = []
            part.append(match)
            if noted:
                yield part
                part = []
        if part:
            yield part


# From so many names on, "with" names one that is told apart.
_LIST = 5


def _goes_on(text: str, run: Sequence[NameMatch], match: NameMatch, languages: tuple[str, ...]) -> bool:
    """True if a list goes on with *match*: behind its last "and" it does not by a comma and a preposition ("made up of
    A and B, to C")."""
    between = text[run[-1].end : match.start]
    if not _joined(between, languages):
        return False
    if text.startswith(("'s", "’s"), match.end) and any(
        link(between, language) >= Link.NOTED for language in languages
    ):
        # "Iran, along with Norway's report": what stands beside a state is another's thing.
        return False
    closed = len(run) > 1 and "," not in text[run[-2].end : run[-1].start]
    preposition = between.strip().lower()
    return preposition != ", by" and not (closed and preposition in (", to", ", with", ", in"))


def _joined(between: str, languages: tuple[str, ...]) -> bool:
    bare = _NOTE.sub(" ", between)
    if is_glue(between) and ";" not in between:
        return True
    return any(link(bare, language) >= Link.LOOSE for language in languages) or bare.strip(" ،") in (";", "و")


_BEFORE = re.compile(r"([^\W\d_]+)\s(?:of|in|from|de|du|von|della|del|da|do)\s(?:the\s|la\s|el\s|o\s|l['’])?$")


def _is_office(text: str, match: NameMatch, offices: Collection[str]) -> bool:
    before = _BEFORE.search(text, max(0, match.start - 50), match.start)
    return before is not None and before[1].lower() in offices


def annotate_adjectives(items: list[Item], nouns: frozenset[str]) -> None:
    """Put the state that only an adjective names before one of *nouns*: "South African membership"."""
    for i in range(len(items) - 1, 0, -1):
        if items[i].low not in nouns:
            continue
        for size in (2, 1):
            said = items[max(0, i - size) : i]
            if len(said) != size or not all(w.kind is Kind.WORD and "capital" in w.traits for w in said):
                continue
            code = country_of_demonym(" ".join(w.low for w in said))
            if code:
                start, end = said[0].start, said[-1].end
                name = NameMatch(start, end, code, " ".join(w.low for w in said))
                put(items, i - size, i, Item(Kind.COUNTRIES, start, end, name.name, (name,), frozenset(("adjective",))))
                break


def annotate_all_adjectives(items: list[Item]) -> None:
    """Put every state that an adjective names: an English one before a noun, one of the table wherever it stands."""
    table = yaml_rules("annotations.yaml")
    endings = tuple(table["adjective_endings"])
    for i in range(len(items) - 1, -1, -1):
        for size in (2, 1):
            said = items[max(0, i + 1 - size) : i + 1]
            if len(said) != size or not all(w.kind is Kind.WORD for w in said):
                continue
            low = " ".join(w.low for w in said)
            noun = i + 1 < len(items) and items[i + 1].kind is not Kind.MARK
            english = noun and "capital" in said[0].traits and low.endswith(endings)
            code = _by_stem(low) or (country_of_demonym(low) if english else None)
            if code:
                start, end = said[0].start, said[-1].end
                name = NameMatch(start, end, code, low)
                put(items, i + 1 - size, i + 1, Item(Kind.COUNTRIES, start, end, low, (name,), _ADJECTIVE))
                break


_ADJECTIVE = frozenset(("adjective",))
# So many letters may end an adjective of the table.
_ENDING = 4
_KEY = 2


def _by_stem(low: str) -> str | None:
    for stem, code in _stems().get(low[:_KEY], ()):
        if low.startswith(stem) and len(low) - len(stem) <= (_ENDING if len(stem) > 4 else 0):
            return code
    return None


@cache
def _stems() -> dict[str, list[tuple[str, str]]]:
    """The stems of the states' adjectives with their states, by their first letters."""
    table: dict[str, list[str]] = yaml_rules("annotations.yaml")["state_adjectives"]
    stems: dict[str, list[tuple[str, str]]] = {}
    for code, listed in table.items():
        for stem in listed:
            stems.setdefault(stem[:_KEY], []).append((stem, code))
    return stems


def join_full_styles(items: list[Item], languages: tuple[str, ...]) -> None:
    """Make one item of states whose full styles an "and" joins: "the Kingdom of A and the Grand Duchy of B"."""
    joining, own = yaml_rules("joining.yaml"), yaml_table("countries.yaml")["states_call_themselves"]
    ands = {w for language in languages for w in joining.get(language, {}).get("and", ())}
    style = {w for kind in own.values() for w in kind.split()}
    for i in range(len(items) - 2, -1, -1):
        item, dot = items[i], items[i + 1]
        if (
            item.kind is Kind.COUNTRIES
            and "." in item.low
            and dot.low == "."
            and dot.start == item.end
            and items[i + 2 :]
        ):
            # "the U.S. Chair"
            items[i : i + 2] = [item._replace(end=dot.end)]
    at = [i for i, item in enumerate(items) if item.kind is Kind.COUNTRIES]
    for low, high in reversed(list(pairwise(at))):
        between = [name_key(item.low) for item in items[low + 1 : high]]
        if 1 < len(between) < _LIST + 3 and between[0] in ands and style.issuperset(between[1:]):
            one, two = items[low], items[high]
            items[low : high + 1] = [one._replace(end=two.end, low=f"{one.low} {two.low}", names=one.names + two.names)]
