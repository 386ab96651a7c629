"""What is drawn from records (words, citations, officers, addresses), corrections, leases, and the guards"""

import sqlalchemy as sa
from alembic import op

import storage.tables
from parsers.document import document_from_json
from parsers.record import from_json
from storage import guards, indexing

revision = "0002"
down_revision = "0001"

_OPEN = "superseded_at IS NULL AND valid_to IS NULL"


def _instant() -> storage.tables.Instant:
    return storage.tables.Instant(timezone=True)


def upgrade() -> None:
    op.create_table(
        "earlier_readings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("parser", sa.Text(), nullable=False),
        sa.Column("text_hash", sa.Text(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("replaced_at", _instant(), nullable=False),
        sa.ForeignKeyConstraint(["record_id"], ["records.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_earlier_readings_record_id", "earlier_readings", ["record_id"])
    op.create_table(
        "locators",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text_hash", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("first_seen", _instant(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["record_id"], ["records.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("text_hash", "url"),
    )
    op.create_index("ix_locators_record_id", "locators", ["record_id"])
    op.create_index("ix_locators_url", "locators", ["url"])
    op.create_table(
        "citations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("regime", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("symbol", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["record_id"], ["records.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("record_id", "position"),
    )
    op.create_index("ix_citations_number", "citations", ["regime", "number"])
    op.create_table(
        "officers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("regime", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["record_id"], ["records.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("record_id", "position"),
    )
    op.create_index("ix_officers_regime", "officers", ["regime"])
    op.create_table(
        "corrections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("regime", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("decided_at", _instant(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("decision IN ('approved', 'corrected', 'rejected')"),
        sa.ForeignKeyConstraint(["record_id"], ["records.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_corrections_regime", "corrections", ["regime"])
    op.create_table(
        "leases",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("token", sa.Integer(), nullable=False),
        sa.Column("until", _instant(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_index(
        "ux_memberships_open",
        "memberships",
        ["regime", "country"],
        unique=True,
        sqlite_where=sa.text(_OPEN),
        postgresql_where=sa.text(_OPEN),
    )
    connection = op.get_bind()
    indexing.create_search(connection)
    _draw_from_what_is_there(connection)
    for statement in guards.statements(connection.dialect.name):
        op.execute(statement)


def _draw_from_what_is_there(connection: sa.Connection) -> None:
    columns = "id, url, text_hash, record, document, observed_at"
    rows = connection.execute(
        sa.text(f"SELECT {columns} FROM records ORDER BY id").columns(observed_at=_instant())  # noqa: S608
    )
    for row in rows:
        indexing.index_facts(connection, row.id, from_json(row.record))
        indexing.index_words(connection, row.id, document_from_json(row.document))
        indexing.index_address(connection, row.id, row.text_hash, row.url, row.observed_at)


def downgrade() -> None:
    raise NotImplementedError("nothing observed is taken back; restore a backup made before the migration")
