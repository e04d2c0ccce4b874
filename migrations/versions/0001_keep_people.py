"""Keep people, their devices and their wishes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("is_admin", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("email = lower(email) AND email LIKE '%_@_%'", name=op.f("ck_account_email")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("email", name=op.f("uq_account_email")),
    )
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
    )
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_entry_at"), ["at"], unique=False)

    op.create_table(
        "card_proof",
        sa.Column("session_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("proof", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("session_id", "number", name=op.f("pk_card_proof")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "contact",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("postal_note", sa.String(length=200), nullable=False),
        sa.Column("wants_minutes", sa.Boolean(), nullable=False),
        sa.Column("wants_cowrite", sa.Boolean(), nullable=False),
        sa.Column("consent_at", sa.Date(), nullable=False),
        sa.Column("wording_version", sa.String(length=20), nullable=False),
        sa.Column("proof", sa.String(length=64), nullable=False),
        sa.CheckConstraint("(channel <> 'none') = wants_minutes", name=op.f("ck_contact_minutes")),
        sa.CheckConstraint("channel <> 'email' OR email LIKE '%_@_%'", name=op.f("ck_contact_email")),
        sa.CheckConstraint("channel IN ('email', 'paper', 'none')", name=op.f("ck_contact_channel")),
        sa.CheckConstraint("wants_cowrite = false OR email LIKE '%_@_%'", name=op.f("ck_contact_cowrite")),
        sa.CheckConstraint("wants_minutes = true OR wants_cowrite = true", name=op.f("ck_contact_purpose")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
        sa.UniqueConstraint("proof", name=op.f("uq_contact_proof")),
    )
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contact_session_id"), ["session_id"], unique=False)

    op.create_table(
        "device",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("participant", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_device")),
        sa.UniqueConstraint("session_id", "participant", name=op.f("uq_device_session_id")),
    )
    with op.batch_alter_table("device", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_device_session_id"), ["session_id"], unique=False)

    op.create_table(
        "installation",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("controller", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("dpo_contact", sa.Text(), nullable=False),
        sa.Column("recourse", sa.Text(), nullable=False),
        sa.Column("publisher", sa.Text(), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("device_hours", sa.Integer(), nullable=True),
        sa.Column("contact_months", sa.Integer(), nullable=True),
        sa.Column("name_months", sa.Integer(), nullable=True),
        sa.Column("fictional", sa.Boolean(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("contact_months BETWEEN 1 AND 3", name=op.f("ck_installation_contact_months")),
        sa.CheckConstraint("device_hours BETWEEN 1 AND 24", name=op.f("ck_installation_device_hours")),
        sa.CheckConstraint("id = 1", name=op.f("ck_installation_single")),
        sa.CheckConstraint("name_months BETWEEN 1 AND 120", name=op.f("ck_installation_name_months")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_installation")),
    )
    op.create_table(
        "restore_code",
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("participant", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("expires_at > created_at", name=op.f("ck_restore_code_lasts")),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_restore_code")),
    )
    with op.batch_alter_table("restore_code", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_restore_code_session_id"), ["session_id"], unique=False)

    op.create_table(
        "magic_link",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("expires_at > created_at", name=op.f("ck_magic_link_lasts")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_magic_link_account_id_account"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_magic_link")),
    )
    with op.batch_alter_table("magic_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_magic_link_account_id"), ["account_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("magic_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_magic_link_account_id"))

    op.drop_table("magic_link")
    with op.batch_alter_table("restore_code", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_restore_code_session_id"))

    op.drop_table("restore_code")
    op.drop_table("installation")
    with op.batch_alter_table("device", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_device_session_id"))

    op.drop_table("device")
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contact_session_id"))

    op.drop_table("contact")
    op.drop_table("card_proof")
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_entry_at"))

    op.drop_table("audit_entry")
    op.drop_table("account")
