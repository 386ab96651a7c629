"""The names of a list, and what may stand between two of them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from parsers.countries import country_named, country_of_demonym
from parsers.lists.words import bodies_in, told
from parsers.page import Span

# Fewer names in a row are a mention of states, not a list of members.
LEAST = 5


class Item(NamedTuple):
    """One name of a list: its code (None for a name no table knows), the name, its span, the day or year beside it.

    `body` tells that it is a body, under its English name; `role` is what the page says that it is beside the name.
    """

    code: str | None
    name: str
    span: Span
    since: str | None = None
    body: bool = False
    role: str | None = None


class StateList(NamedTuple):
    """One list: its items in order, and the words that lead up to it (its sentence, or what stands above it).

    `near` is the last sentence or heading of these words. `lines` says that the names stand in lines of their own,
    `rows` that most lines say more: a table of contacts may look so, and a table of chairs.
    """

    items: tuple[Item, ...]
    lead: str
    near: str
    block: int
    last_block: int
    lines: bool = False
    rows: bool = False

    @property
    def states(self) -> tuple[Item, ...]:
        """The items that are states, or may be."""
        return tuple(item for item in self.items if not item.body)


# What may stand between two names of one list.
_GLUE = re.compile(
    r"^(?:[\s,;،؛|•·*†‡+?.&/–—-]|\([^()]{0,60}\)|\[\d+\]|(?:\d{1,2}\s(?i:[a-zà-ÿ]{3,9})\.?\s)?\d{4}\*?|\d{1,2}\.|and|et|und|y|e|i|и|a|o(?=\s)|en|og|och|و"
    r"|as well as|ainsi que|sowie|además de|bem como|nonché|а также|oraz"
    r"|the|la|le|les|los|las|el|l['’]|os|as|der|die|das|den|il|gli|lo|with|also|plus|both|in addition|including|all|all the"
    r"|(?:Country )?(?:Date|Year)|since|depuis|seit)*$",
    re.IGNORECASE,
)
# What may follow a name inside the list: an aside, or the form of state turned behind the name.
_ASIDES = re.compile(r"\([^()]{0,60}\)|, (?:[A-Z]\w+ ){1,3}of(?: the)?(?=[,;])")
# Bare names of two states. Of the Koreas one alone is a member anywhere; "Congo" is what one calls itself.
_KOREA = r"Korea|Corea|Corée|Coreia|Coréia|Корея"
BARE = re.compile(rf"(?<![\w-])(?:(?P<korea>{_KOREA})|Congo|Kongo|Конго)(?![\w-])")
_LONGEST_GLUE = 160


@lru_cache(maxsize=2048)
def is_glue(text: str) -> bool:
    """True if *text* can stand between two names of one list, without the asides and the bodies that lists carry."""
    if len(text) >= _LONGEST_GLUE:
        return False
    bare = BARE.sub("", _ASIDES.sub("", text))
    if _GLUE.match(bare) is not None:
        return True
    for body in reversed(bodies_in(bare)):
        bare = bare[: body.start] + bare[body.end :]
    return _GLUE.match(bare) is not None


_SEPARATORS = re.compile(r"[,;،؛]|(?<!\w)(?:and|et|und|y|e|и|ed)(?!\w)")
_ARTICLE = re.compile(
    r"\s*(?:the\s|la\s|le\s|les\s|l['’]|los\s|las\s|el\s|os\s|as\s|o\s|a\s|der\s|die\s|das\s|il\s|gli\s|lo\s|i\s)?"
)


def names_between(text: str, start: int, end: int, i: int) -> list[Item] | None:
    """The names that stand between two of a list's and that `find_countries` does not find, each between separators of
    its own: "Belgium, Freedonia, Bulgaria", "Polen, die Portugiesen, Ungarn". None where anything else stands there."""
    cuts = [start, *(at for m in _SEPARATORS.finditer(text, start, end) for at in m.span()), end]
    pieces = list(zip(cuts[::2], cuts[1::2], strict=True))
    if len(pieces) < 3 or not (is_glue(text[slice(*pieces[0])]) and is_glue(text[slice(*pieces[-1])])):
        return None
    found: list[Item] = []
    for low, high in pieces[1:-1]:
        said = _ASIDES.sub(lambda m: " " * len(m.group()), text[low:high])
        article = _ARTICLE.match(said)
        at = low + (article.end() if article else 0)
        name = said[at - low :].rstrip()
        if not name:
            continue
        if is_glue(said):
            return None
        # "Islands", among "Kanadas" and "Norwegens".
        code = country_named(name) or country_of_demonym(name) or country_named(name.removesuffix("s"))
        if code is None and not looks_like_a_name(name):
            return None
        found.append(Item(code, name, Span(i, at, at + len(name))))
    return found


_MOST_WORDS = 5
_SMALL = frozenset(("of", "and", "the", "de", "du", "des", "la", "del", "da", "do", "und", "et", "y", "e"))
# A line under a name that is no name: an office, a day, an address.
_NO_NAME = re.compile(
    r"\d|\b(?:ministr|department|embassy|joined|since|member|founder|founding|website|link|more\b)", re.IGNORECASE
)


def looks_like_a_name(text: str) -> bool:
    """True if *text* is written as the name of a state is: a few words with capitals, no day, no office, no body."""
    words = re.findall(r"[^\W\d_][\w’'.-]*", text)
    return (
        0 < len(words) <= _MOST_WORDS
        and 3 <= len(text) <= 42
        and text[0].isupper()
        and re.fullmatch(r"[\w’' .&-]+", text) is not None
        and all(word[0].isupper() or word.lower() in _SMALL for word in words)
        and _NO_NAME.search(text) is None
        and not bodies_in(text)
        and not told(text).hits
    )
