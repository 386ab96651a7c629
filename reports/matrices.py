"""What is known of each country across the regimes, and which statement cites which resolution."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from parsers.countries import display_name
from parsers.record import Record
from storage.values import Membership, PlenaryView, Version

Shown = tuple[PlenaryView, Version]


class Mention(Struct, frozen=True):
    """That a statement names a country: in what part, with the pointer of its evidence."""

    regime: str
    plenary: str
    city: str | None
    part: str
    pointer: str


class Country(Struct, frozen=True):
    """One country: its membership a regime, and where statements name it, oldest first."""

    code: str
    name: str
    memberships: dict[str, Membership]
    mentions: tuple[Mention, ...]

    def named_by(self, regime: str) -> bool:
        """Whether a statement of this regime names it, outside a list of members."""
        return any(mention.regime == regime for mention in self.mentions)


class Citations(Struct, frozen=True):
    """One resolution and the labels of the plenaries whose statements cite it."""

    symbol: str
    plenaries: frozenset[str]


class Cited(Struct, frozen=True):
    """One resolution and, by regime, the labels of the plenaries whose statements cite it, oldest first."""

    symbol: str
    number: int
    plenaries: dict[str, tuple[str, ...]]


def countries(members: Mapping[str, Sequence[Membership]], statements: Iterable[Shown]) -> tuple[Country, ...]:
    """Every country that is a member somewhere or that a statement names, in the order of their names."""
    held: dict[str, dict[str, Membership]] = {}
    for regime, rows in members.items():
        for row in rows:
            held.setdefault(row.country, {})[regime] = row
    named: dict[str, list[Mention]] = {}
    for plenary, version in statements:
        seen: set[tuple[str, str]] = set()
        for code, part, pointer in _named(version.record):
            if (code, part) not in seen:
                seen.add((code, part))
                mention = Mention(plenary.regime, plenary.label, plenary.city, part, pointer)
                named.setdefault(code, []).append(mention)
    found = (
        Country(code, display_name(code), held.get(code, {}), tuple(named.get(code, ())))
        for code in held.keys() | named.keys()
        if code.isalpha()  # a code names a file: nothing but letters may stand in it
    )
    return tuple(sorted(found, key=lambda country: (country.name, country.code)))


def _named(record: Record) -> Iterator[tuple[str, str, str]]:
    """Each country of *record* with the part that names it and the pointer of its evidence."""
    for i, officer in enumerate(record.officers):
        if officer.country:
            yield officer.country, officer.role.value.replace("_", " "), f"/officers/{i}"
    for i, decision in enumerate(record.membership_decisions):
        for code in decision.countries:
            yield code, decision.decision.value.replace("_", " "), f"/membership_decisions/{i}"
    for i, concern in enumerate(record.concerns):
        if concern.country:
            yield concern.country, "concern", f"/concerns/{i}"
    for i, outreach in enumerate(record.outreach):
        for code in outreach.countries:
            yield code, "outreach", f"/outreach/{i}"
    for part in ("adherents", "observers"):
        for i, participant in enumerate(getattr(record, part)):
            if participant.country:
                yield participant.country, part[:-1], f"/{part}/{i}"


def citations(statements: Iterable[Shown]) -> tuple[Citations, ...]:
    """The resolutions that *statements* cite, by first citation, each with the plenaries that cite it."""
    citing: dict[str, set[str]] = {}
    for plenary, version in statements:
        for resolution in version.record.resolutions:
            citing.setdefault(resolution.symbol, set()).add(plenary.label)
    return tuple(Citations(symbol, frozenset(labels)) for symbol, labels in citing.items())


def resolutions(statements: Iterable[Shown]) -> tuple[Cited, ...]:
    """The resolutions that *statements* of all regimes cite, in the order of their numbers."""
    citing: dict[int, dict[str, list[str]]] = {}
    symbols: dict[int, str] = {}
    for plenary, version in statements:
        # One that is cited without its year is the one that is cited with it elsewhere.
        for number, symbol in {
            resolution.number: resolution.symbol for resolution in version.record.resolutions
        }.items():
            symbols[number] = max(symbols.get(number, ""), symbol, key=len)
            citing.setdefault(number, {}).setdefault(plenary.regime, []).append(plenary.label)
    return tuple(
        Cited(symbols[number], number, {regime: tuple(labels) for regime, labels in cited.items()})
        for number, cited in sorted(citing.items())
    )
