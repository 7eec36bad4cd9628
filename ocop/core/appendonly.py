"""Tables that only grow: triggers that refuse UPDATE and DELETE, for SQLite and PostgreSQL alike."""

from __future__ import annotations

from typing import Any

from django.db import migrations


def append_only(table: str, *, except_columns: tuple[str, ...] = ()) -> migrations.RunPython:
    """A migration step: rows of `table` can be added, never changed or removed; may be repeated.

    `except_columns` may still be filled in later (e.g. the moment a version was retired); all others may not.
    """

    def forwards(apps: Any, schema_editor: Any) -> None:
        vendor = schema_editor.connection.vendor
        columns = [
            column.name
            for column in schema_editor.connection.introspection.get_table_description(
                schema_editor.connection.cursor(), table
            )
            if column.name not in except_columns
        ]
        for statement in _statements(vendor, table, columns, bool(except_columns)):
            schema_editor.execute(statement)

    def backwards(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_keep ON {table}")
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {table}_refuse()")
        else:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_update")
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_delete")

    return migrations.RunPython(forwards, backwards)


def _statements(vendor: str, table: str, columns: list[str], some: bool) -> list[str]:
    message = f"{table}: chi duoc them, khong duoc sua hay xoa"
    of = f" OF {', '.join(columns)}" if some else ""
    if vendor == "postgresql":
        return [
            f"CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"'BEGIN RAISE EXCEPTION ''{message}''; END'",
            f"DROP TRIGGER IF EXISTS {table}_keep ON {table}",
            f"CREATE TRIGGER {table}_keep BEFORE UPDATE{of} OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse()",
        ]
    return [
        f"DROP TRIGGER IF EXISTS {table}_no_update",
        f"DROP TRIGGER IF EXISTS {table}_no_delete",
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE{of} ON {table} BEGIN SELECT RAISE(ABORT, '{message}'); END",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, '{message}'); END",
    ]


def empty_all_tables() -> None:
    """Empty every table, append-only ones too: for a demo that starts anew, never for an office."""
    from django.apps import apps
    from django.core.management.color import no_style
    from django.db import connection

    tables = [model._meta.db_table for model in apps.get_models(include_auto_created=True)]
    for statement in flush_statements(
        connection, connection.ops.sql_flush(no_style(), tables, reset_sequences=True, allow_cascade=True)
    ):
        with connection.cursor() as cursor:
            cursor.execute(statement)


def flush_statements(connection: Any, statements: list[str]) -> list[str]:
    """The statements that empty tables; SQLite's triggers are put aside meanwhile (TRUNCATE passes PostgreSQL's)."""
    if connection.vendor != "sqlite":
        return statements
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
    return [*(f"DROP TRIGGER {name}" for name, _ in triggers), *statements, *(sql for _, sql in triggers)]


def final_once(
    table: str, *, draft: str, leaves: tuple[str, str], with_columns: tuple[str, ...] = ()
) -> migrations.RunPython:
    """A migration step: a row of `table` whose `state` is no longer `draft` stays as it is, nor can it be removed.

    The one way on is from the first state of `leaves` to the second, filling in `with_columns`; may be repeated.
    """

    def forwards(apps: Any, schema_editor: Any) -> None:
        connection = schema_editor.connection
        described = connection.introspection.get_table_description(connection.cursor(), table)
        kept = [column.name for column in described if column.name not in ("state", *with_columns)]
        for statement in _final_statements(connection.vendor, table, draft, leaves, kept):
            schema_editor.execute(statement)

    def backwards(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_final ON {table}")
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {table}_final()")
        else:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_final_update")
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_final_delete")

    return migrations.RunPython(forwards, backwards)


def _final_statements(vendor: str, table: str, draft: str, leaves: tuple[str, str], kept: list[str]) -> list[str]:
    message = f"{table}: da nop thi khong duoc sua hay xoa"
    same = "IS NOT DISTINCT FROM" if vendor == "postgresql" else "IS"
    unchanged = " AND ".join(f"NEW.{name} {same} OLD.{name}" for name in kept)
    way_on = f"OLD.state = '{leaves[0]}' AND NEW.state = '{leaves[1]}' AND {unchanged}"
    if vendor == "postgresql":
        body = (
            f"BEGIN IF OLD.state <> '{draft}' THEN IF TG_OP = 'DELETE' THEN RAISE EXCEPTION '{message}'; END IF; "
            f"IF NOT ({way_on}) THEN RAISE EXCEPTION '{message}'; END IF; END IF; "
            "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END"
        )
        return [
            f"CREATE OR REPLACE FUNCTION {table}_final() RETURNS trigger LANGUAGE plpgsql AS $final${body}$final$",
            f"DROP TRIGGER IF EXISTS {table}_final ON {table}",
            f"CREATE TRIGGER {table}_final BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_final()",
        ]
    return [
        f"DROP TRIGGER IF EXISTS {table}_final_update",
        f"DROP TRIGGER IF EXISTS {table}_final_delete",
        f"CREATE TRIGGER {table}_final_update BEFORE UPDATE ON {table} "
        f"WHEN OLD.state <> '{draft}' AND NOT ({way_on}) BEGIN SELECT RAISE(ABORT, '{message}'); END",
        f"CREATE TRIGGER {table}_final_delete BEFORE DELETE ON {table} "
        f"WHEN OLD.state <> '{draft}' BEGIN SELECT RAISE(ABORT, '{message}'); END",
    ]


def sealed_when(table: str, *, filled: str) -> migrations.RunPython:
    """A migration step: a row of `table` with something in column `filled` stays as it is, nor can it be removed."""
    message = f"{table}: da nop thi khong duoc sua hay xoa"

    def forwards(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            statements = [
                f"CREATE OR REPLACE FUNCTION {table}_sealed() RETURNS trigger LANGUAGE plpgsql AS "
                f"'BEGIN RAISE EXCEPTION ''{message}''; END'",
                f"CREATE TRIGGER {table}_sealed BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW "
                f"WHEN (OLD.{filled} IS NOT NULL) EXECUTE FUNCTION {table}_sealed()",
            ]
        else:
            statements = [
                f"CREATE TRIGGER {table}_sealed_{act.lower()} BEFORE {act} ON {table} "
                f"WHEN OLD.{filled} IS NOT NULL BEGIN SELECT RAISE(ABORT, '{message}'); END"
                for act in ("UPDATE", "DELETE")
            ]
        for statement in statements:
            schema_editor.execute(statement)

    def backwards(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_sealed ON {table}")
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {table}_sealed()")
        else:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_sealed_update")
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_sealed_delete")

    return migrations.RunPython(forwards, backwards)
