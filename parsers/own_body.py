"""True if a page is on a meeting of the regime that it is read for, or of another body whose news stand on the same site."""

from __future__ import annotations

import re

from parsers.document import Role
from parsers.mentions import Time, mentions_of
from parsers.page import Page

# "AG", "WA" and "ZC" are much else.
_SHORT = 2
_PLENARY = r"(?i:plenary|pl[ée]ni[èe]re|plenaria|plenum|plenarsitzung|annual regular meeting)"
# A body that no list knows, as a title names it beside its plenary: "The Global Partnership's 12th plenary".
_A_BODY = re.compile(
    r"\b(?P<name>(?:[A-Z][\w-]+ )+(?:Partnership|Group|Arrangement|Regime|Committee|Initiative|Commission|Alliance|Forum))"
    rf"(?:['’]s)?,? (?:[\w-]+ ){{0,2}}?{_PLENARY}"
)
# Groups of the regime itself.
_OF_ITS_OWN = re.compile(r"\b(?:Experts?|Working|Technical|Consultative|Contact|General|Licensing|Enforcement|Point)\b")
# What a page's own title says beside its subject: the name of the site.
_SITE = re.compile(r"\s(?:[|–—·-]|::)\s")


def is_of_another(page: Page) -> bool:
    """True if the page's title, or else the sentence that tells of its plenary, names another body and not this
    regime. A statement that names other bodies beside the regime is the regime's."""
    if "of another" not in page.memo:
        page.memo["of another"] = _is_of_another(page)
    return page.memo["of another"] is True


def _is_of_another(page: Page) -> bool:
    mentions = mentions_of(page)
    for mention in (m for m in mentions if m.title and m.role is not Role.ADDRESS):
        text = mention.sentence.text
        if mention.role is Role.META:
            text = _SITE.split(text)[0]
        if _names_own(page, text):
            return False
        if _names_other(page, text) or _names_unknown(page, text):
            return True
    told = [m.sentence.text for m in mentions if not m.title and m.time is Time.CURRENT and not m.weak]
    if any(_names_own(page, text) for text in told):
        return False
    return bool(told) and _names_other(page, told[0])


def _names_own(page: Page, text: str) -> bool:
    return any(_stands_in(name, text) for name in page.regime.names)


def _names_other(page: Page, text: str) -> bool:
    return any(_stands_in(name, text) for name in page.regime.others if len(name) > _SHORT)


def _names_unknown(page: Page, text: str) -> bool:
    """True if a title names a body by its shape that shares no word with the regime's names."""
    own = {word.casefold() for name in (page.regime.name, *page.regime.names) for word in name.split()}
    return any(
        not _OF_ITS_OWN.search(found["name"]) and not own & {word.casefold() for word in found["name"].split()}
        for found in _A_BODY.finditer(text)
    )


def _stands_in(name: str, text: str) -> bool:
    # An abbreviation is one in its own letters alone; a title in capitals names a body all the same.
    flags = 0 if name.isupper() or " " not in name else re.IGNORECASE
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, flags) is not None
