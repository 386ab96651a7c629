"""What is held in memory of the records: whether it still stands, and which of them are the newest"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

# Every column by which a record tells something, or is told apart.
_TELLING = "regime, source_id, plenary_id, text_hash, held, parser, record, document, observed_at"
_ONE_MORE = (
    "INSERT INTO alterations (regime, altered) VALUES (NEW.regime, 1) "
    "ON CONFLICT (regime) DO UPDATE SET altered = alterations.altered + 1;"
)
_WATCHED = (("records", _TELLING), ("plenaries", "label"))


def upgrade() -> None:
    op.create_table(
        "alterations",
        sa.Column("regime", sa.Text(), nullable=False),
        sa.Column("altered", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("regime"),
    )
    op.create_index("ix_records_plenary", "records", ["plenary_id", "held", "source_id", "observed_at"])
    op.drop_index("ix_records_plenary_id", "records")
    if op.get_bind().dialect.name == "sqlite":
        for table, columns in _WATCHED:
            op.execute(f"CREATE TRIGGER {table}_alterations AFTER UPDATE OF {columns} ON {table} BEGIN {_ONE_MORE} END")
        return
    op.execute(
        "CREATE FUNCTION plenarywatch_altered() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {_ONE_MORE} RETURN NULL; END $$"
    )
    for table, columns in _WATCHED:
        op.execute(
            f"CREATE TRIGGER {table}_alterations AFTER UPDATE OF {columns} ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION plenarywatch_altered()"
        )


def downgrade() -> None:
    for table, _ in _WATCHED:
        on = "" if op.get_bind().dialect.name == "sqlite" else f" ON {table}"
        op.execute(f"DROP TRIGGER {table}_alterations{on}")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION plenarywatch_altered()")
    op.create_index("ix_records_plenary_id", "records", ["plenary_id"])
    op.drop_index("ix_records_plenary", "records")
    op.drop_table("alterations")
