"""Where a page's own content stands, apart from its site's furniture."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import cast

from lxml.etree import XPath, _Element, strip_elements

from parsers.countries import find_countries

_NEVER = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "iframe",
        "object",
        "embed",
        "button",
        "select",
        "textarea",
        "input",
        "canvas",
        "video",
        "audio",
        "head",
    ]
)
_FURNITURE_TAGS = frozenset(["nav", "footer", "aside", "dialog", "menu"])
_FURNITURE_ROLES = frozenset(
    [
        "navigation",
        "banner",
        "contentinfo",
        "search",
        "complementary",
        "dialog",
        "alertdialog",
        "menu",
        "menubar",
        "toolbar",
    ]
)
# Words of class and id names by which sites call what is not their content.
_FURNITURE_WORD = re.compile(
    r"(?:^|[-_ ])(?:nav|navbar|navigation|menu|submenu|breadcrumbs?|crumbs?|footer|foot|sidebar|side-?bar|cookies?"
    r"|in-this-section|section-(?:nav|menu)|consent|gdpr|share|sharing|social|related|recent|search|skip|skiplinks?|pager|pagination|banner|masthead"
    r"|toolbar|widgets?|comments?|respond|popup|modal|newsletter|subscribe|print|copyright|disclaimer|advert|ads?"
    r"|langs?|language|lang-?switch(?:er)?|site-?header|page-?header-?top|topbar|top-?bar|backtotop|trending|tags"
    r"|notice-?bar|alert-?bar|utility|lastupdated|last-?modified)(?:$|[-_ ])",
    re.IGNORECASE,
)
_CONTENT_WORD = re.compile(
    r"(?:^|[-_ ])(?:content|main|maincontent|article|article-?body|body-?content|entry|entry-?content|post|post-?content"
    r"|text|story|page-?content|statement|press-?release|node|field-body|richtext|rich-text|ce-bodytext)(?:$|[-_ ])",
    re.IGNORECASE,
)
_LIST_OF_STATES = 8


def main_content(root: _Element) -> _Element:
    """The element that holds what the page says, with the furniture inside it taken out.

    Landmarks come first, then the names that sites give their parts. What holds most of the words, or a
    list of states, is never taken for furniture: too much is mended downstream, a lost list is not.
    """
    body = next(root.iter("body"), root)
    for button in _HEADING_BUTTONS(body):
        # What opens and closes the text under a heading is the heading's own text.
        button.tag = "span"
    strip_elements(body, *_NEVER, with_tail=False)
    best = _landmark(body)
    sizes, said = _sizes(best)
    left = said[best]
    gone: set[_Element] = {best}
    for element in list(best.iter()):
        parent = element.getparent()
        if element is best:
            continue
        if parent in gone and parent is not best:
            gone.add(element)
        elif _is_furniture(element, sizes) and said[element] < 0.5 * left and not _lists_states(element, sizes):
            left -= said[element]
            gone.add(element)
    for element in gone:
        if element is not best and (element.getparent() is best or element.getparent() not in gone):
            _drop(element)
    return best


# A character inside a link counts as this much of what an element says: menus are all links.
_LINKED = 0.2
_TEXT_LENGTH = cast("Callable[[_Element], float]", XPath("string-length()"))
_TEXT_IN_LINKS = cast("Callable[[_Element], list[str]]", XPath("descendant::text()[ancestor::a]", smart_strings=False))


def _said(element: _Element) -> float:
    """How many characters of text *element* holds, those inside links weighed by `_LINKED`."""
    return _TEXT_LENGTH(element) - (1 - _LINKED) * sum(map(len, _TEXT_IN_LINKS(element)))


def _sizes(body: _Element) -> tuple[dict[_Element, float], dict[_Element, float]]:
    """How many characters of text each element under *body* holds, and the same with those inside links weighed
    by `_LINKED`; found in one walk from the leaves up, each element adding what it holds to its parent."""
    sizes: dict[_Element, float] = {}
    said: dict[_Element, float] = {}
    for element in reversed(list(body.iter())):
        own = len(element.text) if element.text else 0
        size = sizes[element] = sizes.get(element, 0) + own
        weight = said.get(element, 0) + own
        if element.tag == "a":
            weight *= _LINKED
        said[element] = weight
        parent = element.getparent()
        if parent is not None and element is not body:
            after = len(element.tail) if element.tail else 0
            sizes[parent] = sizes.get(parent, 0) + size + after
            said[parent] = said.get(parent, 0) + weight + after
    return sizes, said


def text_of(element: _Element, between: str = "") -> str:
    """All text in *element*, its pieces joined by *between*."""
    return between.join(str(piece) for piece in element.itertext())


def _names(element: _Element) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"


# The picture across a page with its title in it.
_HERO = re.compile(r"(?:^|[-_ ])(?:hero|page-?(?:banner|header|title))(?:$|[-_ ])", re.IGNORECASE)


def _is_furniture(element: _Element, sizes: dict[_Element, float]) -> bool:
    if element.tag in _FURNITURE_TAGS or (element.get("role") or "").lower() in _FURNITURE_ROLES:
        return True
    if element.tag in ("h1", "h2", "p", "body", "main", "article", "table", "tr", "td", "li"):
        return False
    names = _names(element)
    if element.tag == "header":
        return next(element.iter("h1", "h2", "time"), None) is None
    if element.tag == "form":
        return True
    if _HERO.search(names) and next(element.iter("h1"), None) is not None:
        return False
    if names.strip() and _FURNITURE_WORD.search(names) and not _CONTENT_WORD.search(names):
        return True
    return element.tag in ("ul", "div") and _is_menu(element, sizes)


def _is_menu(element: _Element, sizes: dict[_Element, float]) -> bool:
    """A run of links with next to nothing else, each short, and none of them a country."""
    links = list(element.iter("a"))
    if len(links) < 4:
        return False
    words = sizes[element]
    linked = sum(sizes[link] for link in links)
    return linked > 0.85 * max(1, words - 2 * len(links)) and words / len(links) < 30


def _landmark(body: _Element) -> _Element:
    """The element under *body* that says it is the page's own content and holds enough of the text for it."""
    free = 0.0
    for share, elements in _candidates(body):
        if elements and not free:
            free = max(1.0, _said(body) - sum(map(_said, _OUTER_FURNITURE(body))))
        for element in elements[:_MOST_LANDMARKS]:
            if _said(element) >= share * free:
                return element
    return body


# Landmarks of one kind that are weighed, so that a page made of nothing else is read in bounded time.
_MOST_LANDMARKS = 200


# Paths of one step: joining the nodes of two, XPath compares each node with all that it has.
def _elements(path: str) -> Callable[[_Element], list[_Element]]:
    return cast("Callable[[_Element], list[_Element]]", XPath(path))


_CALLED_MAIN = _elements(".//*[@role='main' or @role='MAIN' or @role='Main']")
_HEADING_BUTTONS = _elements("descendant::button[ancestor::h2 or ancestor::h3 or ancestor::h4 or ancestor::h5]")
_NAMED_PARTS = _elements("descendant::*[self::div or self::section or self::td][@class or @id]")
_OUTER_FURNITURE = _elements(
    "descendant::*[self::nav or self::footer or self::aside][not(ancestor::nav or ancestor::footer or ancestor::aside)]"
)


def _candidates(body: _Element) -> Iterator[tuple[float, list[_Element]]]:
    """Elements that may be the content, the surest kind first, with the share of the free text each must hold."""
    yield 0.25, list(body.iter("main"))
    yield 0.25, _CALLED_MAIN(body)
    yield 0.25, list(body.iter("article"))
    yield 0.5, [element for element in _NAMED_PARTS(body) if _CONTENT_WORD.search(_names(element))]


def _lists_states(element: _Element, sizes: dict[_Element, float]) -> bool:
    # The names of eight states take forty characters at least: "Mali", "Iran", "Cuba" and a blank after each.
    if sizes[element] < 5 * _LIST_OF_STATES:
        return False
    text = text_of(element, " , ")
    return len(text) < 20_000 and len({match.code for match in find_countries(text)}) >= _LIST_OF_STATES


def _drop(element: _Element) -> None:
    """Take *element* out, keeping the text that follows it."""
    parent = element.getparent()
    if parent is None:
        return
    tail = element.tail
    if tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + tail
        else:
            parent.text = (parent.text or "") + tail
    parent.remove(element)
