"""Pages that repeat one thing many times, by a rule: what is written twice as long may take twice as long to read."""

from __future__ import annotations

import html
from collections.abc import Callable
from itertools import count

from tests.builders.hostile import pdf_of_one_page

_STATES = (
    "Argentina", "Australia", "Austria", "Belgium", "Brazil", "Bulgaria", "Canada", "Denmark", "Finland", "France",
    "Germany", "Greece", "Hungary", "Iceland", "India", "Ireland", "Italy", "Japan", "Norway", "Poland",
)  # fmt: skip
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October")
_PLACES = ("Oslo", "Paris", "Rotterdam", "Luxembourg", "Seoul", "Sochi", "Reykjavik", "Dublin", "Auckland", "Montreux")
_ORDINALS = ("first", "second", "third", "fourth", "twenty-fifth", "thirty-first", "1st", "22nd", "XXIII", "24th")
_CYRILLIC = ("Аргентина", "Австралия", "Австрия", "Бельгия", "Болгария", "Бразилия", "Венгрия", "Германия", "Греция")
_CHINESE = ("阿根廷", "澳大利亚", "奥地利", "比利时", "巴西", "保加利亚", "加拿大", "丹麦", "芬兰", "法国", "德国")
_ARABIC = ("الأرجنتين", "أستراليا", "النمسا", "بلجيكا", "البرازيل", "بلغاريا", "كندا", "الدنمارك", "فنلندا", "فرنسا")
_NUMBERS = ("one", "twenty", "thirty-five", "one hundred and", "two thousand", "thirty-four", "nine", "eleven")

_HELD = (
    "The Missile Technology Control Regime (MTCR) held its 25th Plenary in Oslo from 29 September to 3 October 2014."
)

Unit = Callable[[int], str]
Shape = Callable[[int], bytes]


def _filled(unit: Unit, size: int) -> str:
    """So many pieces of *unit*, numbered from 0, that they are about *size* bytes."""
    pieces: list[str] = []
    have = 0
    for number in count():
        piece = unit(number)
        pieces.append(piece)
        have += len(piece.encode())
        if have >= size:
            return "".join(pieces)
    raise AssertionError


def _around(content: str, title: str = "25th Plenary of the MTCR") -> bytes:
    head = f"<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>{title}</title></head><body><main>"
    return f"{head}<h1>{title}</h1><p>{_HELD}</p>{content}</main></body></html>".encode()


def _sentence(before: str, unit: Unit, after: str = ".") -> Shape:
    """One paragraph that goes on."""
    return lambda size: _around(f"<p>{before}{html.escape(_filled(unit, size))}{after}</p>")


def _markup(unit: Unit, before: str = "", after: str = "") -> Shape:
    """Tags that go on."""
    return lambda size: _around(before + _filled(unit, size) + after)


def _nested(tag: str, text: str = "India ") -> Shape:
    """A tag in itself."""

    def page(size: int) -> bytes:
        depth = size // (2 * len(tag) + 5 + len(text))
        return _around(f"<{tag}>{text}" * depth + f"</{tag}>" * depth)

    return page


def _text(unit: Unit, before: str = _HELD + "\n\n") -> Shape:
    """Plain text."""
    return lambda size: (before + _filled(unit, size)).encode()


def _pdf(size: int) -> bytes:
    return pdf_of_one_page(_HELD + " The Partners welcomed Resolution 1540 and India. " * 20, max(1, size // 1_300))


def _of(names: tuple[str, ...], number: int) -> str:
    return names[number % len(names)]


def _state(number: int) -> str:
    return _of(_STATES, number)


def _some_states(number: int, many: int) -> str:
    """So many different states, by *number* written in as many figures, none of which comes again soon."""
    picked = [(number // len(_STATES) ** place + place * 7 + number) % len(_STATES) for place in range(many)]
    return " and ".join(dict.fromkeys(map(_state, picked)))


def _name(number: int) -> str:
    """A surname of its own for each number."""
    letters = ""
    while number:
        number, letter = divmod(number, 20)
        letters += "bcdfghjklmnprstvwxyz"[letter] + "aeiou"[letter % 5]
    return f"M{letters}on"


def _day(number: int) -> str:
    return f"{number % 28 + 1} {_of(_MONTHS, number)} {1990 + number % 30}"


SHAPES: dict[str, Shape] = {
    # resolutions
    "resolutions after one word": _sentence("They recalled UN Security Council Resolutions ", lambda n: "1540, "),
    "different resolutions": _sentence("They recalled UN Security Council Resolutions ", lambda n: f"{n % 2500 + 1}, "),
    "resolutions of years": _sentence("They recalled UNSCRs ", lambda n: f"{n % 2500 + 1} ({1990 + n % 30}), "),
    "resolutions joined by and": _sentence("UNSCR ", lambda n: f"{n % 2500 + 1} and "),
    "resolutions, each with its word": _sentence("", lambda n: f"UNSCR {n % 2500 + 1} and "),
    "resolution, the word alone": _sentence("", lambda n: "Security Council Resolution "),
    "resolutions of slashes": _sentence("", lambda n: f"S/RES/{n % 2500 + 1}({1990 + n % 30}); "),
    "resolutions, a paragraph each": _markup(lambda n: f"<p>They recalled UNSCR {n % 2500 + 1}.</p>"),
    # days
    "days": _sentence("They meet on ", lambda n: f"{_day(n)}, "),
    "days that go on": _sentence("They meet from ", lambda n: f"{n % 28 + 1} to "),
    "months": _sentence("They meet in ", lambda n: f"{_of(_MONTHS, n)} "),
    "days in figures": _sentence("", lambda n: f"{n % 28 + 1}.{n % 12 + 1}.{1990 + n % 30} - "),
    "years": _sentence("", lambda n: f"{1990 + n % 30} "),
    "days, a paragraph each": _markup(lambda n: f"<p>{_day(n)}</p>"),
    "the next plenary": _sentence("", lambda n: f"The next Plenary will be held in {_of(_PLACES, n)} in {2015 + n % 9}. "),
    # plenaries, ordinals and numbers
    "ordinals": _sentence("", lambda n: f"{_of(_ORDINALS, n)} "),
    "plenaries": _sentence("", lambda n: f"the {n % 40}th Plenary in {_of(_PLACES, n)}, "),
    "plenaries, a sentence each": _sentence("", lambda n: f"The MTCR held its {n % 40}th Plenary in {_of(_PLACES, n)}. "),
    "places": _sentence("It was held in ", lambda n: f"{_of(_PLACES, n)}, "),
    "number words": _sentence("There are ", lambda n: f"{_of(_NUMBERS, n)} "),
    "number words with hyphens": _sentence("There are ", lambda n: f"{_of(_NUMBERS, n)}-"),
    "counts of members": _sentence("", lambda n: f"The MTCR has {n % 60} members. "),
    "counts of members in one sentence": _sentence("The MTCR has ", lambda n: f"{n % 60} members and "),
    "digits": _sentence("", lambda n: "1234567890"),
    "digits in threes": _sentence("", lambda n: "123 "),
    # persons
    "ambassadors of states": _sentence("Ambassador ", lambda n: f"of {_state(n)} "),
    "ambassadors": _sentence("", lambda n: f"Ambassador Anna Example{n} of {_state(n)}, "),
    "many persons in the chair": _sentence("", lambda n: f"It was chaired by Ambassador Jan {_name(n)} of {_state(n)}. "),
    "many persons who leave the chair": _sentence(
        "", lambda n: f"The outgoing Chair, Ambassador Jan {_name(n)} of {_state(n)}, opened the meeting. "
    ),
    "chairs, and chairs to come": _sentence(
        "", lambda n: f"Ambassador Jan {_name(n)} {'chaired the Plenary' if n % 2 else 'will chair the next one'}. "
    ),
    "officers, a paragraph each": _markup(lambda n: f"<p>Chair: Ambassador Jan {_name(n)} ({_state(n)})</p>"),
    "titles": _sentence("", lambda n: "Ambassador Mr. Dr. Prof. "),
    "persons in the chair": _sentence("", lambda n: f"It was chaired by Ambassador Jan Example of {_state(n)}. "),
    "chair of the chair": _sentence("the ", lambda n: "Chair of the "),
    "chairs and vice-chairs": _sentence("", lambda n: f"{_state(n)} as Chair and {_state(n + 1)} as Vice-Chair, "),
    "capitals": _sentence("", lambda n: "Name "),
    "capital letters": _sentence("", lambda n: "ABCDEF "),
    "initials": _sentence("Ambassador ", lambda n: f"{chr(65 + n % 26)}. "),
    "ministers, a paragraph each": _markup(lambda n: f"<p>Minister Anna Example of {_state(n)} chaired the meeting.</p>"),
    # states
    "states": _sentence("The members of the MTCR are ", lambda n: f"{_state(n)}, "),
    "states with semicolons": _sentence("The members of the MTCR are: ", lambda n: "India; "),
    "states joined by and": _sentence("They were concerned about ", lambda n: f"{_state(n)} and "),
    "a state without commas": _sentence("", lambda n: "India "),
    "abbreviated states": _sentence("", lambda n: "U.S.A. "),
    "states in parentheses": _sentence("", lambda n: f"{_state(n)} (since {1990 + n % 30}), "),
    "states in a list": _markup(lambda n: f"<li>{_state(n)}</li>", "<p>The members of the MTCR are:</p><ul>", "</ul>"),
    "states in a table": _markup(lambda n: f"<tr><td>{_state(n)}</td><td>{1990 + n % 30}</td></tr>", "<table>", "</table>"),
    "states, a line each": _markup(lambda n: f"{_state(n)}<br>", "<p>", "</p>"),
    "states, a paragraph each": _markup(lambda n: f"<p>{_state(n)}</p>", "<h2>Members</h2>"),
    "states in Russian": _sentence("Участниками РКРТ являются ", lambda n: f"{_of(_CYRILLIC, n)}, "),
    "states in Chinese": _sentence("成员国包括", lambda n: f"{_of(_CHINESE, n)}、"),
    "states in Arabic": _sentence("الدول الأعضاء ", lambda n: f"{_of(_ARABIC, n)}، "),
    "Cyrillic letters": _sentence("", lambda n: "заседание "),
    "Chinese letters": _sentence("", lambda n: "会议"),
    "admissions": _sentence("", lambda n: f"The Plenary welcomed {_state(n)} as a new member. "),
    "admissions in one sentence": _sentence("The Plenary admitted ", lambda n: f"{_state(n)} as a member and "),
    "admissions of pairs of states": _sentence(
        "", lambda n: f"The Plenary welcomed {_some_states(n, 2)} as new members. "
    ),
    "admissions of four states": _sentence("", lambda n: f"The Plenary admitted {_some_states(n, 4)} as new members. "),
    "decisions on membership of all kinds": _sentence(
        "", lambda n: f"{_some_states(n, 3)} {('applied for membership', 'were admitted', 'withdrew')[n % 3]}. "
    ),
    "applications": _sentence("", lambda n: f"{_state(n)} applied for membership and no consensus was reached. "),
    "adherents": _sentence("", lambda n: f"{_state(n)} is an adherent to the Guidelines. "),
    "observers": _sentence("Observers: ", lambda n: f"{_state(n)} took part as an observer, "),
    "concerns": _sentence("", lambda n: f"They expressed concern about missile activities of {_state(n)}. "),
    "concerns in one sentence": _sentence("They expressed concern ", lambda n: f"about activities of {_state(n)}, "),
    "outreach": _sentence("", lambda n: f"The Chair visited {_state(n)} for outreach in {1990 + n % 30}. "),
    "outreach to pairs of states": _sentence("", lambda n: f"The Chair visited {_some_states(n, 2)} for outreach. "),
    "outreach to four states": _sentence("", lambda n: f"The Chair did outreach to {_some_states(n, 4)}. "),
    "outreach, by whom in turns": _sentence(
        "", lambda n: f"The {('outgoing', 'incoming', 'MTCR')[n % 3]} Chair did outreach to {_some_states(n, 3)}. "
    ),
    "states that were visited": _sentence("", lambda n: f"{_state(n)}, ", " and Peru were visited for outreach."),
    "states after a visit": _sentence("The Chair did outreach to Oman while ", lambda n: f"it thanked {_state(n)}, "),
    "notes left open before outreach": _sentence("", lambda n: "India (in part, ", " and Peru were visited for outreach."),
    "auxiliary verbs": _sentence("India ", lambda n: "has had ", " and Peru were visited for outreach."),
    "outreach in one sentence": _sentence("Outreach visits were paid to ", lambda n: f"{_state(n)}, to "),
    "meetings": _sentence("", lambda n: "the Technical Experts Meeting (TEM), "),
    "meetings of two kinds": _sentence("", lambda n: "the Working Group, the Licensing and Enforcement Experts Meeting, "),
    "meetings, a paragraph each": _markup(lambda n: "<p>They met in the Technical Experts Meeting (TEM).</p>"),
    "decisions": _sentence("", lambda n: "They adopted amendments to the Annex, "),
    "the regime's name": _sentence("", lambda n: "Missile Technology Control Regime (MTCR) "),
    # punctuation and wording
    "parentheses in parentheses": lambda size: _around(f"<p>{'(India ' * (size // 8)}{')' * (size // 8)}</p>"),
    "open parentheses": _sentence("", lambda n: "(India, "),
    "open quotes": _sentence("", lambda n: "“India "),
    "quotes": _sentence("", lambda n: '"India" "'),
    "apostrophes": _sentence("", lambda n: "'India's "),
    "commas": _sentence("", lambda n: ", "),
    "and and and": _sentence("", lambda n: "and "),
    "of the": _sentence("", lambda n: "of the "),
    "hyphens": _sentence("", lambda n: "India-"),
    "dashes": _sentence("", lambda n: "India – "),
    "colons": _sentence("", lambda n: "Members: "),
    "full stops": _sentence("", lambda n: ". "),
    "short sentences": _sentence("", lambda n: "It met. "),
    "one sentence": _sentence("", lambda n: "which was then said of the work that the group had done and "),
    "one word": _sentence("", lambda n: "abcdefghij"),
    "addresses of mail": _sentence("", lambda n: f"name{n}@example.org "),
    "addresses of pages": _sentence("", lambda n: f"https://www.example.org/{n}/page?id={n} "),
    "mail without an end": _sentence("", lambda n: "a.b-"),
    "footnote marks": _markup(lambda n: f"India<sup>{n % 99 + 1}</sup> ", "<p>", "</p>"),
    "footnotes": _markup(lambda n: f"<p>[{n + 1}] UNSCR {n % 2500 + 1}</p>"),
    "marks in brackets": _sentence("", lambda n: f"India [{n}] "),
    "bullets": _sentence("", lambda n: f"• {_state(n)} "),
    "numbered points": _sentence("", lambda n: f"({n}) {_state(n)} "),
    # markup
    "headings": _markup(lambda n: f"<h2>Members {n}</h2>"),
    "headings and paragraphs": _markup(lambda n: f"<h2>Members</h2><p>{_state(n)}, {_state(n + 1)}</p>"),
    "the same paragraph": _markup(lambda n: f"<p>{_HELD}</p>"),
    "paragraphs that differ": _markup(lambda n: f"<p>Point {n} of the agenda was dealt with.</p>"),
    "cells": _markup(lambda n: "<td>India</td>", "<table><tr>", "</tr></table>"),
    "lists in lists": _nested("ul", "<li>India"),
    "tags in tags": _nested("div"),
    "tables in tables": _nested("table", "<tr><td>India "),
    "words in words": _nested("b"),
    "words set apart": _markup(lambda n: "<b>India</b>, ", "<p>", "</p>"),
    "links": _markup(lambda n: f'<a href="/{n}">{_state(n)}</a>, ', "<p>", "</p>"),
    "links, a list of them": _markup(lambda n: f'<li><a href="/{n}">{_state(n)}</a></li>', "<ul>", "</ul>"),
    "links, and a part that says it is the content": _markup(
        lambda n: f'<a href="/{n}">{_state(n)}</a>, ', "<article>", "</article>"
    ),
    "buttons in headings": _markup(lambda n: f"<h2><button>{_state(n)}</button></h2><h3><button>{n}</button></h3>"),
    "parts with names": _markup(lambda n: f'<div class="c{n}">{_state(n)}</div><section id="s{n}">India</section>'),
    "parts beside the content": _markup(lambda n: "<nav>India</nav><footer>Oslo</footer><aside>Peru</aside>"),
    "entities": _markup(lambda n: "&amp;&eacute;&#8217;", "<p>", "</p>"),
    "paragraphs left open": _markup(lambda n: "<p>India "),
    "words left open": _markup(lambda n: "<b>India "),
    "attributes": _markup(lambda n: f' data-a{n}="India"', "<p", ">India</p>"),
    "classes": _markup(lambda n: f"c{n} ", '<p class="', '">India</p>'),
    "comments": _markup(lambda n: "<!-- India -->", "<p>", "</p>"),
    "comments left open": _markup(lambda n: "<!-- India "),
    "scripts": _markup(lambda n: "<script>var india = 1;</script>"),
    "lines broken": _markup(lambda n: "<br>", "<p>India", "</p>"),
    "lines of words": _markup(lambda n: f"Chair: {_state(n)}<br>", "<p>", "</p>"),
    "metas": _markup(lambda n: f'<meta name="date" content="{_day(n)}">'),
    "angle brackets": _markup(lambda n: "< "),
    "blanks": _markup(lambda n: " ", "<p>India", "India</p>"),
    "blanks that do not break": _sentence("India", lambda n: "\u00a0"),
    "tabs": _sentence("India", lambda n: "\t"),
    # plain text and PDF
    "text: lines": _text(lambda n: f"{_state(n)}\n"),
    "text: empty lines": _text(lambda n: "\n"),
    "text: one line": _text(lambda n: f"{_state(n)}, "),
    "text: paragraphs": _text(lambda n: f"Resolution {n % 2500 + 1} was recalled.\n\n"),
    "text: lines indented": _text(lambda n: f"    {_state(n)}   {1990 + n % 30}\n"),
    "text: bullets": _text(lambda n: f"- {_state(n)}\n"),
    "text: numbered lines": _text(lambda n: f"{n}. {_state(n)}\n"),
    "text: signs under words": _text(lambda n: "Members\n=======\n"),
    "text: bars": _text(lambda n: f"| {_state(n)} | {1990 + n % 30} |\n"),
    "text: words cut": _text(lambda n: "mem-\nbers "),
    "text: marks that pair": _text(lambda n: "*India _"),
    "text: links": _text(lambda n: f"[{_state(n)}](/{n}) "),
    "text: open brackets": _text(lambda n: "["),
    "PDF: pages": _pdf,
}  # fmt: skip
