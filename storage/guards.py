"""Triggers: what the database itself refuses, whoever writes.

Intervals of one membership never overlap, as known at one time; nothing observed is deleted; of a membership
row nothing is altered but the moment at which it was known better.
"""

from __future__ import annotations

KEPT = ("blobs", "fetches", "records", "memberships", "changes", "reviews", "corrections", "earlier_readings")

_OVERLAPPING = """
    SELECT 1 FROM memberships m
    WHERE m.regime = NEW.regime AND m.country = NEW.country AND m.superseded_at IS NULL
      AND (m.valid_to IS NULL OR NEW.valid_from IS NULL OR NEW.valid_from < m.valid_to)
      AND (NEW.valid_to IS NULL OR m.valid_from IS NULL OR m.valid_from < NEW.valid_to)
"""
_FIXED = (
    "regime",
    "country",
    "name",
    "epoch",
    "valid_from",
    "valid_to",
    "basis",
    "observed_at",
    "record_id",
    "pointer",
)


def statements(dialect: str) -> tuple[str, ...]:
    """The SQL that sets the guards up on ``sqlite`` or ``postgresql``."""
    return _sqlite() if dialect == "sqlite" else _postgresql()


def _sqlite() -> tuple[str, ...]:
    altered = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in _FIXED)
    return (
        "CREATE TRIGGER memberships_never_overlap BEFORE INSERT ON memberships "
        f"WHEN NEW.superseded_at IS NULL AND EXISTS ({_OVERLAPPING}) "
        "BEGIN SELECT RAISE(ABORT, 'memberships overlap'); END",
        f"CREATE TRIGGER memberships_are_not_altered BEFORE UPDATE ON memberships WHEN {altered} "
        "BEGIN SELECT RAISE(ABORT, 'a membership row is never altered'); END",
        *(
            f"CREATE TRIGGER {table}_are_kept BEFORE DELETE ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} are never deleted'); END"
            for table in KEPT
        ),
    )


def _postgresql() -> tuple[str, ...]:
    altered = " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in _FIXED)
    return (
        "CREATE FUNCTION plenarywatch_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation'; END $$",
        "CREATE FUNCTION plenarywatch_no_overlap() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF NEW.superseded_at IS NULL AND EXISTS ({_OVERLAPPING}) THEN "
        "RAISE EXCEPTION 'memberships overlap' USING ERRCODE = 'integrity_constraint_violation'; "
        "END IF; RETURN NEW; END $$",
        "CREATE TRIGGER memberships_never_overlap BEFORE INSERT ON memberships "
        "FOR EACH ROW EXECUTE FUNCTION plenarywatch_no_overlap()",
        "CREATE TRIGGER memberships_are_not_altered BEFORE UPDATE ON memberships "
        f"FOR EACH ROW WHEN ({altered}) EXECUTE FUNCTION plenarywatch_refuse('a membership row is never altered')",
        *(
            f"CREATE TRIGGER {table}_are_kept BEFORE DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION plenarywatch_refuse('{table} are never deleted')"
            for table in KEPT
        ),
    )
