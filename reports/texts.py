"""A page for each archived text that memberships or changes stand on and that no plenary's page shows."""

from __future__ import annotations

from reports.links import Addresses
from reports.pages import Pages
from reports.quotes import marked_blocks
from storage.values import Version


def write_texts(addresses: Addresses, pages: Pages) -> None:
    """The archived texts under the names by which `Addresses` knows them."""
    for number, name in addresses.texts.items():
        if not name.endswith(f"/record-{number}.html"):
            continue
        version = addresses.versions[number]

        def values(version: Version = version) -> dict[str, object]:
            return {"regime": version.regime, "version": version, "blocks": marked_blocks(version)}

        made_of = [version.id, version.text_hash, version.record, version.url, version.observed_at, version.plenary]
        pages.page_if(name, "record.html", made_of, values)
