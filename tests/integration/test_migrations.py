"""The schema: what the migrations make is what the tables say, whoever runs them and how often."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import MetaData, create_engine, inspect, text
from sqlmodel import SQLModel

from duban.store.database import DatabaseError, Engine, open_database
from duban.store.migrate import migrate
from tests.integration.worker import Workers


def _index(found: Any) -> str:
    where = {name: str(value) for name, value in found.get("dialect_options", {}).items()}
    return f"{found['name']} {found['column_names']} {found['unique']} {where}"


def _foreign_key(found: Any) -> str:
    """Without its name: SQLite forgets that of a column added later."""
    return str({name: value for name, value in found.items() if name != "name"})


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
            sorted(map(_foreign_key, found.get_foreign_keys(table))),
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


def test_what_the_first_release_wrote_keeps_its_meaning(empty_url: str) -> None:
    engine = open_database(empty_url)
    config = Config()
    config.set_main_option("script_location", "duban:store/migrations")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        first = MetaData()
        first.reflect(connection)
        for table, row in _FIRST.items():
            connection.execute(first.tables[table].insert(), [row])
    assert migrate(engine)
    with engine.begin() as connection:
        query = "SELECT stated_due_on, accepted_by, extensions FROM obligation"
        [found] = connection.execute(text(query))
        assert (str(found.stated_due_on), found.accepted_by, found.extensions) == (
            "2024-10-20",
            "审核人",
            0,
        )
        assert connection.execute(text("SELECT via FROM entry")).scalar_one() == "command"
    engine.dispose()


def test_what_the_second_release_knew_of_re_routing_is_kept(empty_url: str) -> None:
    engine = open_database(empty_url)
    config = Config()
    config.set_main_option("script_location", "duban:store/migrations")
    key = "plan-2024/summary/{}局".format
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0002")
        second = MetaData()
        second.reflect(connection)
        connection.execute(second.tables["plan"].insert(), [_FIRST["plan"]])
        for unit, origin in (("甲", None), ("乙", None), ("丙", key("甲"))):
            row = {"id": key(unit), "unit": f"{unit}局", "origin": origin}
            connection.execute(second.tables["obligation"].insert(), [_FIRST["obligation"] | row])
        receipt = {"id": "plan-2024/assignment/丙局", "kind": "assignment", "origin": key("甲")}
        connection.execute(second.tables["obligation"].insert(), [_FIRST["obligation"] | receipt])
        for unit in ("甲", "乙"):
            detail = json.dumps({"from": key(unit)})
            row = {"obligation_id": key("丙"), "kind": "assigned", "detail": detail}
            connection.execute(second.tables["entry"].insert(), [_FIRST["entry"] | row])
    assert migrate(engine)
    with engine.begin() as connection:
        found = connection.execute(text("SELECT * FROM origin ORDER BY place")).all()
        assert [tuple(row) for row in found] == [
            (key("丙"), key("甲"), 0),
            (key("丙"), key("乙"), 1),
        ]
    engine.dispose()


_ON = date(2024, 10, 8)
_AT = datetime(2024, 10, 8, 1, tzinfo=UTC)
_FIRST: dict[str, dict[str, Any]] = {
    "plan": {
        "id": "plan-2024",
        "title": "某方案",
        "document_number": None,
        "issued_on": _ON,
        "last_day": _ON,
        "coordinator": "某办",
        "applied_on": _ON,
        "applied_at": _AT,
        "applied_by": "某人",
        "fingerprint": "x",
        "rules": "x",
    },
    "obligation": {
        "id": "plan-2024/summary/甲局",
        "plan_id": "plan-2024",
        "unit": "甲局",
        "kind": "report",
        "role": "responsible",
        "title": "工作总结",
        "due_on": date(2024, 10, 20),
        "rule": None,
        "addressee": None,
        "duties": "[]",
        "text": "",
        "stage": "accepted",
        "revision": 1,
        "armed_on": _ON,
        "said_through": None,
        "next_on": None,
    },
    "entry": {
        "obligation_id": "plan-2024/summary/甲局",
        "kind": "accepted",
        "on": _ON,
        "at": _AT,
        "by": "审核人",
        "text": "",
        "detail": None,
    },
}
"""A result that was accepted before the ledger kept by whom."""
