"""Pages written for the benchmarks: a statement in the shape of a ministry's page, and as many that nobody has seen."""

from __future__ import annotations

import random

_PARTNERS = (
    "Argentina, Australia, Austria, Belgium, Brazil, Bulgaria, Canada, Czech Republic, Denmark, Finland, France, "
    "Germany, Greece, Hungary, Iceland, Ireland, Italy, Japan, Luxembourg, Netherlands, New Zealand, Norway, Poland, "
    "Portugal, Republic of Korea, Russian Federation, South Africa, Spain, Sweden, Switzerland, Turkey, Ukraine, "
    "United Kingdom and United States"
)
STATEMENT = (
    "The Missile Technology Control Regime (MTCR) held its 25th Plenary in Buenos Aires from 11 to 15 April 2011, "
    "with Ambassador Roberto García Moritán in the chair. Delegations looked back on a year of work and agreed on "
    "what the next one is to bring.",
    f"The 34 Partners of the MTCR are: {_PARTNERS}.",
    "Delegations spoke of the spread of systems that can deliver weapons of mass destruction, in Northeast Asia, in "
    "South Asia and in the Middle East, and were concerned about missile activities of Iran and of the Democratic "
    "People's Republic of Korea.",
    "They recalled UNSCR 1540 and United Nations Security Council Resolutions 1874 (2009) and 1929 (2010), which "
    "every state has to carry out, and spoke of how their own export controls serve that end.",
    "Much of the week was given to technology that changes fast. Delegations were told of materials that are new in "
    "the market, of engines that small firms now build, and of navigation that a telephone carries; what this means "
    "for the lists was left to those who know the matter.",
    "The Technical Experts Meeting (TEM) had prepared amendments to the Equipment, Software and Technology Annex, "
    "and Partners agreed on them. They clarify entries on propellants and on composite structures, and come into "
    "force when each government has taken them over.",
    "The Information Exchange Meeting (IEM) heard reports on procurement, on front companies and on routes through "
    "ports that ask few questions; brokers and the transit of goods took up a day of it.",
    "The Licensing and Enforcement Experts Meeting (LEEM) compared cases. Customs officers told of consignments that "
    "were stopped, of papers that did not fit the goods, and of what a prosecutor needs to bring a case to court.",
    "How knowledge travels without a crate was a theme again: students, visits, and files sent by mail. Delegations "
    "found that intangible transfers are best met by talking to those who teach and to those who sell.",
    "The outgoing chair had visited Belarus, China, India, Kazakhstan and Thailand in the year before, and told of "
    "each. Partners thanked him, and asked the next chair to go on with it.",
    "Governments that are not Partners were again invited to follow the Guidelines of their own accord, and to "
    "tell the Point of Contact in Paris when they do.",
    "No consensus was reached on the applications for membership that had been received. They stay on the table.",
    "The MTCR was founded in 1987. It is an informal arrangement among states which share the aim that unmanned "
    "delivery systems for such weapons do not spread, and which bring their licensing of exports into line for it. "
    "It neither hinders space programmes nor trade that serves no such end.",
)


def written_page() -> bytes:
    """A statement in the shape of a ministry's page: 28 KB, of which its text is about a fifth."""
    content = "".join(f'<p class="body-text">{text}</p>\n' for text in STATEMENT)

    def links(of: str, count: int) -> str:
        return "".join(
            f'<li class="menu-item menu-item--{of}"><a class="menu-link" href="/en/{of}/{n}"><span>{of} {n}</span></a></li>\n'
            for n in range(count)
        )

    menus = "".join(f'<div class="menu-column"><h4>{of}</h4><ul>{links(of, 24)}</ul></div>' for of in _MENUS)
    related = "".join(
        f'<div class="teaser"><a href="/en/news/{n}"><img src="/t/{n}.jpg" alt=""><h3>News item {n}</h3></a>'
        f"<p>What happened on day {n}, in one line.</p></div>\n"
        for n in range(12)
    )
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Plenary of the Missile Technology Control '
        'Regime, Buenos Aires</title><meta property="article:published_time" content="2011-04-15">'
        '<link rel="stylesheet" href="/site.css"><script>window.site = {"lang": "en"};</script></head><body>'
        f'<header class="site-header"><div class="logo"><a href="/">Ministry</a></div><nav>{menus}</nav></header>'
        '<div class="breadcrumb"><ul><li><a href="/">Home</a></li><li><a href="/press">Press</a></li></ul></div>'
        '<main id="content"><h1>Plenary of the Missile Technology Control Regime, Buenos Aires</h1>'
        f'{content}</main><aside class="related">{related}</aside>'
        f'<footer class="site-footer"><nav><ul>{links("footer", 30)}</ul></nav><p>Imprint</p></footer></body></html>'
    ).encode()


_MENUS = ("ministry", "policy", "travel", "service", "press", "careers", "about")


_STATES = (
    "Argentina", "Brazil", "Canada", "Chile", "Denmark", "Ecuador", "Finland", "Ghana", "Hungary", "Iceland", "Japan",
    "Kenya", "Latvia", "Mexico", "Norway", "Oman", "Peru", "Qatar", "Romania", "Senegal", "Togo", "Uruguay", "Viet Nam",
)  # fmt: skip
_CITIES = ("Oslo", "Lisbon", "Vienna", "Seoul", "Ottawa", "Madrid", "Helsinki", "Busan", "Rotterdam", "Dublin", "Paris")
_MONTHS = ("March", "April", "May", "June", "September", "October", "November")
_GIVEN = ("Ana", "Per", "Luis", "Mara", "Tomas", "Ingrid", "Yusuf", "Chloe", "Piotr", "Sanna", "Hugo", "Leila")
_FAMILY = ("Moritan", "Lindqvist", "Okafor", "Sorensen", "Kovacs", "Ferreira", "Nakata", "Brandt", "Olivares", "Duval")
_WHO = ("Partners", "Delegations", "Participants", "Members", "Governments", "Experts", "The Chair", "Several States")
_DID = (
    "welcomed", "noted", "discussed", "recalled", "reviewed", "stressed", "compared", "agreed to pursue", "supported",
    "expressed concern about", "called for", "underlined", "took stock of", "commended", "examined", "adopted",
)  # fmt: skip
# A fifth of the sentences of real statements name states.
_WHAT = (
    "the risks of {a} transfers for {b} {c}", "new controls on {a} and {b} {c}", "export licensing of {a} {c} by brokers",
    "changes to the {a} {c} list and its {b} annex", "{c} by those who broker {a} and {b} goods",
    "the role of {a} industry in {b} {c}", "awareness among those who teach {a} {c}", "the pace of {a} and {b} {c}",
    "how {a} {c} may be put to another use", "what customs officers report of {a} {c}",
    "guidance to exporters of {a} {c}", "the outcome of the {c} meeting in {city}",
)  # fmt: skip
_WHAT_OF_STATES = (
    "missile activities of {state}", "progress made by {state} and {other}", "outreach to {state}, {other} and {third}",
    "the application of {state}", "Security Council resolution {number}", "the work of {person} of {state}",
)  # fmt: skip
_WHEN = (
    "as a matter that calls for further exchange among licensing officers", "in {month} {year}",
    "at the meeting in {city}", "since the last Plenary", "as in {year}", "for the third time", "before the end of {year}",
    "with a view to the next review of the {a} guidelines", "and invited experts to come back to {b} {c} in a year",
)  # fmt: skip
_WORDS = (
    "intangible", "catalytic", "acoustic", "dual-use", "ceramic", "turbine", "propellant", "guidance",
    "composite", "maritime", "transit", "forensic", "procurement", "enforcement", "navigation", "telemetry",
    "additive", "manufacturing", "software", "technology", "equipment", "systems", "materials", "engines",
    "goods", "components", "exports", "practices", "standards", "guidelines", "measures", "exchanges", "cases",
    "catch-all",
)  # fmt: skip


def unseen_page(seed: int) -> bytes:
    """A page of 35 to 45 KB that no other seed gives: a statement of new sentences in a site's furniture of its own."""
    chance = random.Random(seed)

    def filled(template: str) -> str:
        state, other, third = chance.sample(_STATES, 3)
        a, b, c = chance.sample(_WORDS, 3)
        return template.format(
            a=a, b=b, c=c, state=state, other=other, third=third, city=chance.choice(_CITIES),
            month=chance.choice(_MONTHS), year=chance.randrange(1990, 2026), number=chance.randrange(1300, 2800),
            person=f"{chance.choice(_GIVEN)} {chance.choice(_FAMILY)}",
        )  # fmt: skip

    def sentence() -> str:
        what = chance.choice(_WHAT_OF_STATES if chance.random() < 0.2 else _WHAT)
        parts = (chance.choice(_WHO), chance.choice(_DID), what, chance.choice(_WHEN))
        more = f", and {chance.choice(_DID)} {chance.choice(_WHAT)}" if chance.random() < 0.5 else ""
        return filled(" ".join(parts) + more + ".")

    number, year, city = chance.randrange(10, 40), chance.randrange(1995, 2026), chance.choice(_CITIES)
    state, day, month = chance.choice(_STATES), chance.randrange(1, 24), chance.choice(_MONTHS)
    title = f"Plenary of the Missile Technology Control Regime, {city}"
    opening = (
        f"The Missile Technology Control Regime (MTCR) held its {number}th Plenary in {city} from {day} to {day + 4} "
        f"{month} {year}, chaired by Ambassador {chance.choice(_GIVEN)} {chance.choice(_FAMILY)} of {state}."
    )
    paragraphs = [opening] + [" ".join(sentence() for _ in range(chance.randrange(1, 4))) for _ in range(14)]
    paragraphs.insert(chance.randrange(3, 9), f"The Partners are: {', '.join(sorted(chance.sample(_STATES, 18)))}.")
    mark = f"{chance.choice(_WORDS)}-{seed}"

    def menu(of: str, count: int) -> str:
        items = (
            f'<li class="{mark}__item {mark}__item--{n}"><a href="/{mark}/{of}/{n}" class="{mark}__link" data-track="{of}-{n}">'
            f"<span>{chance.choice(_WORDS)} {chance.choice(_WORDS)}</span></a></li>\n"
            for n in range(count)
        )
        return f'<nav class="{mark}__nav" aria-label="{of}"><ul>{"".join(items)}</ul></nav>'

    teasers = "".join(
        f'<article class="{mark}__teaser"><a href="/{mark}/{n}"><img src="/{mark}/{n}.jpg" alt=""><h3>{sentence()}</h3></a></article>\n'
        for n in range(10)
    )
    body = "".join(f'<p class="{mark}__text">{paragraph}</p>\n' for paragraph in paragraphs)
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title} | {mark}</title>'
        f'<link rel="stylesheet" href="/{mark}.css"><script>window.page = {{"id": {seed}}};</script></head><body>'
        f"<header>{menu('main', 90)}</header><main><h1>{title}</h1>{body}</main>"
        f"<aside>{teasers}</aside><footer>{menu('footer', 60)}<p>Imprint</p></footer></body></html>"
    ).encode()
