"""What words for a membership do not mean: another body's, a role, a wish, what did not come true.

Texts are in small letters. The words stand in ``data/membership_words.yaml`` under ``guards``.
"""

from __future__ import annotations

import re
from functools import cache

from parsers.record import MembershipDecisionKind
from parsers.vocabulary import words

_K = MembershipDecisionKind


@cache
def guard(name: str) -> re.Pattern[str]:
    """The words under *name*."""
    return re.compile("|".join(words("membership_words", "guards", name)))


# Where a sentence turns to something else than what was joined or left; "Russia and the United States" is no turn.
_TURNS = re.compile(
    r"[.;]|,? (?:which|who|following|after|in accordance|while|whereas)\b|,? and (?:also |then |thereby )?(?=(?:the )?(?:plenary|group|members?|partners?|participa\w+"
    r"|chair|it|they|he|she|there|called?|calls|welcom\w+|not\w+|express\w*|agree\w*|reaffirm\w*|urged?|stress\w*|recall\w*|thank\w*|discuss\w*"
    r"|invit\w+|look\w*|congratulat\w+|adopt\w*|decid\w+|accept\w*|admit\w*|is|are|was|were|has|have|had|will|its|their|to|a|an|of|for|on|by|in)\b)"
)


@cache
def _elsewhere(own: tuple[str, ...]) -> re.Pattern[str]:
    """What else than a regime of these names a state can join, leave or subscribe to."""
    others = [
        entry
        for entry in words("membership_words", "guards", "regimes")
        if not any(re.search(entry, name.lower()) for name in own)
    ]
    return re.compile("|".join((*words("membership_words", "guards", "elsewhere"), *others)))


@cache
def _own(own: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(rf"\b{re.escape(name.lower())}\b" for name in own))


def is_elsewhere(text: str, match: re.Match[str], own: tuple[str, ...]) -> bool:
    """Whether it is a treaty or another body that was joined or left: one that is named before the regime is."""
    rest = _TURNS.split(text[match.end() : match.end() + 110], maxsplit=1)[0]
    said = match.group() + rest
    other = _elsewhere(own).search(said)
    if other is None:
        return False
    named = _own(own).search(said)
    return named is None or other.start() < named.start()


_CLAUSE_ENDS = re.compile(r"[.;]|,? (?:and|et|y|und|и) (?:its?|also|to )?")
_OF_MEMBERSHIP = re.compile(r"member|participa|partner|admi[ts]|access|join|mitglied|miembro|membre|член|участник")
_OBJECT = re.compile(
    r"\W*(?:all |its |their |the |any |an? |russian |immediate )*(?:\w+ ){0,2}?"
    r"(?:troops|forces|objections?|support|reservations?|candidatur\w+|applications?|equipment|weapons|proposals?|offers?|consent)\b"
)
_JOINED = (_K.SUBSCRIBED, _K.ADMITTED, _K.ACCEDED)


def is_no_membership(text: str, kind: MembershipDecisionKind, match: re.Match[str]) -> bool:
    """Whether the words of *match* are of something else, or of what did not come true."""
    if kind is _K.FIRST_ATTENDANCE:
        return _is_no_attendance(text, match)
    if guard("not_done").search(text, max(0, match.start() - 30), match.start()):
        return True
    if kind in (_K.SUSPENDED, _K.WITHDREW):
        return _left_something_else(text, kind, match)
    if kind in (_K.SUBSCRIBED, _K.ACCEDED) and guard("generic").search(text, max(0, match.start() - 40), match.start()):
        # "Three states have subscribed: …" names them after all.
        return re.match(r"[^.;,(]{0,60}(?::|\(|–|, namely)", text[match.end() :]) is None
    rest = re.split(r"[.;]", text[match.end() : match.end() + 100], maxsplit=1)[0]
    clause = match.group() + _CLAUSE_ENDS.split(rest, maxsplit=1)[0]
    if kind is _K.INVITED and not _OF_MEMBERSHIP.search(match.group() + rest):
        clause = match.group() + rest
    if guard("another_role").search(clause):
        return True
    if kind in _JOINED and guard("wished").search(text, max(0, match.start() - 80), match.start()):
        return True
    if kind is _K.ADMITTED and guard("another_matter").search(clause) and not _OF_MEMBERSHIP.search(clause):
        return True
    if kind in (_K.WELCOMED, _K.INVITED, _K.APPLICATIONS_DISCUSSED):
        subject = text[max(0, match.start() - 24) : match.start()] + clause
        if guard("another_subject").search(subject):
            return True
    if kind in (_K.SUBSCRIBED, _K.INVITED):
        return False
    around = text[max(0, match.start() - 60) : match.end() + 60]
    wish = guard("not_membership").search(around)
    return wish is not None and (wish.group().startswith("interest") or "member" not in around)


def _left_something_else(text: str, kind: MembershipDecisionKind, match: re.Match[str]) -> bool:
    """Whether troops were withdrawn, an objection, or a part in something that is not the regime."""
    rest = re.split(r"[.;]", text[match.end() : match.end() + 80])[0]
    if kind is _K.WITHDREW and _OBJECT.match(rest):
        return True
    left = _LEFT.search(rest) if kind is _K.WITHDREW else _PART_IN.search(match.group() + rest)
    return left is not None and _A_BODY.search(left[1]) is not None and guard("own_body").search(left[1]) is None


_LEFT = re.compile(r"\bfrom (?:the )?([^.,;]{2,60})")
_PART_IN = re.compile(r"\b(?:in|of|from) (?:the )?([^.,;]{2,60})")
_A_BODY = re.compile(
    r"\b(?:talks|start|treaty|plan|pact|moratorium|territory|council|g-?\d|union|[a-z]+ (?:talks|agreement|accord))\b"
)


def _is_no_attendance(text: str, match: re.Match[str]) -> bool:
    """Whether it was the first time of something else than taking part, or of taking part as another than a member."""
    if re.match(r"[^.;,]{0,30}?\bas an? (?:observer|adherent|guest)", text[match.end() : match.end() + 60]):
        return True
    of_times = re.search(r"time|fois|vez|mal\b|erstmals|volta|впервые|raz\b|poprvé", match.group()) is not None
    return of_times and guard("attends").search(text) is None
