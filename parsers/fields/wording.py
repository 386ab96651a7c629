"""Words that several fields watch for."""

from __future__ import annotations

import re

# What the regimes call their yearly meeting, in the languages their pages and ministries write.
PLENARY = (
    r"(?:plenar(?:y|ies|io|ia)|pl[eé]ni[eè]re?|plen[aá]ri[oa]|plenum\w*|plenar\w*|plen[aá]rn\w*|пленарн\w*"
    r"|regular meeting|annual meeting|regul[äa]re[ns]? (?:treffen|sitzung)|regelm[äa][ßs]+ige[ns]? (?:sitzung|treffen)"
    r"|r[ée]union r[ée]guli[eè]re|reuni[oó]n (?:ordinaria|regular)|assembl[ée]e pl[ée]ni[eè]re)"
)
PLENARY_RE = re.compile(PLENARY, re.IGNORECASE)
# The same, and the words for the informal consultations that came before plenaries were called so.
MEETING_RE = re.compile(
    PLENARY
    + r"|\bconsultations?\b|\bconsultas\b|\bmeeting of the\b|\btalks\b|المشاورات|全体会议|\bMTCR meeting\b|\bmet in\b",
    re.IGNORECASE,
)
# A sentence about another meeting than the one the page is about.
OTHER_MEETING_RE = re.compile(
    r"\b(?:next|following|forthcoming|upcoming|last|previous|prior|preceding|earlier|former|since the|until the next"
    r"|first regular|prochaine?|pr[óo]xim[ao]|n[äa]chste[rn]?|letzte[rn]?|derni[èe]re|pr[ée]c[ée]dente?|anterior"
    r"|erste|was to be|is to be held|will be held|due in|due to take place)\b",
    re.IGNORECASE,
)
