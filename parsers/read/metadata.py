"""What an HTML page says of itself outside its text."""

from __future__ import annotations

import json
import re
from typing import NamedTuple

from lxml.etree import _Element


class Metadata(NamedTuple):
    """A page's own title, day of publication (as written), publisher, description, address and language."""

    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    description: str | None = None
    canonical: str | None = None
    language: str | None = None


_PUBLISHED = (
    "article:published_time",
    "dcterms.date",
    "dcterms.issued",
    "dcterms.created",
    "dc.date",
    "dc.date.issued",
    "date",
    "pubdate",
    "publish-date",
    "publication_date",
    "datepublished",
    "og:published_time",
    "creationdate",
)
_PUBLISHER = ("og:site_name", "dcterms.publisher", "dc.publisher", "publisher", "article:publisher")


def stated_about_itself(root: _Element) -> Metadata:
    """The metadata in the head of a page: its title tag, meta and link tags, and JSON-LD."""
    named: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        if name and (content := meta.get("content")) and len(content) < 2000:
            named.setdefault(name, content)
    title = next((element.text for element in root.iter("title") if element.text), None)
    canonical = next(
        (link.get("href") for link in root.iter("link") if (link.get("rel") or "").lower() == "canonical"), None
    )
    published = next((named[name] for name in _PUBLISHED if name in named), None)
    published = published or _from_json_ld(root) or _from_time(root)
    language = (root.get("lang") or "")[:2].lower() or None
    return Metadata(
        title=title,
        published=_day(published),
        publisher=next((named[name] for name in _PUBLISHER if name in named), None),
        description=named.get("description") or named.get("og:description"),
        canonical=canonical,
        language=language,
    )


def _day(text: str | None) -> str | None:
    """An ISO timestamp's day; other wordings as they are."""
    if text and (match := re.match(r"\s*(\d{4}-\d\d-\d\d)(?:[T ].*)?$", text)):
        return match[1]
    return text


def _from_json_ld(root: _Element) -> str | None:
    for script in root.iter("script"):
        if (script.get("type") or "").lower() != "application/ld+json" or not script.text or len(script.text) > 100_000:
            continue
        try:
            value = json.loads(script.text)
        except (ValueError, RecursionError):
            continue
        graph = value.get("@graph") if isinstance(value, dict) else None
        listed = graph if isinstance(graph, list) else value
        for item in listed if isinstance(listed, list) else [listed]:
            if isinstance(item, dict) and isinstance(day := item.get("datePublished"), str):
                return day
    return None


def _from_time(root: _Element) -> str | None:
    """The day of the element that is marked as that of the publication, or of all ``time`` elements, where they say
    one."""
    for element in root.iter():
        if "datepublished" in (element.get("itemprop") or "").lower():
            return element.get("datetime") or element.get("content") or element.text
    days = {_day(said) for element in root.iter("time") if (said := element.get("datetime"))}
    return days.pop() if len(days) == 1 else None
