"""Officers: the relations of ``rules/chairing.yaml``, as officers.

A relation gives a role to a person, to states, or to an office that names its state ("the Finnish Chair"). What is said
of another body, of a part of this one, or of a plenary that is not the page's gives none; who holds what now, the
resolver settles over the whole page.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from parsers.annotate import setting_of
from parsers.fields import plenary
from parsers.fields.officer_headings import under_headings, who_speaks
from parsers.fields.officer_resolver import Ahead, incoming, officer_of, resolved, state_of
from parsers.fields.officer_roles import Role, When, roles_in
from parsers.lines import Letters
from parsers.mentions import LONGEST_SENTENCE, Time, mentions_at
from parsers.page import Found, Page, Sentence
from parsers.plenary_facts import facts_of
from parsers.record import Officer, OfficerRole
from parsers.relate.sentences import may_state
from parsers.signatories import signatories
from parsers.stated import Stated, agree
from parsers.tables import yaml_rules
from parsers.when import years_of

_R = OfficerRole
# Of one sentence, who leaves is told first.
_ORDER = {_R.OUTGOING_CHAIR: 0, _R.INCOMING_CHAIR: 1, _R.OPENED_BY: 2}


def read(page: Page) -> list[Found[Officer]]:
    """Each officer once: a person with the title and state that the text gives him, or a state alone; `parts` keyed
    ``name``, ``title`` and ``country``. Chairs of groups below the plenary, and of other plenaries, are left out."""
    told: list[tuple[Sentence, bool, Found[Officer]]] = []
    offices = set(_letters().lines(page.lines))
    for line, whole in enumerate(page.sentences):
        sentence = whole._replace(text=whole.text[:LONGEST_SENTENCE])
        if not (line in offices or may_state(page, sentence, "chairing", office=False)):
            continue
        if not _of_other_plenary(page, sentence):
            told.extend((sentence, *officer) for officer in _in_sentence(page, sentence))
    # What is said beside a chair counts in a paragraph that names one.
    blocks = {sentence.block for sentence, beside, _ in told if not beside}
    found = [officer for sentence, beside, officer in told if not beside or sentence.block in blocks]
    found.extend(under_headings(page))
    found.extend(who_speaks(page))
    return [*resolved(found), *signatories(page)]


@cache
def _letters() -> Letters:
    """The words for an office."""
    table = yaml_rules("annotations.yaml")["presiding"]
    words = {w for kind in ("nouns", "functions", "presidents") for said in table[kind].values() for w in said}
    return Letters(tuple(sorted(words)))


def _of_other_plenary(page: Page, sentence: Sentence) -> bool:
    """Whether the sentence speaks of another plenary than the page's."""
    mentions = [m for m in mentions_at(page, sentence) if m.time is Time.CURRENT and not m.title]
    reported = plenary.read(page) if mentions else None
    if reported is None:
        return False
    value, years = reported.value, years_of(page)
    main = Stated(None, value.ordinal, value.city, value.country, value.start, value.end)
    stated_by = {span.block: span for part in reported.parts.values() for span in part}
    here = stated_by.get(sentence.block)
    if here is not None and sentence.start <= here.start < sentence.start + len(sentence.text):
        return False
    return any(not agree(main, facts_of(mention, years)) for mention in mentions)


def _next_plenary_in(page: Page, sentence: Sentence) -> int | None:
    """Where the sentence begins to speak of the next plenary, and of no other: who chairs that one is to come."""
    here = mentions_at(page, sentence)
    return here[0].start if here and all(m.time is Time.NEXT for m in here) else None


def _in_sentence(page: Page, sentence: Sentence) -> Iterator[tuple[bool, Found[Officer]]]:
    """The officers of a sentence, and of each whether it is one only beside a chair."""
    told = tuple(
        sorted(
            roles_in(*setting_of(page, sentence)), key=lambda given: (_ORDER.get(given.role, len(_ORDER)), given.start)
        )
    )
    nxt = _next_plenary_in(page, sentence) if told else None
    for given in told:
        for officer in _officers(sentence, given):
            later = given.when is When.LATER or (nxt is not None and nxt < given.start)
            if given.role is _R.CHAIR and later:
                yield given.beside, incoming(officer)
            elif given.role in (_R.CHAIR, _R.OUTGOING_CHAIR) and given.when is not When.NOW:
                yield given.beside, Ahead(officer.value, officer.spans, officer.parts)
            else:
                yield given.beside, officer


def _officers(sentence: Sentence, given: Role) -> Iterator[Found[Officer]]:
    """Those whom an item names, as officers."""
    for person in given.item.people:
        named = person
        if person.country is None and given.state is not None and len(given.item.people) == 1:
            named = person._replace(country=given.state.code, country_span=(given.state.start, given.state.end))
        yield officer_of(given.role, sentence, named)
    if not given.item.people:
        for name in given.item.names:
            yield state_of(given.role, sentence, name)
