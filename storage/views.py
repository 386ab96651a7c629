"""Views for people who look into the database with tools of their own: the words of the field, one row a fact."""

from __future__ import annotations

VIEWS = {
    # Who belongs now, as known now, and the page that says so.
    "members_now": """
        SELECT m.regime, m.country, m.name, m.valid_from AS since, m.basis, m.observed_at AS known_since,
               r.url, r.sha256 AS capture
        FROM memberships m JOIN records r ON r.id = m.record_id
        WHERE m.superseded_at IS NULL AND m.valid_to IS NULL
    """,
    # Every membership there was, as known now.
    "memberships_known": """
        SELECT m.regime, m.country, m.name, m.epoch, m.valid_from, m.valid_to, m.basis, m.observed_at AS known_since,
               r.url, r.sha256 AS capture
        FROM memberships m JOIN records r ON r.id = m.record_id
        WHERE m.superseded_at IS NULL
    """,
    # The first plenary whose page cites a resolution.
    "first_citations": """
        SELECT c.regime, c.body, c.number, MIN(c.year) AS year, MIN(c.symbol) AS symbol,
               MIN(COALESCE(p."start", p."end", r.published)) AS first_cited, COUNT(DISTINCT r.source_id) AS pages
        FROM citations c JOIN records r ON r.id = c.record_id LEFT JOIN plenaries p ON p.id = r.plenary_id
        WHERE NOT r.held
        GROUP BY c.regime, c.body, c.number
    """,
    # What was told, in its sentence.
    "alerts_told": """
        SELECT a.id, c.regime, c.kind, c.severity, c.subject, a.sentence, c.status, c.observed_at, a.acknowledged_at
        FROM alerts a JOIN changes c ON c.key = a.change_key
    """,
    # How each source stands.
    "sources_standing": """
        SELECT s.regime, s.name, s.kind, s.url, t.last_verified, t.last_changed, t.failures, t.failing_since,
               (SELECT COUNT(*) FROM records r WHERE r.source_id = s.id) AS versions
        FROM sources s LEFT JOIN source_states t ON t.source_id = s.id
    """,
}
