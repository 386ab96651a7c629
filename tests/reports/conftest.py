"""A store whose every text means harm, the site that is built of it, and a browser to read it with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from diffs.change import BothSides, ChangeKind, Severity, Status
from parsers.record import Concern, Decision, Evidence, Kind, Member, Officer, OfficerRole, Plenary
from reports.site import build
from storage import Store
from tests.builders.browsing import chromium
from tests.builders.comparing import NOON, a_document, a_meeting, a_record, a_resolution
from tests.builders.stores import a_change, a_store, observed

# What a page may say: a script, a handler, a link that runs, a fake end of what it stands in, broken entities, a
# template, characters that turn text around or ring a terminal's bell.
HOSTILE = (
    "\u202e\x1b</p></td></title></script><script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">"
    "<svg onload=alert(1)>\x07' onmouseover='alert(1) \" autofocus onfocus=\"alert(1) \x07javascript:alert(1) &lt;b&gt; &#x3c;i&#"
    " {{7*7}} {% include 'x' %} \u202etxt.exe\u2066 \x1b[2J\x07 \x1b]8;;http://evil.example\x1b\\ \x9b31m end"
)
RUNS = "javascript:document.title='taken'"
FORMULA = '=HYPERLINK("http://evil.example")'


def hostile_store(folder: Path, address: str | None = None) -> Store:
    """A regime with two plenaries, an edited page and a list of members, all of whose words are hostile; in a file in
    *folder*, or in the database at *address*."""
    store = Store.open(address) if address else a_store(folder)
    quote = Evidence(0, 0, len(HOSTILE), HOSTILE)
    inside = Evidence(0, 40, 50, HOSTILE[40:50])
    with store.writing() as w:
        first = a_record(plenary=a_meeting(24, day=date(2009, 11, 9)))
        before = observed(w, first, document=a_document("The first text shall stand.", "Thirty states met."))
        after = observed(w, first, document=a_document(f"The first text may stand. {HOSTILE}", "Forty states met."))
        second = a_record(
            plenary=Plenary(25, HOSTILE, "AR", date(2011, 4, 13), date(2011, 4, 15)),
            title=HOSTILE,
            officers=(Officer(OfficerRole.CHAIR, HOSTILE, HOSTILE), Officer(OfficerRole.CO_CHAIR, country=HOSTILE)),
            resolutions=(a_resolution(1540, 2004),),
            concerns=(Concern(region=HOSTILE), Concern("IR")),
            decisions=(Decision("annex", HOSTILE),),
            topics=(HOSTILE,),
            next_plenary=Plenary(26, HOSTILE),
            evidence={"/officers/0": (quote,)},
        )
        observed(w, second, name="later", document=a_document(HOSTILE, "The partners met again."))
        members = (Member("AR", FORMULA, "1993"), Member("BE", HOSTILE, "1987"), Member("MT", "Malta", "1990"))
        listed = a_record(Kind.MEMBERS, members=members, evidence={"/members/0": (quote,)})
        version = observed(w, listed, name=f"list {HOSTILE}", document=a_document(HOSTILE))
        w.members_listed(listed, version.id, stated_on=date(2011, 4, 15), now=NOON)
        sides = BothSides((quote,), (quote,))
        kinds = ChangeKind
        said = {"url": RUNS, "before": HOSTILE, "after": {HOSTILE: HOSTILE}, "evidence": sides, "detail": HOSTILE}
        w.save_changes(
            w.begin_run("monitor", NOON),
            [
                a_change(kinds.CONCERN_ADDED, HOSTILE, plenary=25, prior=24, **said),
                a_change(kinds.TOPIC_ADDED, FORMULA, severity=Severity.INFO, plenary=25, evidence=BothSides((), (inside,))),
                a_change(kinds.SOURCE_DRIFT, HOSTILE, status=Status.HELD, **said),
                a_change(
                    kinds.STATEMENT_REVISED, after.url, severity=Severity.WARNING, url=after.url, detail=HOSTILE,
                    before=before.text_hash, after=after.text_hash,
                ),
            ],
            version.id,
        )  # fmt: skip
    return store


def pages(folder: Path) -> dict[str, str]:
    """Every page of a site by its name."""
    return {str(p.relative_to(folder)): p.read_text(encoding="utf-8") for p in folder.rglob("*.html")}


@pytest.fixture(scope="session")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    with hostile_store(folder) as store:
        return build(store, folder / "site", NOON).parent


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started
