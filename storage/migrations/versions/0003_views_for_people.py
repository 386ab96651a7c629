"""Views for people who look into the database with tools of their own"""

from alembic import op

from storage.views import VIEWS

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    for name, query in VIEWS.items():
        op.execute(f"CREATE VIEW {name} AS {query}")


def downgrade() -> None:
    for name in VIEWS:
        op.execute(f"DROP VIEW {name}")
