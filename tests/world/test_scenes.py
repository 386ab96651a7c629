"""Days as regimes have had them, over the whole pipeline: the right change, once, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import update

from diffs.change import ChangeKind, Status
from diffs.facts import Meaning
from flows.reviewing import decide
from parsers.document import Block, Role
from parsers.record import to_json
from parsers.version import PARSER
from storage import tables as t
from storage.indexing import forget_words, index_words
from storage.writing import text_hash
from tests.world.history import Statement
from tests.world.render import CONFIG, pages
from tests.world.server import Site
from tests.world.watching import LAST, STILL, Mornings

OLDER = "an older one"
LATEST = STILL.statements[26]


@pytest.fixture
def watching(tmp_path: Path) -> Iterator[Mornings]:
    site = Site()
    begun = Mornings(tmp_path, site)
    yield begun
    begun.close()
    site.close()


def with_statements(*told: Statement) -> dict[str, str]:
    """The site's pages once these statements stand on it too."""
    shown = pages(replace(STILL, statements=STILL.statements | {s.ordinal: s for s in told}))
    return {path: html.decode() for path, html in shown.items()}


NEXT = replace(
    LATEST, ordinal=27, city="Oslo", country="NO", chair="NO", start=STILL.day.replace(day=4),
    end=STILL.day.replace(day=6), count=15, admitted=("IN",),
)  # fmt: skip


def changes(watching: Mornings, kind: ChangeKind) -> list[object]:
    with watching.watched.watch.store.reading() as r:
        return [c for c in r.changes() if c.kind is kind]


def test_a_statement_posted_anew_on_its_host_is_not_withdrawn(watching: Mornings) -> None:
    again = "/press/2012/plenary-of-the-spring"
    watching.pages[again] = watching.pages.pop(LAST)
    index = watching.page("/press").replace(f'"{LAST}"', f'"{again}"')
    for _ in range(3):
        assert watching.told(**{"/press": index}) == set()
    assert watching.outcomes[LAST].outcome == "moved"


def test_a_copy_at_a_ministry_does_not_keep_a_statement_from_being_withdrawn(tmp_path: Path) -> None:
    site = Site()
    ministry = f"http://localhost:{site.address.rsplit(':', 1)[1]}/ministry"
    config = CONFIG.replace("BASE/ministry", ministry)
    watching = Mornings(tmp_path, site, config, allow_private=frozenset({"127.0.0.1", "localhost"}))
    copied = {path: html.decode() for path, html in pages(replace(STILL, mirrors={26: LATEST})).items()}
    assert watching.told(**copied) == set()
    del watching.pages[LAST], copied[LAST]
    assert watching.told(**copied) == set()
    assert watching.told(**copied) == {("statement_withdrawn", LAST, "confirmed")}
    watching.close()
    site.close()


def test_a_wrong_number_that_is_mended_is_one_meeting_and_a_correction(watching: Mornings) -> None:
    right = watching.page()
    wrong = right.replace("26th", "29th", 1).replace("26th", "29th") if "26th" in right else right
    wrong = wrong.replace("twenty-sixth", "twenty-ninth").replace("Twenty-Sixth", "Twenty-Ninth")
    assert wrong != right
    revised = {("statement_revised", LAST, "confirmed")}
    assert watching.told(**{LAST: wrong}) == revised
    assert watching.told() == revised
    with watching.watched.watch.store.reading() as r:
        assert [p.label for p in r.plenaries("lda") if p.records] == ["24", "26"]
    assert [c.detail for c in changes(watching, ChangeKind.STATEMENT_REVISED)][-1].startswith("taken back")  # type: ignore[attr-defined]


def test_a_late_statement_that_admits_a_state_lets_it_join_once(watching: Mornings) -> None:
    later = replace(NEXT, ordinal=28, start=NEXT.start.replace(day=20), end=NEXT.end.replace(day=22), admitted=())
    watching.told(**with_statements(later))
    assert ("member_joined", "IN", "confirmed") in watching.told(**with_statements(later, NEXT))
    assert {kind for kind, _, _ in watching.told(**with_statements(later, NEXT))} == set()


def test_a_number_that_nobody_who_joined_explains_is_told_with_its_three_counts(watching: Mornings) -> None:
    assert ("member_count_changed", "lda", "confirmed") in watching.told(**with_statements(replace(NEXT, admitted=())))
    (counted,) = changes(watching, ChangeKind.MEMBER_COUNT_CHANGED)
    assert (counted.counts.stated, counted.counts.running) == (15, 14)  # type: ignore[attr-defined]


def test_a_softened_obligation_is_an_alert_that_quotes_both_words(watching: Mornings) -> None:
    said = (
        "<p>Participating States {} all states to apply the guidelines to exports of drones and their parts.</p></main>"
    )
    watching.told(**{LAST: watching.page().replace("</main>", said.format("call on"))})
    told = watching.told(**{LAST: watching.page().replace("</main>", said.format("encourage"))})
    assert told == {("statement_revised", LAST, "confirmed")}
    (fact,) = changes(watching, ChangeKind.STATEMENT_REVISED)[-1].wording  # type: ignore[attr-defined]
    assert (fact.kind, fact.said_before.quote, fact.said_after.quote) == (Meaning.SOFTENED, "call on", "encourage")
    alerts = (watching.watched.home / "alerts.jsonl").read_text(encoding="utf-8")
    assert "obligation_softened" in alerts


def test_an_approved_drift_tells_what_it_held_back(watching: Mornings) -> None:
    page = watching.page("/members")
    kept = [name for name in STILL.listed.values() if name not in ("Argentina", "Australia", "Austria")]
    fewer = page.replace("14 Participating", f"{len(kept)} Participating")
    for name in ("Argentina", "Australia", "Austria"):
        fewer = fewer.replace(f"<li>{name}</li>", "")
    assert watching.told(**{"/members": fewer}) == {("source_drift", "/members", "held")}
    (drift,) = changes(watching, ChangeKind.SOURCE_DRIFT)
    decide(watching.watched.watch, drift.key, Status.CONFIRMED, who="ada", why="three left")  # type: ignore[attr-defined]
    left = {(c.subject, c.status) for c in changes(watching, ChangeKind.MEMBER_LEFT)}  # type: ignore[attr-defined]
    assert left == {(code, Status.CONFIRMED) for code in ("AR", "AU", "AT")}
    assert watching.told(**{"/members": fewer}) == set()


def test_what_an_older_parser_read_otherwise_is_no_change_of_the_page(watching: Mornings) -> None:
    store = watching.watched.watch.store
    with store.writing() as w:
        connection = w.session.connection()
        for version in w.versions():
            # It took the site's menu for text, and saw no number of members.
            read = msgspec.structs.replace(
                version.document, blocks=(Block(Role.PARAGRAPH, "Home, Press"), *version.document.blocks)
            )
            forget_words(connection, version.id, version.document)
            index_words(connection, version.id, read)
            row = w.session.get_one(t.Record, version.id)
            row.document, row.text_hash = msgspec.json.encode(read).decode(), text_hash(read)
            row.record = to_json(msgspec.structs.replace(version.record, member_count=None, parser=OLDER)).decode()
            row.parser = OLDER
        w.session.execute(update(t.SourceState).values(parser=OLDER))
    assert watching.told() == set()
    with store.reading() as r:
        assert [(v.record.parser, v.record.member_count) for v in r.versions()] == [(PARSER, 14)] * 3


_ANOTHERS = (
    "<p>The {body} held its 31st Plenary Meeting in Oslo from 3 to 5 March 2012. Norway chaired the meeting.</p>"
    "<p>The Plenary admitted India and Mexico as new Participating Governments. The {body} now has 48 members.</p>"
    "<p>They recalled UN Security Council Resolution 2094 (2013) and expressed concern about programmes in Syria.</p>"
)


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Plenary Meeting of the Nuclear Suppliers Group", "Nuclear Suppliers Group (NSG)"),
        ("Friends of ours: the 31st plenary of the Wassenaar Arrangement", "Wassenaar Arrangement"),
        ("AUSTRALIA GROUP PLENARY, OSLO", "Australia Group"),
        ("The Proliferation Security Initiative in plenary", "Initiative"),
    ],
)
def test_another_bodys_plenary_on_the_same_site_changes_nothing_of_ours(
    watching: Mornings, title: str, body: str
) -> None:
    before = watching.watched.watch.store
    with before.reading() as r:
        members, plenaries = {m.country for m in r.members("lda")}, [p.label for p in r.plenaries("lda")]
    page = watching.page()
    main = page[page.index("<main>") : page.index("</main>")]
    theirs = page.replace(main, f"<main><h1>{title}</h1>{_ANOTHERS.format(body=body)}")
    index = watching.page("/press").replace(
        "</ul></main>", f"<li><a href='/press/plenary-31'>{title}</a></li></ul></main>"
    )
    told = watching.told(**{"/press": index, "/press/plenary-31": theirs})
    assert watching.outcomes["/press/plenary-31"].outcome == "new"
    assert told == set()
    with before.reading() as r:
        assert {m.country for m in r.members("lda")} == members
        assert [p.label for p in r.plenaries("lda")] == plenaries


@pytest.mark.parametrize(
    "said",
    [
        "Reports that Iran has left the Accord are false.",
        "The Plenary did not admit India, whose request it will discuss again.",
        "Had the Plenary admitted Serbia, the Accord would have had one Participating State more.",
        "Mexico asked to be admitted as a Participating State.",
        "The plenary that was to be held in Lima in May 2012 has been cancelled.",
        "Twenty years ago, in 1992, the Plenary admitted Iceland as a new Participating State.",
        "The Wassenaar Arrangement admitted India as its 42nd member.",
        "It is not true that Portugal has withdrawn from the Lisbon Drone Accord.",
    ],
)
def test_what_a_page_does_not_assert_now_of_its_own_regime_is_no_alert(watching: Mornings, said: str) -> None:
    edited = watching.page().replace("</main>", f"<p>{said}</p></main>")
    assert edited != watching.page()
    assert watching.told(**{LAST: edited}) == {("statement_revised", LAST, "confirmed")}
    # Nor where the words come with a statement that nobody knew.
    new = replace(NEXT, count=14, admitted=())
    told = with_statements(new)
    plain = watching.told(**told)
    assert ("plenary_announced", "27", "confirmed") in plain
    assert not {kind for kind, _, _ in plain} & {"member_joined", "member_left", "membership_decision"}
