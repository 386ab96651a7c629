"""What the migrations make is what the models speak of, the database refuses what it must, and each step leads back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import date, timedelta
from pathlib import Path
from typing import get_args

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, inspect, text
from sqlalchemy.exc import IntegrityError

import storage
from diffs.change import Status
from storage import Store
from storage import tables as t
from storage.alterations import alterations
from storage.corrections import Decision
from storage.guards import KEPT
from storage.searching import search
from storage.values import State
from storage.verifying import verify
from storage.views import VIEWS
from storage.writing import Writer
from tests.builders.stores import a_change, told
from tests.storage.making import NOON, a_document, a_plenary, a_record
from tests.storage.observing import a_version, listed

_AT = "2011-04-18 12:00:00"


@contextmanager
def _plain(url: str) -> Iterator[Engine]:
    engine = create_engine(url)
    yield engine
    engine.dispose()


def _step(engine: Engine, verb: str, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(storage.__file__).parent / "migrations"))
    with engine.connect() as connection, connection.begin():
        config.attributes["connection"] = connection
        getattr(command, verb)(config, revision)


def _triggers(connection: Connection) -> set[tuple[str, str]]:
    if connection.dialect.name == "sqlite":
        query = "SELECT tbl_name, sql FROM sqlite_master WHERE type = 'trigger'"
    else:
        query = (
            "SELECT event_object_table, trigger_name || event_manipulation || coalesce(action_condition, '')"
            " FROM information_schema.triggers WHERE trigger_schema = 'public'"
        )
    return {(row[0], row[1]) for row in connection.execute(text(query))}


def _described(engine: Engine) -> dict[str, object]:
    """Everything that a database holds beside its rows, names of its own making left out."""
    found = inspect(engine)
    described: dict[str, object] = {"views": sorted(found.get_view_names())}
    with engine.connect() as connection:
        described["triggers"] = _triggers(connection)
    for table in found.get_table_names():
        if table.startswith("record_words"):  # The index of words is each database's own.
            described[table] = None
            continue
        described[table] = {
            "columns": {c["name"]: (c["type"].python_type.__name__, c["nullable"]) for c in found.get_columns(table)},
            "key": found.get_pk_constraint(table)["constrained_columns"],
            "references": sorted(
                (f["constrained_columns"], f["referred_table"], f["referred_columns"])
                for f in found.get_foreign_keys(table)
            ),
            "unique": sorted(tuple(u["column_names"]) for u in found.get_unique_constraints(table)),
            "indexes": {i["name"]: (i["column_names"], bool(i["unique"])) for i in found.get_indexes(table)},
            "checks": sorted(c["sqltext"] for c in found.get_check_constraints(table)),
        }
    return described


def test_the_migrations_make_what_the_models_speak_of(tmp_path: Path, sqlite_model: Path) -> None:
    with _plain(f"sqlite:///{sqlite_model}") as migrated, _plain(f"sqlite:///{tmp_path / 'plain'}") as made:
        t.Base.metadata.create_all(made)
        spoken_of, found = _described(made), _described(migrated)
    memberships = found["memberships"]
    assert isinstance(memberships, dict)
    # One index that the migrations alone name.
    assert memberships["indexes"].pop("ux_memberships_open") == (["regime", "country"], True)
    assert {name: found[name] for name in t.Base.metadata.tables} == {
        name: spoken_of[name] for name in t.Base.metadata.tables
    }
    assert found["views"] == sorted(VIEWS)


def test_every_reference_leads_to_its_row() -> None:
    """As `docs/schema.md` draws them; the comparison above would not see both ends of one moved."""
    made = {
        (table.name, key.parent.name, key.column.table.name, key.column.name)
        for table in t.Base.metadata.tables.values()
        for key in table.foreign_keys
    }
    assert len(made) == 21
    assert {column for *_, column in made} == {"id", "sha256", "key"}


@pytest.mark.parametrize(
    ("table", "unique"),
    [
        ("changes", {("key",)}), ("alerts", {("change_key",)}), ("deliveries", {("alert_id", "channel")}),
        ("plenaries", {("regime", "label")}), ("sources", {("regime", "name")}), ("locators", {("text_hash", "url")}),
        ("citations", {("record_id", "position")}), ("officers", {("record_id", "position")}), ("records", set()),
        ("fetches", set()), ("memberships", set()), ("digests", set()), ("reviews", set()),
    ],
)  # fmt: skip
def test_what_there_is_once_is_held_by_the_database(
    sqlite_model: Path, table: str, unique: set[tuple[str, ...]]
) -> None:
    with _plain(f"sqlite:///{sqlite_model}") as engine:
        found = inspect(engine)
        assert {tuple(u["column_names"]) for u in found.get_unique_constraints(table)} == unique
        assert [i["name"] for i in found.get_indexes(table) if i["unique"]] == (
            ["ux_memberships_open"] if table == "memberships" else []
        )


def test_what_is_asked_for_often_has_an_index(sqlite_model: Path) -> None:
    with _plain(f"sqlite:///{sqlite_model}") as engine:
        found = inspect(engine)
        made = {
            i["name"]: tuple(i["column_names"]) for table in found.get_table_names() for i in found.get_indexes(table)
        }
    assert made == {
        "ix_changes_regime": ("regime",), "ix_citations_number": ("regime", "number"),
        "ix_corrections_regime": ("regime",), "ix_deliveries_digest_id": ("digest_id",),
        "ix_deliveries_pending": ("state", "next_try"), "ix_earlier_readings_record_id": ("record_id",),
        "ix_fetches_source_id": ("source_id",), "ix_locators_record_id": ("record_id",), "ix_locators_url": ("url",),
        "ix_memberships_regime": ("regime", "country"), "ix_officers_regime": ("regime",),
        "ix_records_plenary": ("plenary_id", "held", "source_id", "observed_at"), "ix_records_regime": ("regime",),
        "ix_records_source": ("source_id", "id"), "ix_reviews_change_key": ("change_key",),
        "ux_memberships_open": ("regime", "country"),
    }  # fmt: skip


@pytest.mark.parametrize("step", ["0005", "0003", "0001"])
def test_a_step_back_leaves_what_was_there_before_it(empty_database_url: str, step: str) -> None:
    before = f"{int(step) - 1:04}"
    with _plain(empty_database_url) as engine:
        if step != "0001":
            _step(engine, "upgrade", before)
        was = _described(engine)
        _step(engine, "upgrade", step)
        assert _described(engine) != was
        _step(engine, "downgrade", before if step != "0001" else "base")
        now = _described(engine)
        now.pop("plenarywatch_version")
        was.pop("plenarywatch_version", None)
        assert now == was
        if engine.dialect.name == "postgresql":
            with engine.connect() as connection:
                names = connection.execute(text("SELECT proname FROM pg_proc WHERE proname LIKE 'plenarywatch%'"))
                assert "plenarywatch_altered" not in set(names.scalars())


def test_what_was_observed_is_not_taken_back(tmp_path: Path) -> None:
    with _plain(f"sqlite:///{tmp_path / 'store'}") as engine:
        _step(engine, "upgrade", "0002")
        was = _described(engine)
        with pytest.raises(NotImplementedError, match=r"^nothing observed is taken back; restore a backup made before"):
            _step(engine, "downgrade", "0001")
        assert _described(engine) == was


def test_what_was_kept_under_the_first_schema_is_found_under_the_last(empty_database_url: str, tmp_path: Path) -> None:
    record = a_record("AR", cites=(1540, 1718), plenary=a_plenary(25, date(2011, 4, 11)))
    with Store.open(f"sqlite:///{tmp_path / 'other'}") as other, other.writing() as w:
        version = a_version(w, record, document=a_document("Partners agreed to amend the Annex."))
        (row,) = w.session.execute(text("SELECT text_hash, record, document FROM records"))
    with _plain(empty_database_url) as engine:
        _step(engine, "upgrade", "0001")
        at = f"'{_AT}+00:00'" if engine.dialect.name == "postgresql" else f"'{_AT}.000000'"
        with engine.begin() as connection:
            for statement in (
                f"INSERT INTO blobs VALUES ('{version.sha256}', 3, {at})",
                f"INSERT INTO runs VALUES ('r', 'monitor', {at}, NULL, 'running', '')",
                "INSERT INTO sources (id, regime, name, kind, url, baseline, first_seen)"
                f" VALUES (1, 'mtcr', 'page', 'statement', 'https://example.org/page', false, {at})",
                "INSERT INTO fetches (id, run_id, source_id, url, final_url, hops, status, verdict, headers, sha256,"
                " fetched_at, elapsed) VALUES (1, 'r', 1, 'https://example.org/page', 'https://example.org/page', '[]',"
                f" 200, 'good', '{{}}', '{version.sha256}', {at}, 0.5)",
                "INSERT INTO changes VALUES"
                f" (1, 'k', 'member_joined', 'critical', 'mtcr', 'AR', 'confirmed', '{{}}', {at}, 'r', NULL)",
                f"INSERT INTO alerts VALUES (1, 'k', 'all', 'Joined.', {at}, NULL)",
                "INSERT INTO deliveries (id, alert_id, channel, state, idempotency_key, attempts, next_try)"
                f" VALUES (1, 1, 'desk', 'sent', 'key', 2, {at})",
            ):
                connection.execute(text(statement))
            connection.execute(
                text(
                    "INSERT INTO records (id, source_id, fetch_id, sha256, regime, kind, url, text_hash, held, parser,"
                    " record, document, observed_at) VALUES (1, 1, 1, :sha256, 'mtcr', 'statement',"
                    f" 'https://example.org/page', :hash, false, 'test 1', :record, :document, {at})"
                ),
                {"sha256": version.sha256, "hash": row.text_hash, "record": row.record, "document": row.document},
            )
    with Store.open(empty_database_url) as store:
        (hit,) = search(store, "annex")
        assert (hit.record, hit.observed_at) == (1, NOON)
        with store.reading() as r:
            ask = r.session.execute
            assert ask(text("SELECT record_id, position, regime, number FROM citations ORDER BY id")).all() == [
                (1, 0, "mtcr", 1540), (1, 1, "mtcr", 1718),
            ]  # fmt: skip
            assert ask(text("SELECT text_hash, url, record_id FROM locators")).all() == [
                (row.text_hash, "https://example.org/page", 1)
            ]
            assert r.session.get_one(t.Locator, 1).first_seen == NOON
            delivery = r.session.get_one(t.DeliveryRow, 1)
        assert (delivery.alert_id, delivery.channel, delivery.state, delivery.attempts) == (1, "desk", "sent", 2)
        assert (delivery.reminder, delivery.repeated, delivery.waits_for, delivery.digest_id) == (0, 0, None, None)
        # The checks and references of a table that was made anew hold as before.
        for wrong in ("state = 'lost'", "digest_id = 9", "alert_id = 9"):
            with pytest.raises(IntegrityError), store.engine.begin() as connection:
                connection.execute(text(f"UPDATE deliveries SET {wrong}"))


def _everything(w: Writer) -> int:
    """A row in every table of which nothing is deleted; the record's id."""
    record = a_record("AR")
    version = a_version(w, record)
    w.members_listed(record, version.id, stated_on=date(2011, 4, 15), now=NOON)
    change = a_change()
    told(w, change)
    w.review(change.key, Status.REJECTED, who="A. Reader", why="", now=NOON)
    w.correct(version.id, "/members/0", "approved", who="A. Reader", why="", now=NOON)
    w.session.add(
        t.EarlierReading(record_id=version.id, parser="p", text_hash="h", record="{}", document="{}", replaced_at=NOON)
    )
    w.session.flush()
    return version.id


def test_no_row_of_what_was_observed_or_decided_can_be_deleted(store: Store) -> None:
    with store.writing() as w:
        _everything(w)
    for table in KEPT:
        with pytest.raises(IntegrityError, match=f"{table} are never deleted"), store.engine.begin() as connection:
            connection.execute(text(f"DELETE FROM {table}"))


def test_of_a_membership_nothing_is_altered_but_when_it_was_known_better(store: Store) -> None:
    with store.writing() as w:
        record = _everything(w)
        other = a_version(w, a_record("BR"), source="other").id
    for change in (
        "regime = 'nsg'", "country = 'BR'", "name = 'X'", "epoch = 7", "valid_from = '1990-01-01'",
        "valid_from = NULL", "valid_to = '2020-01-01'", "basis = 'since'", "observed_at = '2011-04-19 12:00:00+00:00'",
        f"record_id = {other}", "pointer = '/x'",
    ):  # fmt: skip
        with (
            pytest.raises(IntegrityError, match="a membership row is never altered"),
            store.engine.begin() as connection,
        ):
            connection.execute(text(f"UPDATE memberships SET {change} WHERE record_id = {record}"))
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE memberships SET superseded_at = '2011-04-19 12:00:00+00:00'"))


@pytest.mark.parametrize(
    ("regime", "country", "begin", "end", "refused"),
    [
        ("mtcr", "AR", "2011-04-15", "2012-01-01", True),
        ("mtcr", "AR", "2009-12-31", "2010-01-02", True),
        ("mtcr", "AR", "2014-12-31", None, True),
        ("mtcr", "AR", None, "2010-01-02", True),
        ("mtcr", "AR", None, None, True),
        # Half-open: one may begin on the day on which another ends.
        ("mtcr", "AR", "2015-01-01", None, False),
        ("mtcr", "AR", "2005-01-01", "2010-01-01", False),
        ("mtcr", "AR", None, "2010-01-01", False),
        ("mtcr", "BR", "2011-01-01", None, False),
        ("nsg", "AR", "2011-01-01", None, False),
    ],
)
def test_memberships_as_known_at_one_time_never_overlap(
    store: Store, regime: str, country: str, begin: str | None, end: str | None, refused: bool
) -> None:
    row = (
        "INSERT INTO memberships (regime, country, name, epoch, valid_from, valid_to, basis, observed_at,"
        " superseded_at, record_id, pointer) SELECT '{}', '{}', 'X', 0, {}, {}, 'stated', observed_at, {}, id, ''"
        " FROM records"
    )

    def insert(regime: str, country: str, begin: str | None, end: str | None, better: str = "NULL") -> None:
        days = [f"'{day}'" if day else "NULL" for day in (begin, end)]
        if store.engine.dialect.name == "postgresql":
            days = [f"CAST({day} AS DATE)" for day in days]
        with store.engine.begin() as connection:
            connection.execute(text(row.format(regime, country, *days, better)))

    with store.writing() as w:
        a_version(w, a_record())
    insert("mtcr", "AR", "2010-01-01", "2015-01-01")
    if refused:
        with pytest.raises(IntegrityError, match="memberships overlap"):
            insert(regime, country, begin, end)
        # What is known better by now stands in nobody's way.
        insert(regime, country, begin, end, better="observed_at")
    else:
        insert(regime, country, begin, end)


def test_two_memberships_stand_open_under_no_writer(store: Store) -> None:
    listed(store, a_record("AR"), on=date(2011, 4, 15))
    on = " ON memberships" if store.engine.dialect.name == "postgresql" else ""
    again = text(
        "INSERT INTO memberships (regime, country, name, epoch, valid_from, basis, observed_at, record_id, pointer)"
        " SELECT regime, country, name, 1, valid_from, basis, observed_at, record_id, '' FROM memberships"
    )
    with store.engine.begin() as connection:
        connection.execute(text(f"DROP TRIGGER memberships_never_overlap{on}"))
    with pytest.raises(IntegrityError, match=r"(?i)unique"), store.engine.begin() as connection:
        connection.execute(again)


def test_altering_a_record_is_counted_whichever_column_tells_of_it(store: Store) -> None:
    with store.writing() as w:
        a_version(w, a_record(), source="other")
        a_version(w, a_record(regime="nsg"))
        record = a_version(w, a_record(plenary=a_plenary(25, date(2011, 4, 11)))).id
    changes = (
        "source_id = 1", "plenary_id = NULL", "text_hash = 'x'", "held = true", "parser = 'x'", "record = '{}'",
        "document = '{}'", "observed_at = '2011-04-19 12:00:00+00:00'", "regime = 'mtcr'",
    )  # fmt: skip
    for count, change in enumerate(changes, 1):
        with store.engine.begin() as connection:
            connection.exec_driver_sql(f"UPDATE records SET {change} WHERE id = {record}")
            assert (alterations(connection, "mtcr"), alterations(connection, "nsg")) == (count, 0), change


def test_a_database_that_was_migrated_is_whole(sqlite_store: Store, tmp_path: Path) -> None:
    archive = storage.FolderArchive(tmp_path / "archive")
    with sqlite_store.writing() as w:
        a_version(w, a_record("AR"), archive=archive, now=NOON + timedelta(days=1))
    assert verify(sqlite_store, archive).damaged == ()


def test_a_row_begins_as_one_to_which_nothing_has_happened_yet() -> None:
    made = {
        (name, column.name): column.default.arg
        for name, table in t.Base.metadata.tables.items()
        for column in table.columns
        if column.default is not None
    }
    assert made == {
        ("runs", "state"): "running", ("runs", "detail"): "", ("fetches", "hops"): "[]", ("fetches", "headers"): "{}",
        ("fetches", "elapsed"): 0.0, ("records", "held"): False, ("memberships", "epoch"): 0,
        ("source_states", "checks"): 0, ("source_states", "failures"): 0, ("source_states", "told_unreachable"): False,
        ("source_states", "outage"): 0, ("deliveries", "state"): "pending", ("deliveries", "attempts"): 0,
        ("deliveries", "reminder"): 0, ("deliveries", "repeated"): 0,
    }  # fmt: skip


def test_a_decision_that_the_code_speaks_of_is_one_that_the_database_takes(sqlite_store: Store) -> None:
    assert set(get_args(Decision)) == {"approved", "corrected", "rejected"}
    with sqlite_store.writing() as w:
        record = a_version(w, a_record()).id
    row = {"regime": "mtcr", "place": "/x", "quote": "", "who": "", "why": "", "decided_at": NOON, "record_id": record}
    for decision in (*get_args(Decision), "postponed"):
        with nullcontext() if decision != "postponed" else pytest.raises(IntegrityError), sqlite_store.writing() as w:
            w.session.add(t.Correction(decision=decision, **row))


def test_words_are_looked_up_by_an_index(store: Store) -> None:
    with store.engine.connect() as connection:
        if store.engine.dialect.name == "postgresql":
            query = "SELECT indexdef FROM pg_indexes WHERE indexname = 'ix_record_words'"
            assert "USING gin (words)" in str(connection.execute(text(query)).scalar())
        else:
            query = "SELECT sql FROM sqlite_master WHERE name = 'record_words'"
            # The words alone, no copy of the text.
            assert "fts5(words, content='', columnsize=0)" in str(connection.execute(text(query)).scalar())


def test_each_view_says_a_fact_a_row(sqlite_store: Store) -> None:
    with sqlite_store.writing() as w:
        record = a_record("AR", "BR", cites=(1540,), plenary=a_plenary(25, date(2011, 4, 11)))
        version = a_version(w, record)
        held = a_version(w, a_record(cites=(1718,)), source="held", document=a_document("held"))
        w.hold(held.id)
        w.members_listed(record, version.id, stated_on=date(2011, 4, 15), now=NOON)
        w.member_left("mtcr", "BR", on=date(2012, 1, 1), record_id=version.id, pointer="/x", now=NOON)
        change = a_change()
        w.save_changes(w.begin_run("test", NOON), [change], version.id)
        w.save_alert(change, audience="all", sentence="India joined.", channels=["desk"], now=NOON)
        w.set_state(1, State(checks=1, failures=2, last_verified=NOON))
    shown: dict[str, list[tuple[object, ...]]] = {}
    with sqlite_store.engine.connect() as connection:
        for view in VIEWS:
            shown[view] = [tuple(row) for row in connection.execute(text(f"SELECT * FROM {view} ORDER BY 3"))]
    url = "https://example.org/page"
    at = f"{_AT}.000000"
    assert shown == {
        "members_now": [("mtcr", "AR", "AR", "2011-04-15", "stated", at, url, version.sha256)],
        "memberships_known": [
            ("mtcr", "AR", "AR", 0, "2011-04-15", None, "stated", at, url, version.sha256),
            ("mtcr", "BR", "BR", 0, "2011-04-15", "2012-01-01", "stated", at, url, version.sha256),
        ],
        "first_citations": [("mtcr", "UNSC", 1540, None, "S/RES/1540", "2011-04-11", 1)],
        "alerts_told": [
            (1, "mtcr", "member_joined", "critical", "IN", "India joined.", "confirmed", "2026-03-02 12:00:00.000000",
             None)
        ],
        "sources_standing": [
            ("mtcr", "page", "statement", url, at, None, 2, None, 1),
            ("mtcr", "held", "statement", "https://example.org/held", None, None, None, None, 1),
        ],
    }  # fmt: skip
