"""What a digest asks: what the runs of a time found, what is held, what could not be sent."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct
from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from diffs.change import Change, Status
from storage import tables as t
from storage.telling import decoded_changes


class Sendings(Struct, frozen=True):
    """How many messages wait for another try or were given up, and how many tries were repeats: nobody knew whether
    the one before had arrived."""

    waiting: int = 0
    given_up: int = 0
    repeated: int = 0


class CoverageReader:
    """The questions of a digest."""

    session: Session

    def changes_found(self, since: datetime, until: datetime) -> tuple[Change, ...]:
        """The changes of the runs that ended after *since* and up to *until*, and those that a person
        decided then; in the order they were seen, each with its present status. What `backfill` found is the past."""
        row, run, review = t.ChangeRow, t.Run, t.Review
        in_runs = select(run.id).where(run.ended_at > since, run.ended_at <= until, run.kind != "backfill")
        in_reviews = select(review.change_key).where(review.decided_at > since, review.decided_at <= until)
        query = select(row.change, row.status).where(or_(row.run_id.in_(in_runs), row.key.in_(in_reviews)))
        return decoded_changes(self.session, query.order_by(row.id))

    def held_changes(self) -> tuple[Change, ...]:
        """The changes that are held for review, in the order they were seen."""
        row = t.ChangeRow
        return decoded_changes(
            self.session, select(row.change, row.status).where(row.status == Status.HELD.value).order_by(row.id)
        )

    def first_run(self) -> datetime | None:
        """When the first run began."""
        return self.session.scalar(select(func.min(t.Run.started_at)))

    def sendings(self, since: datetime) -> Sendings:
        """What became of the messages that were to be sent from *since* on."""
        row = t.DeliveryRow
        query = select(row.state, func.count(), func.sum(row.repeated)).where(
            row.digest_id.is_(None) | row.alert_id.is_(None),
            (row.state != "pending") | (row.attempts > 0),
            row.next_try >= since,
        )
        counts = {
            state: (count, repeated or 0) for state, count, repeated in self.session.execute(query.group_by(row.state))
        }
        waiting, given_up = counts.get("pending", (0, 0)), counts.get("given_up", (0, 0))
        return Sendings(waiting[0], given_up[0], sum(repeated for _, repeated in counts.values()))
