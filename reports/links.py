"""Which of the site's pages there are, and which addresses of others may be links."""

from __future__ import annotations

from urllib.parse import urlsplit

from msgspec import Struct

from parsers.record import Evidence
from reports.known import Known
from reports.passages import Passage, Passages
from reports.quotes import anchor
from storage.values import Membership, Version


def outward(url: str | None) -> str | None:
    """*url* if a reader may be sent there: an address of the web that names its host plainly; else None."""
    if not url or any(c <= " " or c in "\"'<>`\\" or not c.isprintable() for c in url):
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and host and "@" not in parts.netloc else None


def host(url: str | None) -> str:
    """The host of an address that may be a link; else empty."""
    return (urlsplit(url).hostname or "") if url and outward(url) else ""


class Addresses(Struct, frozen=True):
    """The pages on plenaries by regime and label, those on countries by code, and by the number of its record each
    archived text that the site shows, with the page that shows it."""

    plenaries: frozenset[tuple[str, str]]
    countries: frozenset[str]
    texts: dict[int, str]
    versions: dict[int, Version]

    def plenary(self, regime: str, label: object) -> str | None:
        """The page on a plenary, from the site's root, if there is one."""
        return f"{regime}/plenary-{label}.html" if (regime, str(label)) in self.plenaries else None

    def country(self, code: str | None) -> str | None:
        """The page on a country, from the site's root, if there is one."""
        return f"countries/{code}.html" if code in self.countries else None

    def words(self, version: int, span: Evidence) -> str | None:
        """Where the site shows these words of a version, if it shows that text."""
        page = self.texts.get(version)
        if page is None:
            return None
        marked = any(span == other for spans in self.versions[version].record.evidence.values() for other in spans)
        return f"{page}#{anchor(span) if marked else f'b{span.block}'}"

    def membership(self, membership: Membership) -> str | None:
        """Where the site shows the words that state this membership."""
        version = self.versions.get(membership.record_id)
        spans = version.record.evidence.get(membership.pointer) if version else None
        return self.words(membership.record_id, spans[0]) if spans else self.texts.get(membership.record_id)

    def passage(self, passage: Passage) -> str | None:
        """Where the site shows the passage in its text."""
        return self.words(passage.version, passage.span) if passage.version is not None else None


def addresses(known: Known, countries: frozenset[str], passages: Passages) -> Addresses:
    """The site's pages. A text stands on its plenary's page, or where something quotes it on a page of its own."""
    texts = {s.shown.id: f"{s.plenary.regime}/plenary-{s.plenary.label}.html" for s in known.statements}
    versions = known.versions
    quoted = {m.record_id for regime in known.regimes for m in regime.memberships}
    for change in known.changes:
        sides = (*passages.side(change, False), *passages.side(change, True))
        quoted |= {found.version for found in sides if found.version is not None}
        quoted |= {version.id for version in passages.edit(change) or ()}
    for number in sorted(quoted & versions.keys() - texts.keys()):
        texts[number] = f"{versions[number].regime}/record-{number}.html"
    plenaries = frozenset((s.plenary.regime, s.plenary.label) for s in known.statements)
    return Addresses(plenaries, countries, texts, versions)
