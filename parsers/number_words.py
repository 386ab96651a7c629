"""The words for numbers of 0 to 199 in the languages of the regimes, composed once.

The pieces stand in ``data/number_words.yaml``. No regime has met 200 times, and none has 200 members that a page
spelt out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import product

from parsers.vocabulary import plain, table

# Each a value, whether it is an ordinal, and the words.
Entries = Iterator[tuple[int, bool, str]]


@cache
def number_words() -> dict[str, tuple[int, bool]]:
    """Every spelt number of 0 to 199: the words, plain and parted by blanks, to (value, ordinal)."""
    found: dict[str, tuple[int, bool]] = {}
    for value, ordinal, phrase in spelt_numbers():
        found.setdefault(plain(phrase).replace("-", " "), (value, ordinal))
    return found


def spelt_numbers() -> Entries:
    """Every spelt number as its language writes it, language by language."""
    for language in _LANGUAGES:
        yield from language()


def _forms(language: str, key: str) -> list[list[str]]:
    entry = table("number_words")[language]
    values = entry.get(key, []) if isinstance(entry, dict) else []
    return [str(forms).split() for forms in values]


def _listed(language: str, key: str, ordinal: bool, first: int = 0, step: int = 1) -> Entries:
    for i, forms in enumerate(_forms(language, key)):
        for form in forms:
            yield first + i * step, ordinal, form


def _composed(
    tens: list[list[str]], units: list[list[str]], ordinal: bool, joints: Iterable[str], first_ten: int = 20
) -> Entries:
    """Tens before units: ``forty`` + ``-`` + ``two``."""
    for (i, ten), (unit, forms) in product(enumerate(tens), enumerate(units[:10])):
        for ten_form, form, joint in product(ten, forms, joints):
            if unit:
                yield first_ten + 10 * i + unit, ordinal, f"{ten_form}{joint}{form}"


def _hundreds(entries: Iterable[tuple[int, bool, str]], prefixes: Iterable[str]) -> Entries:
    """The same numbers below 100 again, with a hundred before them."""
    listed = list(entries)
    yield from listed
    for prefix, (value, ordinal, phrase) in product(prefixes, listed):
        if 0 < value < 100:
            yield 100 + value, ordinal, f"{prefix} {phrase}"


def _english() -> Entries:
    units, tens = _forms("en", "units"), _forms("en", "tens")

    def below_hundred() -> Entries:
        yield from _listed("en", "units", False)
        yield from _listed("en", "tens", False, 20, 10)
        yield from _composed(tens, units, False, " ")
        yield from _listed("en", "ordinal_units", True)
        yield from _listed("en", "ordinal_tens", True, 20, 10)
        yield from _composed(tens, _forms("en", "ordinal_units"), True, " ")

    prefixes = [f"{one}hundred{joint}" for one in ("one ", "a ") for joint in ("", " and")]
    yield from _hundreds(below_hundred(), prefixes)
    yield from ((100, False, "one hundred"), (100, False, "a hundred"), (100, True, "hundredth"))


def _french() -> Entries:
    def below_hundred() -> Entries:
        for key, ordinal in (("units", False), ("ordinal_units", True)):
            units = _forms("fr", key)
            # "unième" stands only behind a ten: "vingt et unième".
            behind = [*units[:1], ["unième"], ["deuxième"], *units[3:]] if ordinal else units
            yield from _listed("fr", key, ordinal)
            yield from _listed("fr", "ordinal_tens" if ordinal else "tens", ordinal, 20, 10)
            for i, ten in enumerate(_forms("fr", "tens")):
                for unit in range(1, 20 if i == 4 else 10):
                    for form in behind[unit]:
                        yield 20 + 10 * i + unit, ordinal, f"{ten[0]} {form}"
                        yield 20 + 10 * i + unit, ordinal, f"{ten[0]} et {form}"
            for unit in range(1, 20):
                for form in behind[unit]:
                    yield 80 + unit, ordinal, f"quatre vingt {form}"
        yield from ((80, False, "quatre vingts"), (80, True, "quatre vingtième"), (70, True, "soixante dixième"))

    yield from _hundreds(below_hundred(), ["cent"])
    yield from ((100, False, "cent"), (100, True, "centième"))


def _german() -> Entries:
    units, tens = _forms("de", "units"), _forms("de", "tens")
    endings = [form for forms in _forms("de", "ordinal_endings") for form in forms]

    def below_hundred() -> Entries:
        yield from _listed("de", "units", False)
        yield from _listed("de", "tens", False, 20, 10)
        for (i, ten), (unit, forms) in product(enumerate(tens), enumerate(units[:10])):
            for ten_form in ten:
                value, compound = 20 + 10 * i + unit, f"{forms[0]}und{ten_form}" if unit else ten_form
                yield value, False, compound
                yield from ((value, True, f"{compound}st{ending}") for ending in endings)
        for value, _, stem in _listed("de", "ordinal_units", True):
            yield from ((value, True, stem + ending) for ending in endings)

    listed = list(below_hundred())
    yield from listed
    for value, ordinal, phrase in listed:
        yield from ((100 + value, ordinal, hundred + phrase) for hundred in ("hundert", "einhundert"))
    yield from ((100, False, "hundert"), (100, False, "einhundert"))


def _spanish() -> Entries:
    def below_hundred() -> Entries:
        units = _forms("es", "units")
        yield from _listed("es", "units", False)
        yield from _listed("es", "tens", False, 30, 10)
        yield from _composed(_forms("es", "tens"), units, False, [" y "], 30)
        ordinals = _forms("es", "ordinal_units")
        yield from _listed("es", "ordinal_units", True)
        yield from _listed("es", "ordinal_tens", True, 20, 10)
        yield from _composed(_forms("es", "ordinal_tens"), ordinals, True, [" "])
        yield from _composed([["décimo", "décima"]], ordinals, True, [" "], 10)
        yield from _composed(_forms("es", "ordinal_glued_tens"), ordinals, True, [""])

    yield from _hundreds(below_hundred(), ["ciento"])
    yield from ((100, False, "cien"), (100, True, "centésimo"), (100, True, "centésima"))


def _portuguese() -> Entries:
    def below_hundred() -> Entries:
        yield from _listed("pt", "units", False)
        yield from _listed("pt", "tens", False, 20, 10)
        yield from _composed(_forms("pt", "tens"), _forms("pt", "units"), False, [" e "])
        ordinals = _forms("pt", "ordinal_units")
        yield from _listed("pt", "ordinal_units", True)
        yield from _listed("pt", "ordinal_tens", True, 20, 10)
        yield from _composed([ordinals[10], *_forms("pt", "ordinal_tens")], ordinals, True, [" "], 10)

    yield from _hundreds(below_hundred(), ["cento e"])
    yield from ((100, False, "cem"), (100, True, "centésimo"), (100, True, "centésima"))


def _italian() -> Entries:
    units, tens = _forms("it", "units"), _forms("it", "tens")
    cardinals: list[tuple[int, str]] = [(v, form) for v, _, form in _listed("it", "units", False)]
    for i, ten in enumerate(tens):
        cardinals.append((20 + 10 * i, ten[0]))
        for unit in range(1, 10):
            stem = ten[0][:-1] if unit in (1, 8) else ten[0]
            cardinals.append((20 + 10 * i + unit, stem + (units[unit][1] if unit == 1 else units[unit][0])))
    cardinals += [(100 + value, f"cento{form}") for value, form in cardinals if value] + [(100, "cento")]
    yield from ((value, False, form) for value, form in cardinals)
    yield from _listed("it", "ordinal_units", True)
    for value, form in cardinals:
        if value > 10:
            # The last vowel falls, save that of tre and sei: ventesimo, ventitreesimo, ventiseiesimo.
            stem = form if form.endswith(("tre", "sei")) else form[:-1]
            yield from ((value, True, f"{stem}esim{ending}") for ending in "oa")


def _russian() -> Entries:
    endings = [form for forms in _forms("ru", "ordinal_endings") for form in forms]
    stems, ten_stems, tens = _forms("ru", "ordinal_stems"), _forms("ru", "ordinal_ten_stems"), _forms("ru", "tens")
    ordinals = [[stem + ending for stem, ending in product(forms, endings)] for forms in stems]

    def below_hundred() -> Entries:
        yield from _listed("ru", "units", False)
        yield from _listed("ru", "tens", False, 20, 10)
        yield from _composed(tens, _forms("ru", "units"), False, " ")
        yield from ((value, True, form) for value, forms in enumerate(ordinals) for form in forms)
        for i, forms in enumerate(ten_stems):
            yield from ((20 + 10 * i, True, stem + ending) for stem, ending in product(forms, endings))
        yield from _composed(tens, ordinals, True, " ")

    yield from _hundreds(below_hundred(), ["сто", "ста"])
    yield from ((100, False, "сто"), (100, False, "ста"))


def _arabic() -> Entries:
    units, tens, (ten,) = _forms("ar", "ordinal_units"), _forms("ar", "ordinal_tens"), _forms("ar", "ordinal_ten")
    behind = [*_forms("ar", "ordinal_behind"), *units[2:10]]
    yield from _listed("ar", "ordinal_units", True)
    yield from _listed("ar", "ordinal_tens", True, 20, 10)
    for unit, forms in enumerate(behind[1:], 1):
        yield from ((10 + unit, True, f"{form} {said}") for form, said in product(forms, ten))
        for i, ten_forms in enumerate(tens):
            yield from ((20 + 10 * i + unit, True, f"{form} و{said}") for form, said in product(forms, ten_forms))


def _dutch() -> Entries:
    yield from _listed("nl", "ordinal_units", True)


_LANGUAGES = (_english, _french, _german, _spanish, _portuguese, _italian, _russian, _arabic, _dutch)
