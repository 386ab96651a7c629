"""Questions about what changed and what was told: changes, alerts with their deliveries, runs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import msgspec
from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from diffs.change import Change, ChangeKind, Status, change_from_json
from storage import tables as t
from storage.values import AlertView, DeliveryView, RunView

# SQLite takes 32,766 values in one statement.
_TOGETHER = 10_000
_ALERTS = (
    select(t.AlertRow, t.ChangeRow.change, t.ChangeRow.status)
    .join(t.ChangeRow, t.ChangeRow.key == t.AlertRow.change_key)
    .order_by(t.AlertRow.id)
)

_HELD_SUBJECTS = select(t.ChangeRow.subject).where(
    t.ChangeRow.regime == bindparam("of"),
    t.ChangeRow.kind == bindparam("kind"),
    t.ChangeRow.status == Status.HELD.value,
)


def delivery_view(row: t.DeliveryRow) -> DeliveryView:
    return DeliveryView(
        row.id,
        row.alert_id,
        row.channel,
        row.state,
        row.idempotency_key,
        row.attempts,
        row.next_try,
        row.sent_at,
        row.last_error,
        row.waits_for,
        row.digest_id,
        row.reminder,
        row.repeated,
        row.leased_by is not None,
    )


def decoded_changes(session: Session, query: Select[tuple[str, str]]) -> tuple[Change, ...]:
    """The changes that *query* finds, as it gives their JSON and present status."""
    return tuple(
        msgspec.structs.replace(change_from_json(change), status=Status(status))
        for change, status in session.execute(query)
    )


class ToldReader:
    """The questions about changes, alerts and runs."""

    session: Session

    def changes(self, regime: str | None = None, *, run: str | None = None) -> tuple[Change, ...]:
        """Changes in the order they were seen, each with its present status."""
        query = select(t.ChangeRow.change, t.ChangeRow.status).order_by(t.ChangeRow.id)
        if regime is not None:
            query = query.where(t.ChangeRow.regime == regime)
        if run is not None:
            query = query.where(t.ChangeRow.run_id == run)
        return decoded_changes(self.session, query)

    def changes_of_version(self, record_id: int) -> tuple[Change, ...]:
        """The changes that a version told, each with its present status."""
        row = t.ChangeRow
        return decoded_changes(
            self.session, select(row.change, row.status).where(row.record_id == record_id).order_by(row.id)
        )

    def version_behind(self, key: str) -> int | None:
        """The record that told the change of this key first; None for a change of a source itself."""
        return self.session.scalar(select(t.ChangeRow.record_id).where(t.ChangeRow.key == key))

    def known_keys(self, keys: Iterable[str]) -> frozenset[str]:
        """Which of these change keys were seen before."""
        wanted = tuple(keys)
        if not wanted:
            return frozenset()
        return frozenset(self.session.scalars(select(t.ChangeRow.key).where(t.ChangeRow.key.in_(wanted))))

    def held_subjects(self, regime: str, kind: ChangeKind) -> frozenset[str]:
        """What the changes of one kind that are held for review are about."""
        rows = self.session.connection().execute(_HELD_SUBJECTS, {"of": regime, "kind": kind.value})
        return frozenset(subject for (subject,) in rows)

    def alerts(
        self, *, run: str | None = None, unacknowledged: bool = False, ids: Collection[int] | None = None
    ) -> tuple[AlertView, ...]:
        """Alerts in the order they were raised; *ids* asks for these alone."""
        query = _ALERTS
        if run is not None:
            query = query.where(t.ChangeRow.run_id == run)
        if unacknowledged:
            query = query.where(t.AlertRow.acknowledged_at.is_(None))
        if ids is not None:
            query = query.where(t.AlertRow.id.in_(ids))
        return self._alerts(query)

    def alert_on(self, change: str) -> AlertView | None:
        """The alert on the change of this key, if one was raised."""
        return next(iter(self._alerts(_ALERTS.where(t.AlertRow.change_key == change))), None)

    def lasting_alerts(self) -> tuple[AlertView, ...]:
        """Alerts that nobody has acknowledged on what may last: a held change, a source that cannot be reached."""
        row = t.ChangeRow
        lasting = (row.status == Status.HELD.value) | (row.kind == ChangeKind.SOURCE_UNREACHABLE.value)
        return self._alerts(_ALERTS.where(lasting, t.AlertRow.acknowledged_at.is_(None)))

    def _alerts(self, query: Select[tuple[t.AlertRow, str, str]]) -> tuple[AlertView, ...]:
        rows = self.session.execute(query).all()
        deliveries = self._deliveries([row.id for row, _, _ in rows])
        return tuple(
            AlertView(
                row.id,
                row.audience,
                row.sentence,
                row.created_at,
                row.acknowledged_at,
                msgspec.structs.replace(change_from_json(change), status=Status(status)),
                tuple(deliveries.get(row.id, ())),
            )
            for row, change, status in rows
        )

    def _deliveries(self, alerts: Sequence[int]) -> dict[int, list[DeliveryView]]:
        found: dict[int, list[DeliveryView]] = {}
        for start in range(0, len(alerts), _TOGETHER):
            some = alerts[start : start + _TOGETHER]
            query = select(t.DeliveryRow).where(t.DeliveryRow.alert_id.in_(some)).order_by(t.DeliveryRow.id)
            for row in self.session.scalars(query):
                found.setdefault(row.alert_id or 0, []).append(delivery_view(row))
        return found

    def runs(self, limit: int = 50) -> tuple[RunView, ...]:
        """The last runs, newest first."""
        rows = self.session.scalars(select(t.Run).order_by(t.Run.started_at.desc(), t.Run.id).limit(limit))
        return tuple(RunView(row.id, row.kind, row.started_at, row.ended_at, row.state, row.detail) for row in rows)
