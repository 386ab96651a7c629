"""Officers made of persons, and those found in several places of a page, each told once."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from parsers.annotate.people import Person
from parsers.countries import NameMatch
from parsers.names import name_key
from parsers.page import Found, Sentence, Span
from parsers.record import Officer, OfficerRole

_R = OfficerRole
_Key = tuple[OfficerRole, str | None, str | None]


class Ahead(Found[Officer], frozen=True):
    """A chair to come, or one who is to leave: "Greece will take over the chair from Malta"."""


def officer_of(role: OfficerRole, sentence: Sentence, person: Person) -> Found[Officer]:
    """*person*, named in *sentence*, in the office *role*."""
    parts: dict[str, tuple[Span, ...]] = {"name": (sentence.span(person.start, person.end),)}
    if person.title_span is not None:
        parts["title"] = (sentence.span(*person.title_span),)
    if person.country_span is not None:
        parts["country"] = (sentence.span(*person.country_span),)
    spans = tuple(dict.fromkeys(span for part in parts.values() for span in part))
    return Found(Officer(role, person.name, person.title, person.country), spans, parts)


def state_of(role: OfficerRole, sentence: Sentence, name: NameMatch) -> Found[Officer]:
    """The state that *name* names in *sentence*, in the office *role*."""
    span = sentence.span(name.start, name.end)
    return Found(Officer(role, None, None, name.code), (span,), {"country": (span,)})


def resolved(found: Iterable[Found[Officer]]) -> list[Found[Officer]]:
    """*found* with each officer once: the fullest name, the first title and state given; a state that chairs is
    the same officer as the one person who chairs for it. Two states that chair together stay."""
    kept = _each_once(_settled(found))
    kept = _without_states_of_co_chairs(_without_later_roles(kept))
    for role in (_R.CHAIR, _R.OUTGOING_CHAIR, _R.INCOMING_CHAIR):
        kept = _state_with_person(kept, role)
    return _with_incoming_state(_without_chairs_to_come(kept))


def _without_chairs_to_come(kept: list[Found[Officer]]) -> list[Found[Officer]]:
    """Without the incoming state of the one chair of now: "the incoming Peruvian Chairmanship", of Peru's new chair."""
    now = {k.value.country for k in kept if k.value.role is _R.CHAIR}
    return [
        k for k in kept if k.value.role is not _R.INCOMING_CHAIR or k.value.name is not None or now != {k.value.country}
    ]


def _each_once(found: Iterable[Found[Officer]]) -> list[Found[Officer]]:
    """*found* with what is told of one officer made one. An officer is looked for among those who share a word of
    the name, or the state where there is none: a page may name thousands, or one of them thousands of times."""
    kept: list[Found[Officer]] = []
    spans: list[dict[Span, None]] = []
    sharing: dict[_Key, dict[int, None]] = {}
    for item in found:
        value = item.value
        words = name_key(value.name or "").split()
        keys: list[_Key] = [(value.role, word, None) for word in words] or [(value.role, None, value.country)]
        candidates = min((sharing.get(key, {}) for key in keys), key=len)
        one_word = (i for key in keys for i in sharing.get((*key[:2], "alone"), ()))
        at = min((i for i in (*candidates, *one_word) if _same(kept[i].value, value)), default=None)
        if at is None:
            at = len(kept)
            kept.append(item)
            spans.append(dict.fromkeys(item.spans))
        else:
            fuller = _is_fuller(value, kept[at].value)
            kept[at] = _merged(kept[at], item)
            if fuller:
                spans[at] = dict.fromkeys((*item.spans, *spans[at]))
            else:
                spans[at].update(dict.fromkeys(item.spans))
        for key in keys:
            sharing.setdefault(key, {})[at] = None
        if len(keys) == 1 and keys[0][1] is not None:
            sharing.setdefault((*keys[0][:2], "alone"), {})[at] = None
    return [k if k.spans == tuple(s) else replace(k, spans=tuple(s)) for k, s in zip(kept, spans, strict=True)]


def _is_fuller(one: Officer, other: Officer) -> bool:
    return len(one.name or "") > len(other.name or "")


def _settled(found: Iterable[Found[Officer]]) -> list[Found[Officer]]:
    """*found* with the chairs of the future as incoming ones, where another chairs now."""
    held = list(found)
    now = [k.value for k in held if k.value.role in (_R.CHAIR, _R.CO_CHAIR) and not isinstance(k, Ahead)]
    chairs = _Chairs(now)
    to_come = _Chairs([k.value for k in held if k.value.role is _R.INCOMING_CHAIR])
    settled: list[Found[Officer]] = []
    for item in held:
        if isinstance(item, Ahead) and item.value.role is _R.CHAIR and item.value in to_come:
            settled.append(incoming(item))
        elif not isinstance(item, Ahead) or not now:
            settled.append(item)
        elif item.value.role is not _R.OUTGOING_CHAIR:
            settled.append(item if item.value in chairs else incoming(item))
        elif item.value in chairs:
            continue
        elif item.value.name is None and len(now) == 1 and now[0].country is None:
            # Who is to leave is the chair of now.
            country = {"country": item.parts["country"]}
            settled = [_of_country(k, item.value.country, country) if k.value is now[0] else k for k in settled]
        else:
            settled.append(item)
    return settled


def _of_country(item: Found[Officer], country: str | None, parts: dict[str, tuple[Span, ...]]) -> Found[Officer]:
    value = item.value
    return Found(Officer(value.role, value.name, value.title, country), item.spans, item.parts | parts)


class _Chairs:
    """Those who chair now, by their states and by the words of their names."""

    def __init__(self, officers: list[Officer]) -> None:
        names = [name_key(officer.name).split() for officer in officers if officer.name]
        self._states = {officer.country for officer in officers} - {None}
        self._nameless = bool(officers) and all(officer.name is None for officer in officers)
        self._names = {tuple(sorted(words)) for words in names}
        self._words = {word for words in names for word in words}
        self._alone = {words[0] for words in names if len(words) == 1}

    def __contains__(self, officer: Officer) -> bool:
        if officer.country in self._states:
            return True
        if not officer.name:
            return False
        words = name_key(officer.name).split()
        return (
            (officer.country is None and self._nameless)
            or tuple(sorted(words)) in self._names
            or (len(words) == 1 and words[0] in self._words)
            or not self._alone.isdisjoint(words)
        )


def incoming(item: Found[Officer]) -> Found[Officer]:
    """*item* as a chair to come."""
    value = item.value
    return Found(Officer(_R.INCOMING_CHAIR, value.name, value.title, value.country), item.spans, item.parts)


def _without_states_of_co_chairs(kept: list[Found[Officer]]) -> list[Found[Officer]]:
    """Without the states for which a named person is co-chair, and without a chair who is one of two."""
    co_chairs = [k.value for k in kept if k.value.role is _R.CO_CHAIR and k.value.name]
    told, names = {officer.country for officer in co_chairs}, {officer.name for officer in co_chairs}
    return [
        k
        for k in kept
        if (k.value.name is not None or k.value.role not in (_R.CHAIR, _R.CO_CHAIR) or k.value.country not in told)
        and not (k.value.role is _R.CHAIR and k.value.name in names)
    ]


def _with_incoming_state(kept: list[Found[Officer]]) -> list[Found[Officer]]:
    """A chair named without a state chairs for the incoming one, where the page tells it from the outgoing one."""
    chairs = [k for k in kept if k.value.role is _R.CHAIR]
    incoming = [k for k in kept if k.value.role is _R.INCOMING_CHAIR and k.value.country]
    outgoing = [k for k in kept if k.value.role is _R.OUTGOING_CHAIR]
    if not (len(chairs) == len(incoming) == 1 and outgoing) or not chairs[0].value.name or chairs[0].value.country:
        return kept
    chair, source = chairs[0], incoming[0]
    if source.value.name and source.value.name != chair.value.name:
        return kept
    value = Officer(_R.CHAIR, chair.value.name, chair.value.title, source.value.country)
    with_state = Found(value, chair.spans, chair.parts | {"country": source.parts["country"]})
    return [with_state if k is chair else k for k in kept]


def _same(one: Officer, other: Officer) -> bool:
    if one.role is not other.role:
        return False
    if one.name is None or other.name is None:
        return one.name is other.name and one.country == other.country
    return _same_name(one.name, other.name)


def _same_name(one: str, other: str) -> bool:
    a, b = name_key(one).split(), name_key(other).split()
    # "Mr Koenders" is the Bert Koenders named before; "OH Joon" is "Joon OH".
    return a == b or sorted(a) == sorted(b) or (min(len(a), len(b)) == 1 and (a[-1] in b or b[-1] in a))


def _merged(one: Found[Officer], other: Found[Officer]) -> Found[Officer]:
    """One officer of two that tell of him, with the spans of the first alone."""
    fuller, lesser = (other, one) if _is_fuller(other.value, one.value) else (one, other)
    a, b = fuller.value, lesser.value
    value = Officer(a.role, a.name or b.name, a.title or b.title, a.country or b.country)
    return Found(value, one.spans, lesser.parts | fuller.parts)


def _without_later_roles(kept: list[Found[Officer]]) -> list[Found[Officer]]:
    """Without the chairs who are also said to leave: the outgoing chair still chaired until the handover."""
    leaving = {
        (k.value.name, k.value.country if k.value.name is None else None)
        for k in kept
        if k.value.role is _R.OUTGOING_CHAIR
    }
    return [
        k
        for k in kept
        if k.value.role is not _R.CHAIR
        or (k.value.name, k.value.country if k.value.name is None else None) not in leaving
    ]


def _state_with_person(kept: list[Found[Officer]], role: OfficerRole) -> list[Found[Officer]]:
    """The one person and the one state that hold *role* as one officer, where nothing sets them apart."""
    persons = [k for k in kept if k.value.role is role and k.value.name]
    states = [k for k in kept if k.value.role is role and not k.value.name]
    if len(states) == 1 and persons:
        state = states[0]
        own = [p for p in persons if p.value.country == state.value.country]
        if own:
            return [k for k in kept if k is not state]
        if len(persons) == 1 and persons[0].value.country is None:
            person = persons[0]
            value = Officer(role, person.value.name, person.value.title, state.value.country)
            merged = Found(value, (*person.spans, *state.spans), person.parts | state.parts)
            return [merged if k is person else k for k in kept if k is not state]
    return kept
