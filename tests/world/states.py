"""The states, cities, resolutions and concerns of which invented histories are made."""

from __future__ import annotations

# Code, English name, and the name under which the state may be listed later.
STATES: tuple[tuple[str, str, str], ...] = (
    ("AR", "Argentina", ""), ("AU", "Australia", ""), ("AT", "Austria", ""), ("BE", "Belgium", ""),
    ("BR", "Brazil", ""), ("CA", "Canada", ""), ("CL", "Chile", ""), ("CZ", "Czech Republic", "Czechia"),
    ("DK", "Denmark", ""), ("EE", "Estonia", ""), ("FI", "Finland", ""), ("FR", "France", ""),
    ("DE", "Germany", ""), ("GR", "Greece", ""), ("GN", "Guinea", ""), ("HU", "Hungary", ""), ("IN", "India", ""),
    ("IE", "Ireland", ""), ("IT", "Italy", ""), ("JP", "Japan", ""), ("KR", "Republic of Korea", ""),
    ("LV", "Latvia", ""), ("MX", "Mexico", ""), ("NL", "Netherlands", ""), ("NZ", "New Zealand", ""),
    ("NE", "Niger", ""), ("NG", "Nigeria", ""), ("NO", "Norway", ""), ("PL", "Poland", ""), ("PT", "Portugal", ""),
    ("SZ", "Swaziland", "Eswatini"), ("ZA", "South Africa", ""), ("ES", "Spain", ""), ("SE", "Sweden", ""),
    ("CH", "Switzerland", ""), ("TR", "Turkey", "Türkiye"), ("UA", "Ukraine", ""), ("GB", "United Kingdom", ""),
    ("US", "United States of America", ""), ("MK", "North Macedonia", ""),
)  # fmt: skip
NAMES = {code: name for code, name, _ in STATES}
RENAMED = {code: later for code, _, later in STATES if later}
CITIES = (
    ("Buenos Aires", "AR"), ("Sydney", "AU"), ("Vienna", "AT"), ("Brussels", "BE"), ("Ottawa", "CA"),
    ("Copenhagen", "DK"), ("Helsinki", "FI"), ("Paris", "FR"), ("Berlin", "DE"), ("Athens", "GR"), ("Dublin", "IE"),
    ("Rome", "IT"), ("Tokyo", "JP"), ("Oslo", "NO"), ("Warsaw", "PL"), ("Lisbon", "PT"), ("Madrid", "ES"),
    ("Stockholm", "SE"), ("Bern", "CH"), ("Ankara", "TR"),
)  # fmt: skip
RESOLUTIONS = {1540: 2004, 1695: 2006, 1718: 2006, 1737: 2006, 1747: 2007, 1803: 2008, 1874: 2009, 1929: 2010}
CONCERNS = {"IR": "Iran", "KP": "the Democratic People's Republic of Korea", "SY": "Syria"}
