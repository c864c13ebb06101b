"""The schema: what the migrations make is what the tables say, whoever runs them and how often."""

from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect, text
from sqlmodel import SQLModel

from duban.store.database import DatabaseError, Engine, open_database
from duban.store.migrate import migrate
from tests.integration.worker import Workers


def _index(found: Any) -> str:
    where = {name: str(value) for name, value in found.get("dialect_options", {}).items()}
    return f"{found['name']} {found['column_names']} {found['unique']} {where}"


def _schema(engine: Engine) -> dict[str, list[Any]]:
    found = inspect(engine)
    return {
        table: [
            [
                (item["name"], str(item["type"]), item["nullable"])
                for item in found.get_columns(table)
            ],
            found.get_pk_constraint(table),
            sorted(map(_index, found.get_indexes(table))),
            sorted(map(str, found.get_unique_constraints(table))),
            sorted(map(str, found.get_foreign_keys(table))),
        ]
        for table in found.get_table_names()
        if table != "alembic_version"
    }


def test_an_empty_database_becomes_what_the_tables_say(empty_url: str) -> None:
    engine = open_database(empty_url)
    assert migrate(engine)
    with engine.begin() as connection:
        options = {"compare_type": True, "compare_server_default": True}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, SQLModel.metadata) == []
    migrated = _schema(engine)
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE alembic_version"))
        SQLModel.metadata.drop_all(connection)
        SQLModel.metadata.create_all(connection)
    assert _schema(engine) == migrated
    engine.dispose()


def test_migrating_again_does_nothing(empty_url: str) -> None:
    engine = open_database(empty_url)
    assert [migrate(engine), migrate(engine)] == [True, False]
    engine.dispose()


def test_processes_that_migrate_together_all_find_the_schema(
    empty_url: str, workers: Workers
) -> None:
    processes = [workers.start("migrate", empty_url) for _ in range(4)]
    assert [workers.wait(process) for process in processes] == [0] * 4
    engine = open_database(empty_url)
    assert not migrate(engine)
    engine.dispose()


def test_a_ledger_in_use_is_opened_without_waiting_for_its_writer(empty_url: str) -> None:
    engine = open_database(empty_url)
    migrate(engine)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM lease"))
        assert not migrate(engine)
    engine.dispose()


def test_a_failed_migration_leaves_nothing_behind(empty_url: str) -> None:
    stranger = create_engine(open_database(empty_url).url)
    with stranger.begin() as connection:
        connection.execute(text("CREATE TABLE notice (id INTEGER)"))
    engine = open_database(empty_url)
    with pytest.raises(DatabaseError, match="notice"):
        migrate(engine)
    assert inspect(engine).get_table_names() == ["notice"]
    for opened in (engine, stranger):
        opened.dispose()
