"""Lists of members in every shape of page, apart from adherents, observers, hosts, founders and the visited."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from parsers.fields import adherents, members, observers
from parsers.page import Page
from parsers.read import read_document
from parsers.regime import RegimeProfile
from tests.builders.pages import AG, HCOC, MTCR, NSG, WA, ZC, a_page


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
C35 = [
    "AR",
    "AU",
    "AT",
    "BE",
    "BG",
    "BR",
    "CA",
    "CZ",
    "DK",
    "FI",
    "FR",
    "DE",
    "GR",
    "HU",
    "IS",
    "IN",
    "IE",
    "IT",
    "JP",
    "LU",
    "NL",
    "NZ",
    "NO",
    "PL",
    "PT",
    "KR",
    "RU",
    "ZA",
    "ES",
    "SE",
    "CH",
    "TR",
    "UA",
    "GB",
    "US",
]
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
case(
    "adh beside a wish",
    a_page("Partners encouraged all States to adhere, and welcomed Estonia and Latvia that had declared adherence."),
    [],
    adh=["EE", "LV"],
)
case("adh declaration", a_page("Partners welcomed Kazakhstan's declaration of adherence."), [], adh=["KZ"])
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
DE = [
    "Argentinien",
    "Australien",
    "Belgien",
    "Brasilien",
    "Bulgarien",
    "Dänemark",
    "Deutschland",
    "Finnland",
    "Frankreich",
    "Griechenland",
    "Irland",
    "Island",
    "Italien",
    "Japan",
    "Kanada",
    "Luxemburg",
    "Neuseeland",
    "Niederlande",
    "Norwegen",
    "Österreich",
    "Polen",
    "Portugal",
    "Russland",
    "Schweden",
    "Schweiz",
    "Spanien",
    "Tschechien",
    "Türkei",
    "Ukraine",
    "Ungarn",
    "Republik Korea",
    "Vereinigtes Königreich",
    "Vereinigte Staaten",
    "Südafrika",
]
cDE = [
    "AR",
    "AU",
    "BE",
    "BR",
    "BG",
    "DK",
    "DE",
    "FI",
    "FR",
    "GR",
    "IE",
    "IS",
    "IT",
    "JP",
    "CA",
    "LU",
    "NZ",
    "NL",
    "NO",
    "AT",
    "PL",
    "PT",
    "RU",
    "SE",
    "CH",
    "ES",
    "CZ",
    "TR",
    "UA",
    "HU",
    "KR",
    "GB",
    "US",
    "ZA",
]
case(
    "de faq",
    html(
        "<h1>FAQ</h1><h3>Wer sind die Mitglieder?</h3><p>Derzeit sind folgende Staaten Mitglied des MTCR: "
        + ", ".join(DE[:-1])
        + " und "
        + DE[-1]
        + ".</p><h3>Was ist das?</h3><p>Ein informelles Regime.</p>"
    ),
    cDE,
)
case("de ul", html("<h1>Mitgliedstaaten</h1><ul>" + "".join(f"<li>{x}</li>" for x in DE) + "</ul>"), cDE)
FR = "l’Afrique du Sud; l’Allemagne; l’Argentine; l’Australie; l’Autriche; la Belgique; le Brésil; le Canada; le Danemark; l’Espagne; les États-Unis; la Fédération de Russie; la Finlande; la France; la Grèce; la Hongrie; l’Inde; l’Irlande; l’Islande; l’Italie; le Japon; le Luxembourg; la Norvège; la Nouvelle-Zélande; les Pays-Bas; la Pologne; le Portugal; la République de Corée; la République tchèque; le Royaume-Uni; la Suède; la Suisse; la Turquie; l’Ukraine"
cFR = [
    "ZA",
    "DE",
    "AR",
    "AU",
    "AT",
    "BE",
    "BR",
    "CA",
    "DK",
    "ES",
    "US",
    "RU",
    "FI",
    "FR",
    "GR",
    "HU",
    "IN",
    "IE",
    "IS",
    "IT",
    "JP",
    "LU",
    "NO",
    "NZ",
    "NL",
    "PL",
    "PT",
    "KR",
    "CZ",
    "GB",
    "SE",
    "CH",
    "TR",
    "UA",
]
case(
    "fr faq",
    html(
        "<h1>Foire aux questions</h1><p>Quels sont les pays membres ? Les partenaires du régime sont : "
        + FR.replace(";", ",")
        + ".</p>"
    ),
    cFR,
)
case("fr semi", html("<p>Les États suivants y participent : " + FR + " et la Bulgarie.</p>"), [*cFR, "BG"])
RU = "Австралия, Австрия, Аргентина, Бельгия, Болгария, Бразилия, Великобритания, Венгрия, Германия, Греция, Дания, Индия, Ирландия, Исландия, Испания, Италия, Канада, Люксембург, Нидерланды, Новая Зеландия, Норвегия, Польша, Португалия, Республика Корея, Россия, США, Турция, Украина, Финляндия, Франция, Чехия, Швейцария, Швеция, ЮАР, Япония"
cRU = [
    "AU",
    "AT",
    "AR",
    "BE",
    "BG",
    "BR",
    "GB",
    "HU",
    "DE",
    "GR",
    "DK",
    "IN",
    "IE",
    "IS",
    "ES",
    "IT",
    "CA",
    "LU",
    "NL",
    "NZ",
    "NO",
    "PL",
    "PT",
    "KR",
    "RU",
    "US",
    "TR",
    "UA",
    "FI",
    "FR",
    "CZ",
    "CH",
    "SE",
    "ZA",
    "JP",
]
case("ru faq", html("<p>В РКРТ участвуют 35 государств: " + RU + ".</p>"), cRU)
case(
    "ru und", html("<p>Членами режима являются следующие страны: " + RU.replace(", Япония", " и Япония") + ".</p>"), cRU
)
ES = "Alemania, Argentina, Australia, Austria, Bélgica, Brasil, Bulgaria, Canadá, Corea del Sur, Dinamarca, España, Estados Unidos, Federación Rusa, Finlandia, Francia, Grecia, Hungría, India, Irlanda, Islandia, Italia, Japón, Luxemburgo, Noruega, Nueva Zelandia, Países Bajos, Polonia, Portugal, Reino Unido, República Checa, Sudáfrica, Suecia, Suiza, Turquía y Ucrania"
cES = [
    "DE",
    "AR",
    "AU",
    "AT",
    "BE",
    "BR",
    "BG",
    "CA",
    "KR",
    "DK",
    "ES",
    "US",
    "RU",
    "FI",
    "FR",
    "GR",
    "HU",
    "IN",
    "IE",
    "IS",
    "IT",
    "JP",
    "LU",
    "NO",
    "NZ",
    "NL",
    "PL",
    "PT",
    "GB",
    "CZ",
    "ZA",
    "SE",
    "CH",
    "TR",
    "UA",
]
case("es faq", html("<p>¿Qué países son miembros del MTCR?</p><p>" + ES + ".</p>"), cES)
case(
    "it",
    html(
        "<h2>Stati partecipanti</h2><p>Argentina, Australia, Austria, Belgio, Brasile, Bulgaria, Canada, Corea del Sud, Danimarca, Federazione Russa, Finlandia, Francia, Germania, Giappone, Grecia, India, Irlanda, Islanda, Italia, Lussemburgo, Norvegia, Nuova Zelanda, Paesi Bassi, Polonia, Portogallo, Regno Unito, Repubblica Ceca, Spagna, Stati Uniti d’America, Sudafrica, Svezia, Svizzera, Turchia, Ucraina e Ungheria.</p>"
    ),
    [
        "AR",
        "AU",
        "AT",
        "BE",
        "BR",
        "BG",
        "CA",
        "KR",
        "DK",
        "RU",
        "FI",
        "FR",
        "DE",
        "JP",
        "GR",
        "IN",
        "IE",
        "IS",
        "IT",
        "LU",
        "NO",
        "NZ",
        "NL",
        "PL",
        "PT",
        "GB",
        "CZ",
        "ES",
        "US",
        "ZA",
        "SE",
        "CH",
        "TR",
        "UA",
        "HU",
    ],
)
case(
    "pt",
    html(
        "<h2>Países-membros</h2><p>África do Sul, Alemanha, Argentina, Austrália, Áustria, Bélgica, Brasil, Bulgária, Canadá, Coreia do Sul, Dinamarca, Espanha, Estados Unidos da América, Finlândia, França, Grécia, Hungria, Índia, Irlanda, Islândia, Itália, Japão, Luxemburgo, Noruega, Nova Zelândia, Países Baixos, Polônia, Portugal, Reino Unido, República Tcheca, Rússia, Suécia, Suíça, Turquia e Ucrânia.</p>"
    ),
    [
        "ZA",
        "DE",
        "AR",
        "AU",
        "AT",
        "BE",
        "BR",
        "BG",
        "CA",
        "KR",
        "DK",
        "ES",
        "US",
        "FI",
        "FR",
        "GR",
        "HU",
        "IN",
        "IE",
        "IS",
        "IT",
        "JP",
        "LU",
        "NO",
        "NZ",
        "NL",
        "PL",
        "PT",
        "GB",
        "CZ",
        "RU",
        "SE",
        "CH",
        "TR",
        "UA",
    ],
)
case(
    "cards",
    html(
        "<h1>Partners</h1>"
        + "".join(
            f"<div class=card><img src=x alt='Flag of {n}'><h4>{n}</h4><p>Partner since {1987 + i}</p><a href=/{i}>Read more</a></div>"
            for i, n in enumerate(NAMES)
        )
    ),
    C35,
    since=("AU", "1988"),
)
case(
    "tabs",
    raw("Partners\n\nCountry\tYear\n" + "\n".join(f"{n}\t{1987 + i}" for i, n in enumerate(NAMES))),
    C35,
    since=("AU", "1988"),
)
case(
    "yearfirst",
    html(
        "<h1>Members by year of joining</h1><ul><li>1987: Canada, France, Germany, Italy, Japan, United Kingdom, United States</li><li>1989: Spain</li><li>1990: Australia, Belgium, Denmark, Luxembourg, Netherlands</li><li>1991: Austria, Finland, New Zealand, Norway, Sweden</li><li>1992: Greece, Ireland, Portugal, Switzerland</li></ul>"
    ),
    [
        "CA",
        "FR",
        "DE",
        "IT",
        "JP",
        "GB",
        "US",
        "ES",
        "AU",
        "BE",
        "DK",
        "LU",
        "NL",
        "AT",
        "FI",
        "NZ",
        "NO",
        "SE",
        "GR",
        "IE",
        "PT",
        "CH",
    ],
)
case(
    "yearfirst table",
    html(
        "<h1>Members</h1><table><tr><th>Joined</th><th>State</th></tr>"
        + "".join(f"<tr><td>{1987 + i}</td><td>{n}</td></tr>" for i, n in enumerate(NAMES))
        + "</table>"
    ),
    C35,
    since=("AU", "1988"),
)
case(
    "slash",
    html(
        "<h1>Subscribing States</h1><table>"
        + "".join(f"<tr><td>{n}</td><td>25/11/2002</td></tr>" for n in NAMES)
        + "</table>",
        HCOC,
    ),
    C35,
    since=("AR", "2002-11-25"),
)
case(
    "footnoted names",
    html(
        "<h1>Participating Governments</h1><ul>"
        + "".join(f"<li>{n}<sup>{i % 3 + 1}</sup></li>" for i, n in enumerate(NAMES))
        + "</ul><p><sup>1</sup> Depositary.</p>",
        NSG,
    ),
    C35,
)
case(
    "statement end",
    a_page(
        "The MTCR held its Plenary in Dublin.",
        "Partners reviewed outreach to China, Israel, Pakistan, Singapore, Malaysia and Thailand.",
        "They were concerned by Iran and North Korea.",
        "Note: the MTCR Partners are Argentina, Australia, Austria, Belgium, Brazil, Canada and Denmark.",
    ),
    ["AR", "AU", "AT", "BE", "BR", "CA", "DK"],
)
case(
    "delegation list",
    a_page(
        "Delegations from Chile, Israel, Malaysia, Mexico, Pakistan, Singapore and Thailand came to the technical outreach meeting."
    ),
    [],
)
case(
    "stmt by EU aligned",
    a_page(
        "Albania, Montenegro, North Macedonia, Serbia, Ukraine, Moldova and Georgia align themselves with this statement.",
        regime=HCOC,
    ),
    [],
)
case(
    "EU align full",
    a_page(
        "The candidate countries Türkiye, North Macedonia, Montenegro, Serbia, Albania, Ukraine, Moldova, Bosnia and Herzegovina and Georgia, and the EFTA countries Iceland, Liechtenstein and Norway, members of the European Economic Area, align themselves with this statement.",
        regime=HCOC,
    ),
    [],
    [],
)
case(
    "and with link text",
    html(
        "<p>Members of the <a>Zangger Committee</a> are: <a>Argentina</a>, <a>Australia</a>, <a>Austria</a>, <a>Belarus</a>, <a>Belgium</a>, <a>Bulgaria</a>, <a>Canada</a>, <a>China</a>.</p>",
        ZC,
    ),
    ["AR", "AU", "AT", "BY", "BE", "BG", "CA", "CN"],
)
case(
    "NSG p",
    html(
        "<h2>Participants</h2><p>ARGENTINA</p><p>AUSTRALIA</p><p>AUSTRIA</p><p>BELARUS</p><p>BELGIUM</p><p>BRAZIL</p><h2>Observers</h2><p>EUROPEAN COMMISSION</p><p>ZANGGER COMMITTEE CHAIR</p>",
        NSG,
    ),
    ["AR", "AU", "AT", "BY", "BE", "BR"],
    ["European Commission", "Chair of the Zangger Committee"],
)
case(
    "obs list",
    html(
        "<h2>Members</h2><ul>"
        + "".join(f"<li>{n}</li>" for n in NAMES)
        + "</ul><h2>Observers</h2><ul><li>European Commission</li><li>Chair of the Zangger Committee</li></ul>",
        NSG,
    ),
    C35,
    ["European Commission", "Chair of the Zangger Committee"],
)
case(
    "obs states list",
    html(
        "<h2>Members</h2><ul>"
        + "".join(f"<li>{n}</li>" for n in NAMES)
        + "</ul><h2>Observers</h2><ul><li>Croatia</li><li>European Commission</li></ul>",
        NSG,
    ),
    C35,
    ["European Commission", "Croatia"],
)
case(
    "resolutions votes",
    a_page(
        "In favour: Argentina, Australia, Austria, Belgium, Brazil, Canada, Chile, Denmark, Estonia, Finland, France, Germany, Greece.",
        regime=HCOC,
    ),
    [],
)
case(
    "news index",
    html(
        "<h1>News</h1>"
        + "".join(
            f"<h3>{n}</h3><p>The Chair visited in {2010 + i}. He met officials.</p>"
            for i, n in enumerate(
                ["Oman", "Chile", "Israel", "Pakistan", "Thailand", "China", "Malaysia", "Jordan", "Kazakhstan"]
            )
        )
    ),
    [],
)
case(
    "contacts",
    html(
        "<h1>National contacts</h1><ul>" + "".join(f"<li>{n}: export control office</li>" for n in NAMES) + "</ul>", WA
    ),
    [],
)
case(
    "nbsp",
    html(
        "<p>The Partners are:&nbsp;Argentina,&nbsp;Australia, Republic&nbsp;of&nbsp;Korea, New&nbsp;Zealand, United&nbsp;States.</p>"
    ),
    ["AR", "AU", "KR", "NZ", "US"],
)
case(
    "of which",
    a_page("The Regime has 8 Partners: Canada, France, Germany, Italy, Japan, the UK, the USA and Spain (since 1989)."),
    ["CA", "FR", "DE", "IT", "JP", "GB", "US", "ES"],
    since=("ES", "1989"),
)
case(
    "quoted eu",
    a_page(
        "The 24 participants are: Argentina, Australia, Austria, Belgium, the Commission of the European Communities, Canada, Denmark, Finland.",
        regime=AG,
    ),
    ["AR", "AU", "AT", "BE", "CA", "DK", "FI"],
    ["European Commission"],
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
