"""Which of the site's pages there are, and which addresses of others may be links."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from msgspec import Struct

from diffs.change import Change
from reports.known import Known, Statement
from reports.quotes import anchors
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


class Addresses(Struct, frozen=True):
    """The pages on plenaries by regime and label, with the words at the anchors of each; those on countries; and the
    archived pages that memberships stand on, with the anchors of their pointers."""

    plenaries: dict[tuple[str, str], dict[str, str]]
    countries: frozenset[str]
    records: dict[int, dict[str, str]]

    def plenary(self, regime: str, label: object) -> str | None:
        """The page on a plenary, from the site's root, if there is one."""
        return f"{regime}/plenary-{label}.html" if (regime, str(label)) in self.plenaries else None

    def country(self, code: str | None) -> str | None:
        """The page on a country, from the site's root, if there is one."""
        return f"countries/{code}.html" if code in self.countries else None

    def membership(self, membership: Membership) -> str:
        """The anchor, with its ``#``, at which its archived page states this membership; else empty."""
        anchor = self.records.get(membership.record_id, {}).get(membership.pointer)
        return f"#{anchor}" if anchor else ""

    def evidence(self, change: Change, after: bool, at: int) -> str | None:
        """Where the archived text states this span of the change's evidence, if its page shows it."""
        label = change.plenary if after else change.prior
        spans = change.evidence.after if after else change.evidence.before
        span = spans[at]
        anchor = f"e{span.block}-{span.start}-{span.end}"
        words = self.plenaries.get((change.regime, str(label)), {}).get(anchor)
        # Another version of the page may have other words there.
        return f"{change.regime}/plenary-{label}.html#{anchor}" if words == span.quote else None


def addresses(known: Known, countries: frozenset[str], versions: Mapping[int, Version]) -> Addresses:
    """The site's pages; *versions* are those that memberships stand on, by the id of their record."""
    return Addresses(
        {(s.plenary.regime, s.plenary.label): _anchored(s) for s in known.statements},
        countries,
        {number: anchors(version.record) for number, version in versions.items()},
    )


def _anchored(statement: Statement) -> dict[str, str]:
    evidence = statement.shown.record.evidence
    return {anchor: evidence[pointer][0].quote for pointer, anchor in anchors(statement.shown.record).items()}
