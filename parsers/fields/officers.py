"""Who held an office at the plenary: chairs, openers, outgoing and incoming chairs, signatories.

The words for an office are found first (``data/officer_words.toml``); the person or the state right behind or right
before them holds it. A state that chairs and a person who chairs for it are one officer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from parsers.countries import NameMatch, country_of_demonym, find_countries
from parsers.fields import plenary
from parsers.mentions import Mention, mentions_of
from parsers.officer_rules import JOINT_CHAIR, of_subgroup, rules, states_by_adjective
from parsers.page import Found, Page, Sentence, Span
from parsers.persons import Person, find_persons
from parsers.record import Officer, OfficerRole
from parsers.stated import agree, facts_of
from parsers.when import Years

_Officers = list[Found[Officer]]
