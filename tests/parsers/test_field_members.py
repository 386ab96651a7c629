"""Lists of members in every shape of page, apart from adherents, observers, hosts, founders and the visited."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from parsers.fields import adherents, members, observers
from parsers.page import Page
from parsers.read import read_document
from parsers.regime import RegimeProfile
from tests.builders.pages import AG, HCOC, MTCR, NSG, WA, a_page


@dataclass(frozen=True)
class Case:
    name: str
    page: Page
    members: list[str | None]
    observers: list[str]
    adherents: list[str]
    since: tuple[str, str] | None


CASES: list[Case] = []


def case(
    name: str,
    page: Page,
    codes: list[str | None] | list[str],
    obs: list[str] | None = None,
    adh: list[str] | None = None,
    since: tuple[str, str] | None = None,
) -> None:
    CASES.append(Case(name, page, list(codes), obs or [], adh or [], since))


def html(body: str, regime: RegimeProfile = MTCR, url: str | None = None) -> Page:
    page = (
        "<html><head><title>T</title></head><body><nav><a href=/>Home</a><a href=/c>Contact</a></nav>"
        f"<main>{body}</main><footer>Copyright 2020</footer></body></html>"
    )
    return Page(read_document(page.encode(), url=url), regime, url)


def raw(text: str, regime: RegimeProfile = MTCR, url: str | None = None) -> Page:
    return Page(read_document(text.encode(), url=url), regime, url)


M35 = "Argentina, Australia, Austria, Belgium, Bulgaria, Brazil, Canada, Czech Republic, Denmark, Finland, France, Germany, Greece, Hungary, Iceland, India, Ireland, Italy, Japan, Luxembourg, Netherlands, New Zealand, Norway, Poland, Portugal, Republic of Korea, Russian Federation, South Africa, Spain, Sweden, Switzerland, Turkey, Ukraine, United Kingdom, United States"
C35 = ["AR", "AU", "AT", "BE", "BG", "BR", "CA", "CZ", "DK", "FI", "FR", "DE", "GR", "HU", "IS", "IN", "IE", "IT", "JP", "LU", "NL", "NZ", "NO", "PL", "PT", "KR", "RU", "ZA", "ES", "SE", "CH", "TR", "UA", "GB", "US"]
NAMES = M35.split(", ")
case("inline", a_page("The Partners of the MTCR are: " + M35 + "."), C35)
case(
    "oxford",
    a_page(
        "The members of the Regime are " + M35.replace(", United States", ", and the United States of America") + "."
    ),
    C35,
)
case(
    "semi",
    a_page("Members: " + "; ".join(f"{n} ({1987 + i})" for i, n in enumerate(NAMES)) + "."),
    C35,
    since=("AR", "1987"),
)
case(
    "bullets md",
    raw("# MTCR Partners\n\n" + "\n".join(f"- {n}({1987 + i})" for i, n in enumerate(NAMES))),
    C35,
    since=("AR", "1987"),
)
case("lines", raw("MTCR Partners\n\n" + "\n".join(NAMES) + "\n\nContact us"), C35)
case(
    "lines2",
    raw("MTCR Partners\n\n" + "\n\n".join(f"{n} {1987 + i}" for i, n in enumerate(NAMES)) + "\n\nContact us"),
    C35,
    since=("AU", "1988"),
)
case(
    "ul",
    html(
        "<h1>Partners</h1><p>The following countries participate in the MTCR.</p><ul>"
        + "".join(f"<li><a href='/{i}'>{n}</a></li>" for i, n in enumerate(NAMES))
        + "</ul>"
    ),
    C35,
)
case(
    "ul multi",
    html(
        "<h1>Members</h1>"
        + "".join("<ul>" + "".join(f"<li>{n}</li>" for n in NAMES[i : i + 7]) + "</ul>" for i in range(0, 35, 7))
    ),
    C35,
)
case(
    "table2",
    html(
        "<h1>MTCR Partners</h1><table><tr><th>Country</th><th>Date of joining</th></tr>"
        + "".join(f"<tr><td>{n}</td><td>{i % 28 + 1} May {1987 + i}</td></tr>" for i, n in enumerate(NAMES))
        + "</table>"
    ),
    C35,
    since=("AR", "1987-05-01"),
)
case(
    "table iso",
    html(
        "<h1>MTCR Partners</h1><table><tr><th>Country</th><th>Date</th></tr>"
        + "".join(f"<tr><td>{n}</td><td>1987-05-{i % 28 + 1:02}</td></tr>" for i, n in enumerate(NAMES))
        + "</table>"
    ),
    C35,
)
case(
    "table5",
    html(
        "<h1>MTCR Partners</h1><table>"
        + "".join("<tr>" + "".join(f"<td>{n}</td>" for n in NAMES[i : i + 5]) + "</tr>" for i in range(0, 35, 5))
        + "</table>"
    ),
    C35,
)
case(
    "table5 cells years",
    html(
        "<h1>Participating Governments</h1><table>"
        + "".join("<tr>" + "".join(f"<td>{n} (1994)</td>" for n in NAMES[i : i + 5]) + "</tr>" for i in range(0, 35, 5))
        + "</table>",
        NSG,
    ),
    C35,
    since=("US", "1994"),
)
case(
    "grid",
    html(
        "<h1>Our members</h1><div class=grid>"
        + "".join(f"<div><a href='/{i}'><img alt='{n} flag'><span>{n}</span></a></div>" for i, n in enumerate(NAMES))
        + "</div>"
    ),
    C35,
)
case("br", html("<h1>Participating States</h1><p>" + "<br>".join(NAMES) + "</p>", WA), C35)
case(
    "dl",
    html(
        "<h1>Members</h1><dl>"
        + "".join(f"<dt>{n}</dt><dd>Point of contact: Ministry of Foreign Affairs</dd>" for n in NAMES)
        + "</dl>"
    ),
    C35,
)
case(
    "table addr",
    html(
        "<h1>Members</h1><table><tr><th>State</th><th>Contact</th><th>Since</th></tr>"
        + "".join(f"<tr><td>{n}</td><td>Ministry of Foreign Affairs</td><td>1999</td></tr>" for n in NAMES)
        + "</table>"
    ),
    C35,
    since=("AR", "1999"),
)
case("numbered", raw("Members\n\n" + "\n".join(f"{i + 1}. {n}" for i, n in enumerate(NAMES))), C35)
case(
    "num table",
    html(
        "<h1>Members</h1><table><tr><th>No</th><th>State</th><th>Year</th></tr>"
        + "".join(f"<tr><td>{i + 1}</td><td>{n}</td><td>{1980 + i}</td></tr>" for i, n in enumerate(NAMES))
        + "</table>"
    ),
    C35,
    since=("AR", "1980"),
)
case(
    "eu obs",
    a_page(
        "The participants in the Australia Group are: Argentina, Australia, Austria, Belgium, Bulgaria, Canada, Croatia, Cyprus, Czech Republic, Denmark, Estonia, the European Union, Finland, France and Germany.",
        regime=AG,
    ),
    ["AR", "AU", "AT", "BE", "BG", "CA", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE"],
    ["European Union"],
)
case(
    "nsg obs",
    a_page(
        "The Participating Governments are Argentina, Australia, Austria, Belarus, Belgium, Brazil and Bulgaria. The European Commission and the Chair of the Zangger Committee participate as observers.",
        regime=NSG,
    ),
    ["AR", "AU", "AT", "BY", "BE", "BR", "BG"],
    ["European Commission", "Chair of the Zangger Committee"],
)
case(
    "footnote",
    a_page(
        "The 34 countries1 of the MTCR met.",
        "The text of the statement goes on for a while.",
        "1 Argentina, Australia, Austria, Belgium, Brazil, Canada, Denmark and Finland.",
    ),
    ["AR", "AU", "AT", "BE", "BR", "CA", "DK", "FI"],
)
case(
    "attending",
    a_page("Those attending were Australia, Belgium, Canada, France, Germany, Italy and Japan."),
    ["AU", "BE", "CA", "FR", "DE", "IT", "JP"],
)
case(
    "outreach only",
    a_page("The Chair conducted outreach visits to Belarus, China, India, Israel, Kazakhstan and Thailand."),
    [],
)
case(
    "signed embargo",
    a_page(
        "Security Council members that voted for it were China, France, Russia, the United Kingdom, the United States and Japan."
    ),
    [],
)
case(
    "two lists",
    a_page(
        "The Partners are Argentina, Australia, Austria, Belgium, Bulgaria and Brazil.",
        "Adherents to the Guidelines are Estonia, Kazakhstan, Latvia, Slovenia, Slovakia and Romania.",
    ),
    ["AR", "AU", "AT", "BE", "BG", "BR"],
    adh=["EE", "KZ", "LV", "SI", "SK", "RO"],
)
case(
    "adh heading",
    html(
        "<h1>MTCR</h1><h2>Partners</h2><ul>"
        + "".join(f"<li>{n}</li>" for n in NAMES)
        + "</ul><h2>Adherents</h2><ul><li>Estonia (2018)</li><li>Kazakhstan (2015)</li><li>Latvia (2020)</li></ul>"
    ),
    C35,
    adh=["EE", "KZ", "LV"],
)
case(
    "adh table",
    html(
        "<h1>Australia Group Adherents</h1><table><tr><th>Country</th><th>Year</th></tr><tr><td>Kazakhstan</td><td>2015</td></tr><tr><td>Chile</td><td>2023</td></tr></table>",
        AG,
    ),
    [],
    adh=["KZ", "CL"],
)
case("adh inline", a_page("The present adherents are Estonia, Kazakhstan and Latvia."), [], adh=["EE", "KZ", "LV"])
case("adh one", a_page("The Plenary recognised Kazakhstan's formal adherence to the Guidelines."), [], adh=["KZ"])
case(
    "adh verb",
    a_page("Partners welcomed the formal adherence of Latvia to the MTCR Guidelines and Annex."),
    [],
    adh=["LV"],
)
case(
    "adh would",
    a_page("Partners welcomed India's announcement that it intends to adhere unilaterally to the Guidelines."),
    [],
    adh=[],
)
case("adh three", a_page("Three countries are adherents: Estonia, Kazakhstan and Latvia."), [], adh=["EE", "KZ", "LV"])
case("adh became", a_page("Slovenia became an adherent in 2020."), [], adh=["SI"])
case(
    "unknown",
    raw("# Members\n\n- Argentina\n- Australia\n- Austria\n- Freedonia\n- Belgium\n- Bulgaria\n- Canada\n"),
    ["AR", "AU", "AT", None, "BE", "BG", "CA"],
)
case(
    "dup",
    raw("# Members\n\n- Argentina\n- Australia\n- Austria\n- Argentina\n- Belgium\n- Bulgaria\n- Canada\n"),
    ["AR", "AU", "AT", "BE", "BG", "CA"],
)
case(
    "de",
    raw(
        "Mitgliedstaaten des Regimes mit Beitrittsjahr: Argentinien (1993); Australien (1990); Belgien (1990); Brasilien (1995); Bulgarien (2004); Dänemark (1990); Deutschland (1987); Tschechien (1998); Türkei (1997)."
    ),
    ["AR", "AU", "BE", "BR", "BG", "DK", "DE", "CZ", "TR"],
    since=("DE", "1987"),
)
case(
    "fr",
    raw(
        "Les participants au Groupe Australie sont : l'Allemagne, l'Argentine, l'Australie, l'Autriche, la Belgique, la Bulgarie, le Canada, la République de Corée, la Croatie, le Danemark, l'Espagne, les États-Unis d'Amérique et les Pays-Bas, ainsi que la Commission européenne.",
        AG,
    ),
    ["DE", "AR", "AU", "AT", "BE", "BG", "CA", "KR", "HR", "DK", "ES", "US", "NL"],
    ["European Commission"],
)
case(
    "es",
    raw(
        "Los países miembros son: Alemania, Argentina, Australia, Austria, Bélgica, Bulgaria, Canadá, Dinamarca, España, Estados Unidos de América, Países Bajos, Reino Unido y República de Corea.",
        MTCR,
    ),
    ["DE", "AR", "AU", "AT", "BE", "BG", "CA", "DK", "ES", "US", "NL", "GB", "KR"],
)
case(
    "ru",
    raw(
        "Участниками РКРТ являются: Австралия, Австрия, Аргентина, Бельгия, Болгария, Бразилия, Великобритания, Венгрия, Германия, Греция, Республика Корея, Российская Федерация, США и Япония.",
        MTCR,
    ),
    ["AU", "AT", "AR", "BE", "BG", "BR", "GB", "HU", "DE", "GR", "KR", "RU", "US", "JP"],
)
case(
    "ru2",
    raw("Государства-участники\n\nАвстралия\nАвстрия\nАргентина\nБельгия\nБолгария\nБразилия\nВеликобритания\n", MTCR),
    ["AU", "AT", "AR", "BE", "BG", "BR", "GB"],
)
case(
    "pt",
    raw(
        "Os membros do regime são: África do Sul, Alemanha, Argentina, Austrália, Áustria, Bélgica, Brasil, Coreia do Sul, Estados Unidos, Países Baixos, Reino Unido e Rússia.",
        MTCR,
    ),
    ["ZA", "DE", "AR", "AU", "AT", "BE", "BR", "KR", "US", "NL", "GB", "RU"],
)
case(
    "it",
    raw(
        "I Paesi membri del regime sono: Argentina, Australia, Austria, Belgio, Brasile, Canada, Germania, Grecia, Paesi Bassi, Regno Unito, Repubblica Ceca, Stati Uniti e Svizzera.",
        MTCR,
    ),
    ["AR", "AU", "AT", "BE", "BR", "CA", "DE", "GR", "NL", "GB", "CZ", "US", "CH"],
)
case(
    "pl",
    raw(
        "Członkami reżimu są: Argentyna, Australia, Austria, Belgia, Bułgaria, Kanada, Niemcy, Polska, Hiszpania i Szwecja."
    ),
    ["AR", "AU", "AT", "BE", "BG", "CA", "DE", "PL", "ES", "SE"],
)
case(
    "stars",
    raw(
        "MTCR members\n\nArgentina*, Australia, Austria**, Belgium, Brazil*, Canada, Denmark†, Finland1, France2 and Germany.\n\n* joined later"
    ),
    ["AR", "AU", "AT", "BE", "BR", "CA", "DK", "FI", "FR", "DE"],
)
case(
    "caps",
    a_page(
        "PARTICIPATING STATES: ARGENTINA, AUSTRALIA, AUSTRIA, BELGIUM, THE CZECH REPUBLIC, THE NETHERLANDS AND THE UNITED STATES OF AMERICA.",
        regime=WA,
    ),
    ["AR", "AU", "AT", "BE", "CZ", "NL", "US"],
)
case(
    "note list",
    a_page(
        "* The Participating States of the Wassenaar Arrangement are: Argentina, Australia, Austria, Belgium, Bulgaria, Canada, Croatia, Czech Republic and Denmark.",
        regime=WA,
    ),
    ["AR", "AU", "AT", "BE", "BG", "CA", "HR", "CZ", "DK"],
)
case(
    "incl year list",
    a_page(
        "Since its founding by Canada, France, Germany, Italy, Japan, the United Kingdom and the United States in 1987, the MTCR has grown. Today its Partners are Argentina, Australia, Austria, Belgium, Brazil, Canada, Denmark and France."
    ),
    ["AR", "AU", "AT", "BE", "BR", "CA", "DK", "FR"],
)
case(
    "founders only",
    a_page(
        "The MTCR was founded in 1987 by Canada, France, Germany, Italy, Japan, the United Kingdom and the United States."
    ),
    [],
)
case(
    "with date cols",
    raw(
        "Country | Date of Participation\n\nArgentina | 1994\n\nAustralia | 1978\n\nAustria | 1991\n\nBelarus | 2000\n\nBelgium | 1978*\n\nBrazil | 1996",
        NSG,
        "https://www.nuclearsuppliersgroup.org/participants",
    ),
    ["AR", "AU", "AT", "BY", "BE", "BR"],
    since=("BE", "1978"),
)
case(
    "cells inline",
    raw(
        "Participants\n\nArgentina (1994)  Cyprus (2000)  Germany (1974)\nAustralia (1978)  Czech Republic (1978*)  Greece (1984)\nAustria (1991)  Denmark (1984)  Hungary (1985)",
        NSG,
    ),
    ["AR", "CY", "DE", "AU", "CZ", "GR", "AT", "DK", "HU"],
    since=("CZ", "1978"),
)
case(
    "regions",
    html(
        "<h1>Subscribing States</h1><h3>Africa</h3><ul><li>Benin</li><li>Burkina Faso</li><li>Burundi</li></ul><h3>Americas</h3><ul><li>Argentina</li><li>Canada</li><li>Chile</li></ul><h3>Asia</h3><ul><li>Afghanistan</li><li>Japan</li><li>Kazakhstan</li></ul>",
        HCOC,
    ),
    ["BJ", "BF", "BI", "AR", "CA", "CL", "AF", "JP", "KZ"],
)
case(
    "letters",
    html(
        "<h1>Subscribing States</h1><h3>A</h3><ul><li>Afghanistan</li><li>Albania</li></ul><h3>B</h3><ul><li>Benin</li><li>Bosnia and Herzegovina</li></ul><h3>C</h3><ul><li>Canada</li><li>Chile</li></ul>",
        HCOC,
    ),
    ["AF", "AL", "BJ", "BA", "CA", "CL"],
)
case(
    "accordion",
    html(
        "<h1>Participating States</h1>"
        + "".join(
            f"<details><summary>{n}</summary><p>Ministry of Foreign Affairs, Department for Export Control. Tel. +1 234. Email contact@example.org</p></details>"
            for n in NAMES
        ),
        WA,
    ),
    C35,
)
case(
    "h3s",
    html(
        "<h1>Participating States</h1>"
        + "".join(
            f"<div><h3>{n}</h3><p>Joined in 1996. The national authority is the Ministry of Trade.</p></div>"
            for n in NAMES
        ),
        WA,
    ),
    C35,
)
case(
    "wiki",
    html(
        "<p>The MTCR's members are:</p><table><tr><td><ul><li>Argentina (1993)</li><li>Australia (1990)</li><li>Austria (1991)</li></ul></td><td><ul><li>Belgium (1990)</li><li>Brazil (1995)</li><li>Bulgaria (2004)</li></ul></td></tr></table>"
    ),
    ["AR", "AU", "AT", "BE", "BR", "BG"],
    since=("BG", "2004"),
)
case(
    "prose with and the EU",
    a_page(
        "The Group's 43 members are Argentina, Australia, Austria, Belgium, Bulgaria and the European Union.", regime=AG
    ),
    ["AR", "AU", "AT", "BE", "BG"],
    ["European Union"],
)
case(
    "participants plural sentence",
    a_page(
        "Participants this time were Argentina, Australia, Austria, Belgium, Canada, Denmark and Finland, with Romania taking part for the first time.",
        regime=AG,
    ),
    ["AR", "AU", "AT", "BE", "CA", "DK", "FI", "RO"],
)
case(
    "MTCR chairs",
    html(
        "<h1>Chairs</h1><table><tr><td>2011</td><td>Argentina</td></tr><tr><td>2012</td><td>Germany</td></tr><tr><td>2013</td><td>Italy</td></tr><tr><td>2014</td><td>Norway</td></tr><tr><td>2015</td><td>Netherlands</td></tr><tr><td>2016</td><td>Republic of Korea</td></tr></table>"
    ),
    [],
)
case(
    "plenaries table",
    html(
        "<h1>Plenary meetings</h1><table><tr><td>Oslo, Norway</td><td>2014</td></tr><tr><td>Rotterdam, Netherlands</td><td>2015</td></tr><tr><td>Busan, Korea</td><td>2016</td></tr><tr><td>Dublin, Ireland</td><td>2017</td></tr><tr><td>Reykjavik, Iceland</td><td>2018</td></tr><tr><td>Auckland, New Zealand</td><td>2019</td></tr></table>"
    ),
    [],
)
case(
    "co-sponsors",
    a_page("The resolution was sponsored by Argentina, Australia, Austria, Belgium, Canada and Chile.", regime=HCOC),
    [],
)
case(
    "non members",
    a_page(
        "The Chair invited non-members to the seminar: Chile, Israel, Malaysia, Mexico, Pakistan, Singapore and Thailand."
    ),
    [],
)
case("observer state", a_page("The Plenary also welcomed Croatia as an observer.", regime=NSG), [], ["Croatia"])
case(
    "IAEA",
    a_page("The European Union and the International Atomic Energy Agency (IAEA) took part as observers.", regime=NSG),
    [],
    ["European Union", "International Atomic Energy Agency"],
)
case(
    "IAEA no",
    a_page("Participating Governments support the safeguards of the International Atomic Energy Agency.", regime=NSG),
    [],
    [],
)
case("EU sanction", a_page("The European Union adopted sanctions against Iran."), [], [])
case(
    "EC and ZC perm",
    a_page(
        "The NSG has 48 Participating Governments, with the European Commission and the Zangger Committee Chair as permanent observers.",
        regime=NSG,
    ),
    [],
    ["European Commission", "Chair of the Zangger Committee"],
)
case(
    "obs fr",
    raw("Les représentants de 40 pays et la Commission européenne se sont réunis à Paris.", AG),
    [],
    ["European Commission"],
)
case(
    "select",
    html(
        "<h1>Members</h1><p>35 states</p><ul>"
        + "".join(f"<li><strong>{n}</strong> – joined 1999</li>" for n in NAMES)
        + "</ul>"
    ),
    C35,
    since=("AR", "1999"),
)
case(
    "kommas lines",
    raw(
        "These countries are members of the Regime:\nArgentina, Australia, Austria, Belgium,\nBrazil, Canada, Denmark, Finland,\nFrance, Germany and Greece."
    ),
    ["AR", "AU", "AT", "BE", "BR", "CA", "DK", "FI", "FR", "DE", "GR"],
)
case(
    "paren list",
    a_page(
        "The MTCR has 10 members (Argentina, Australia, Austria, Belgium, Brazil, Canada, Denmark, Finland, France and Germany) and meets each year."
    ),
    ["AR", "AU", "AT", "BE", "BR", "CA", "DK", "FI", "FR", "DE"],
)
case(
    "since in row",
    raw(
        "# Members\n\n| Member | Joined |\n|---|---|\n"
        + "\n".join(f"| {n} | {1987 + i} |" for i, n in enumerate(NAMES))
    ),
    C35,
    since=("AU", "1988"),
)
case(
    "since date inline",
    raw(
        "# Participating States\n\nArgentina - 12 July 1996\n\nAustralia - 12 July 1996\n\nAustria - 12 July 1996\n\nBulgaria - 13 December 1996\n\nIndia - 8 December 2017\n\nMexico - 25 January 2012",
        WA,
    ),
    ["AR", "AU", "AT", "BG", "IN", "MX"],
    since=("IN", "2017-12-08"),
)
case(
    "table fulldate",
    html(
        "<h1>MTCR Partners</h1><table>"
        + "".join(f"<tr><td>{n}</td><td>{i % 28 + 1} May {1987 + i}</td></tr>" for i, n in enumerate(NAMES))
        + "</table>"
    ),
    C35,
    since=("AR", "1987-05-01"),
)
case(
    "table fulldate us",
    html(
        "<h1>Subscribing States</h1><table>"
        + "".join(f"<tr><td>{n}</td><td>25.11.2002</td></tr>" for i, n in enumerate(NAMES))
        + "</table>",
        HCOC,
    ),
    C35,
    since=("AR", "2002-11-25"),
)


@pytest.mark.parametrize("given", CASES, ids=lambda given: given.name)
def test_a_page_lists_these_members(given: Case) -> None:
    found = members.read(given.page)
    assert [item.value.country for item in found] == given.members
    for item in found:
        span = item.spans[0]
        assert given.page.blocks[span.block].text[span.start : span.end] == item.value.name


@pytest.mark.parametrize("given", CASES, ids=lambda given: given.name)
def test_a_page_names_these_observers(given: Case) -> None:
    assert [item.value.name for item in observers.read(given.page)] == given.observers


@pytest.mark.parametrize("given", CASES, ids=lambda given: given.name)
def test_a_page_names_these_adherents(given: Case) -> None:
    assert [item.value.country for item in adherents.read(given.page)] == given.adherents


@pytest.mark.parametrize("given", [case for case in CASES if case.since], ids=lambda given: given.name)
def test_the_day_or_year_beside_a_name_is_that_of_joining(given: Case) -> None:
    since = {item.value.country: item.value.since for item in members.read(given.page)}
    assert given.since is not None
    code, day = given.since
    assert since[code] == day


def test_a_state_listed_twice_has_two_spans() -> None:
    page = raw("# Members\n\n- Argentina\n- Australia\n- Austria\n- Argentina\n- Belgium\n- Bulgaria\n")
    found = members.read(page)
    assert [len(item.spans) for item in found] == [2, 1, 1, 1, 1]


def test_the_order_of_a_list_does_not_change_who_is_in_it() -> None:
    forward = members.read(a_page("The Partners are " + ", ".join(NAMES) + "."))
    backward = members.read(a_page("The Partners are " + ", ".join(reversed(NAMES)) + "."))
    assert [item.value.country for item in forward] == [item.value.country for item in reversed(backward)]
