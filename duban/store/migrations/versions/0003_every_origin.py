"""What was re-routed keeps all that it came from; a notice keeps whose post its reader held."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "origin",
        sa.Column("obligation_id", sa.String(), nullable=False),
        sa.Column("origin_id", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["obligation_id"], ["obligation.id"], name=op.f("fk_origin_obligation_id_obligation")
        ),
        sa.ForeignKeyConstraint(
            ["origin_id"], ["obligation.id"], name=op.f("fk_origin_origin_id_obligation")
        ),
        sa.PrimaryKeyConstraint("obligation_id", "origin_id", name=op.f("pk_origin")),
    )
    _fill()
    op.execute("ALTER TABLE obligation DROP COLUMN origin")
    op.add_column("notice", sa.Column("unit", sa.String(), nullable=True))


def _fill() -> None:
    """The first origin stands in its column, those that were merged into it in the entries."""
    connection = op.get_bind()
    first = sa.text(
        "SELECT id, origin FROM obligation WHERE origin IS NOT NULL AND kind <> 'assignment'"
    )
    found = {row.id: [row.origin] for row in connection.execute(first)}
    merged = sa.text(
        "SELECT obligation_id, detail FROM entry WHERE kind = 'assigned'"
        " AND detail IS NOT NULL ORDER BY id"
    )
    known = set(connection.execute(sa.text("SELECT id FROM obligation")).scalars())
    for row in connection.execute(merged):
        origin = json.loads(row.detail).get("from")
        origins = found.setdefault(row.obligation_id, [])
        if origin in known and origin not in origins:
            origins.append(origin)
    insert = sa.text("INSERT INTO origin VALUES (:obligation, :origin, :place)")
    for obligation, origins in found.items():
        for place, origin in enumerate(origins):
            values = {"obligation": obligation, "origin": origin, "place": place}
            connection.execute(insert, values)


def downgrade() -> None:
    raise NotImplementedError("all origins but one would be lost; restore the backup instead")
