"""The loop closes: answers, decisions, received mails, evidence, accounts, nudges."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("password", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_account")),
    )
    op.create_table(
        "document",
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("content", name=op.f("pk_document")),
    )
    op.create_table(
        "posted",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_posted")),
    )
    op.create_table(
        "revocation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("made_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("because", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revocation")),
    )
    with op.batch_alter_table("revocation", schema=None) as batch_op:
        batch_op.create_index("ix_revocation_address", ["address"], unique=False)

    op.create_table(
        "held",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("outbox_id", sa.Integer(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["outbox_id"], ["outbox.id"], name=op.f("fk_held_outbox_id_outbox")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held")),
    )
    with op.batch_alter_table("held", schema=None) as batch_op:
        batch_op.create_index("ix_held_recipient_on", ["recipient", "on"], unique=False)

    op.create_table(
        "received",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sender", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("because", sa.String(), nullable=False),
        sa.Column("reading", sa.String(), nullable=True),
        sa.Column("checks", sa.String(), nullable=True),
        sa.Column("outbox_id", sa.Integer(), nullable=True),
        sa.Column("settled_by", sa.String(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_text", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["outbox_id"], ["outbox.id"], name=op.f("fk_received_outbox_id_outbox")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_received")),
        sa.UniqueConstraint("content", name=op.f("uq_received_content")),
    )
    with op.batch_alter_table("received", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_received_message_id"), ["message_id"], unique=False)
        batch_op.create_index("ix_received_state", ["state"], unique=False)

    op.create_table(
        "session",
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account"], ["account.name"], name=op.f("fk_session_account_account")
        ),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_session")),
    )
    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.create_index("ix_session_account", ["account"], unique=False)

    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("obligation_id", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("event_on", sa.Date(), nullable=True),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("via", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("pair", sa.Integer(), nullable=True),
        sa.Column("received_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["content"], ["document.content"], name=op.f("fk_evidence_content_document")
        ),
        sa.ForeignKeyConstraint(
            ["obligation_id"], ["obligation.id"], name=op.f("fk_evidence_obligation_id_obligation")
        ),
        sa.ForeignKeyConstraint(["pair"], ["evidence.id"], name=op.f("fk_evidence_pair_evidence")),
        sa.ForeignKeyConstraint(
            ["received_id"], ["received.id"], name=op.f("fk_evidence_received_id_received")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sa.UniqueConstraint(
            "obligation_id", "content", name=op.f("uq_evidence_obligation_id_content")
        ),
    )
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.create_index("ix_evidence_content", ["content"], unique=False)

    # Plain ADD COLUMN, which both databases do in place: SQLite would have to copy the tables.
    op.add_column("entry", sa.Column("via", sa.String(), nullable=False, server_default="command"))
    op.execute(
        "ALTER TABLE entry ADD COLUMN received_id INTEGER"
        " CONSTRAINT fk_entry_received_id_received REFERENCES received (id)"
    )
    for column in (
        sa.Column("stated_due_on", sa.Date(), nullable=True),
        sa.Column("inner_due_on", sa.Date(), nullable=True),
        sa.Column("asked_due_on", sa.Date(), nullable=True),
        sa.Column("extensions", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("stage_before", sa.String(), nullable=True),
        sa.Column("suspended_on", sa.Date(), nullable=True),
        sa.Column("resumes_on", sa.Date(), nullable=True),
    ):
        op.add_column("obligation", column)
    op.execute(
        "ALTER TABLE obligation ADD COLUMN origin VARCHAR"
        " CONSTRAINT fk_obligation_origin_obligation REFERENCES obligation (id)"
    )
    op.add_column("obligation", sa.Column("accepted_by", sa.String(), nullable=True))
    op.execute("UPDATE obligation SET stated_due_on = due_on")
    op.execute(
        "UPDATE obligation SET accepted_by = (SELECT entry.by FROM entry WHERE entry.id ="
        " (SELECT max(id) FROM entry WHERE obligation_id = obligation.id AND kind = 'accepted'))"
        " WHERE stage = 'accepted'"
    )
    channel = sa.Column("channel", sa.String(), nullable=False, server_default="mail")
    op.add_column("outbox", channel)
    for name in ("words", "items"):
        op.add_column("outbox", sa.Column(name, sa.String(), nullable=True))


def downgrade() -> None:
    raise NotImplementedError("answers and decisions would be lost; restore the backup instead")
