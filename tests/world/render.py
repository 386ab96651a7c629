"""A world as the pages of its regime's site, and of a ministry that copies statements."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from tests.world.history import Statement, World
from tests.world.states import CONCERNS, NAMES, RESOLUTIONS

REGIME = "Lisbon Drone Accord"
CONFIG = """
regime: lda
name: Lisbon Drone Accord
abbreviation: LDA
members_called: [Participating States]
expects: {members: {min: 5, max: 60}}
sources:
  - {id: press, kind: index, url: "BASE/press", follow: plenary, language: en}
  - {id: members, kind: members, url: "BASE/members", language: en}
  - {id: ministry, kind: index, url: "BASE/ministry", follow: plenary, language: en}
"""
_NEWS = (
    "The Chair visits three capitals in spring",
    "Preparations for the next plenary have begun",
    "Photographs of the handover are online",
    "A workshop for industry takes place in June",
    "New brochure: 34 questions on drones",
    "Point of contact has moved to another floor",
)
_FILLERS = (
    (
        "Delegations spoke about how licences are granted at home.",
        "Delegations spoke on how licences are given at home.",
    ),
    ("The mood of the meeting was good.", "The meeting went well throughout."),
    ("Experts will go on with their work between the sessions.", "Between the sessions experts continue their work."),
    ("The host was thanked for a warm welcome.", "Delegations gave thanks to the host for its kindness."),
)


def pages(world: World) -> dict[str, bytes]:
    """Every page of the morning by its path."""
    shown = {"/press": _index(world), "/members": _members(world), "/ministry": _ministry_index(world)}
    for ordinal, statement in world.statements.items():
        shown[path(world, ordinal)] = _page(world, title(statement), _paragraphs(statement))
    for ordinal, copy in world.mirrors.items():
        shown[f"/ministry/plenary-{ordinal}"] = _ministry(copy)
    return {where: html.encode() for where, html in shown.items()}


def redirects(world: World) -> dict[str, str]:
    """The addresses that statements had, and where they lead."""
    return {
        path(world, ordinal, move): path(world, ordinal)
        for ordinal, moves in world.moves.items()
        for move in range(moves)
    }


def path(world: World, ordinal: int, moves: int | None = None) -> str:
    """The address of a statement after so many moves, by default after all of them."""
    at = world.moves.get(ordinal, 0) if moves is None else moves
    return f"/press/{'archive-' * at}plenary-{ordinal}"


def title(statement: Statement) -> str:
    if statement.phrasing % 2:
        return f"Public Statement of the {_in_words(statement.ordinal).title()} Plenary Meeting, {statement.city}"
    return f"{_nth(statement.ordinal)} Plenary Meeting of the {REGIME}, {statement.city}, {_days(statement)}"


def _nth(number: int) -> str:
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


_UNITS = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_TENS = {2: ("twentieth", "twenty"), 3: ("thirtieth", "thirty"), 4: ("fortieth", "forty")}


def _in_words(number: int) -> str:
    """The ordinal of a number from 20 to 49 in words."""
    tens, unit = divmod(number, 10)
    return f"{_TENS[tens][1]}-{_UNITS[unit]}" if unit else _TENS[tens][0]


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _days(statement: Statement) -> str:
    start, end = statement.start, statement.end
    if start.month == end.month:
        return f"{start.day}-{_day(end)}" if statement.phrasing % 3 else f"{start.day} – {_day(end)}"
    return f"{start.day} {start:%B} to {_day(end)}" if start.year == end.year else f"{_day(start)} to {_day(end)}"


def _and(names: Iterable[str]) -> str:
    listed = list(names)
    return listed[0] if len(listed) == 1 else f"{', '.join(listed[:-1])} and {listed[-1]}"


def _the(name: str) -> str:
    return f"the {name}" if name.startswith(("United", "Republic", "Czech R", "Netherlands")) else name


def _paragraphs(statement: Statement) -> list[str]:
    """The statement in its phrasing: the same facts in one of three dresses."""
    s, way = statement, statement.phrasing % 3
    place = f"{s.city}, {_the(NAMES[s.country])}"
    days = f"from {s.start.day} {s.start:%B %Y} to {_day(s.end)}" if s.start.month != s.end.month else (
        f"from {s.start.day} to {_day(s.end)}"
    )  # fmt: skip
    text = [
        (
            f"The {REGIME} (LDA) held its {_nth(s.ordinal)} Plenary Meeting in {place}, {days}.",
            f"The {_in_words(s.ordinal)} Plenary Meeting of the {REGIME} (LDA) took place in {place}, {days}.",
            f"Participating States of the {REGIME} (LDA) met for their {_nth(s.ordinal)} Plenary in {place}, {days}.",
        )[way],
        (
            f"The meeting was chaired by {_the(NAMES[s.chair])}.",
            f"{_start(_the(NAMES[s.chair]))} chaired the meeting.",
            f"The Plenary was held under the chairmanship of {_the(NAMES[s.chair])}.",
        )[way],
    ]
    if s.admitted:
        names = _and(_the(NAMES[code]) for code in s.admitted)
        plural = "s" if len(s.admitted) > 1 else ""
        text.append(
            (
                f"The Plenary admitted {names} as new Participating State{plural}."
                if plural
                else f"The Plenary admitted {names} as a new Participating State.",
                f"It was decided to admit {names} to the {REGIME}.",
                f"Participating States agreed to admit {names} as member{plural}.",
            )[way]
        )
    text.append(
        (
            f"The LDA now has {s.count} Participating States.",
            f"There are {s.count} Participating States in the LDA.",
            f"With this, the number of Participating States is {s.count}.",
        )[way]
    )
    if s.resolutions:
        numbers = [str(n) if way == 1 else f"{n} ({RESOLUTIONS[n]})" for n in s.resolutions]
        word = "Resolutions" if len(numbers) > 1 else "Resolution"
        text.append(
            (
                f"They recalled UN Security Council {word} {_and(numbers)}.",
                f"Reference was made to UNSC {word.lower()} {_and(numbers)}.",
                f"The Plenary underlined the weight of United Nations Security Council {word.lower()} {_and(numbers)}.",
            )[way]
        )
    if s.concerns:
        names = _and(CONCERNS[code] for code in s.concerns)
        text.append(
            (
                f"They expressed concern over missile programmes in {names}.",
                f"Concern was expressed about missile activities in {names}.",
                f"Participating States remain concerned about missile programmes of {names}.",
            )[way]
        )
    for i, filler in enumerate(_FILLERS):
        text.append(filler[(s.wording >> i) & 1])
    return text


def _start(name: str) -> str:
    return name[0].upper() + name[1:]


def _index(world: World) -> str:
    links = [
        f'<a href="{path(world, ordinal)}">{title(statement)}</a>'
        for ordinal, statement in sorted(world.statements.items(), reverse=True)
    ]
    return _dressed(world, "Press releases", "<ul>" + "".join(f"<li>{link}</li>" for link in links) + "</ul>")


def _members(world: World) -> str:
    names = sorted(world.listed.values())
    if world.list_gone_for:
        return _dressed(world, "Participating States", "<p>The list could not be loaded.</p>")
    count = f"<p>The {REGIME} has {len(names)} Participating States.</p>"
    if world.design == 1:
        rows = "".join(f"<tr><td>{i}</td><td>{name}</td></tr>" for i, name in enumerate(names, 1))
        shown = f"<table><tr><th>No.</th><th>State</th></tr>{rows}</table>"
    elif world.design == 2:
        shown = f"<p>They are: {_and(_the(name) for name in names)}.</p>"
    elif world.design == 3:
        shown = '<div class="grid">' + "".join(f'<div class="card"><p>{name}</p></div>' for name in names) + "</div>"
    else:
        shown = "<ul>" + "".join(f"<li>{name}</li>" for name in names) + "</ul>"
    return _dressed(world, "Participating States", count + shown)


def _page(world: World, heading: str, paragraphs: list[str]) -> str:
    return _dressed(world, heading, "".join(f"<p>{text}</p>" for text in paragraphs))


def _dressed(world: World, heading: str, content: str) -> str:
    """The page in the site's look of the day, with its news, menus and counters."""
    news = "".join(f"<li><a href='/news/{i}'>{_NEWS[(world.news + i) % len(_NEWS)]}</a></li>" for i in range(3))
    head = f"<!doctype html><html lang='en'><head><meta charset='utf-8'><title>{heading} – LDA</title></head>"
    menu = "<ul><li><a href='/'>Home</a></li><li><a href='/members'>Participating States</a></li><li><a href='/press'>Press</a></li></ul>"
    visitors = 4000 + 17 * world.news
    if world.design == 1:
        return (
            f"{head}<body class='c{world.news}'><div id='top'><div class='menu'>{menu}</div></div>"
            f"<div class='wrap'><div class='content'><h1>{heading}</h1>{content}</div>"
            f"<div class='sidebar'><h3>News</h3><ul class='news'>{news}</ul></div></div>"
            f"<div id='footer'><p>Visitors: {visitors}</p></div></body></html>"
        )
    if world.design == 2:
        return (
            f"{head}<body><table width='100%'><tr><td colspan='2' class='menu'>{menu}</td></tr><tr>"
            f"<td class='left'><b>News</b><ul>{news}</ul></td><td class='main'><h1>{heading}</h1>{content}</td></tr>"
            f"<tr><td colspan='2'><small>You are visitor {visitors}</small></td></tr></table></body></html>"
        )
    if world.design == 3:
        return (
            f"{head}<body><div class='cookie-notice'><p>We use cookies. <button>Accept</button></p></div>"
            f"<header><nav>{menu}</nav></header><article class='post'><header><h2>{heading}</h2></header>{content}</article>"
            f"<aside><h4>Latest</h4><ul>{news}</ul></aside><footer>© LDA, {world.day.year}. Page built {world.day}.</footer></body></html>"
        )
    return (
        f"{head}<body><header><nav>{menu}</nav></header><main><h1>{heading}</h1>{content}</main>"
        f"<aside class='latest'><ul>{news}</ul></aside><footer><p>Last updated: {_day(world.day)}</p></footer></body></html>"
    )


def _ministry_index(world: World) -> str:
    links = [
        f'<li><a href="/ministry/plenary-{ordinal}">{title(copy)}</a></li>'
        for ordinal, copy in sorted(world.mirrors.items())
    ]
    listed = "".join(links) or "<li>No texts yet</li>"
    return f"<html lang='en'><head><title>Ministry: documents</title></head><body><main><h1>Documents</h1><ul>{listed}</ul></main></body></html>"


def _ministry(copy: Statement) -> str:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in _paragraphs(copy))
    return (
        f"<html lang='en'><head><title>{title(copy)}</title></head><body><div class='breadcrumb'>Home / Documents</div>"
        f"<main><h1>{title(copy)}</h1>{text}</main><footer>The Ministry</footer></body></html>"
    )
