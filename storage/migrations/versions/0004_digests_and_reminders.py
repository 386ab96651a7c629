"""Digests: one message that tells several alerts; reminders of what lasts"""

import sqlalchemy as sa
from alembic import op

import storage.tables

revision = "0004"
down_revision = "0003"


def _instant() -> storage.tables.Instant:
    return storage.tables.Instant(timezone=True)


def upgrade() -> None:
    op.create_table(
        "digests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("since", _instant(), nullable=True),
        sa.Column("until", _instant(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("created_at", _instant(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    # SQLite makes the table anew, and its check has no name by which it would be kept.
    states = sa.CheckConstraint("state IN ('pending', 'sent', 'given_up')")
    with op.batch_alter_table("deliveries", table_args=(states,)) as batch:
        batch.alter_column("alert_id", existing_type=sa.Integer(), nullable=True)
        batch.add_column(sa.Column("waits_for", sa.Text(), nullable=True))
        batch.add_column(sa.Column("digest_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("reminder", sa.Integer(), nullable=False, server_default="0"))
        batch.add_column(sa.Column("repeated", sa.Integer(), nullable=False, server_default="0"))
        batch.create_foreign_key("fk_deliveries_digest_id", "digests", ["digest_id"], ["id"])
        batch.create_index("ix_deliveries_digest_id", ["digest_id"])
