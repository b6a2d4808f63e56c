"""Migrations on both databases: with rows in them, back, raced, equal to the tables' classes."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Engine, MetaData, func, insert, inspect, select

from knowledge.bench.world import World
from knowledge.sample.load import prepare
from knowledge.storage import schema
from knowledge.storage.engine import make_engine
from knowledge.storage.orm import Base, CourseRow
from knowledge.storage.unit_of_work import UnitOfWork

_SPAWN = multiprocessing.get_context("spawn")
_FILLED = ("departments", "terms", "courses", "course_codes", "sections", "meetings", "students")


@pytest.fixture
def engine(empty_url: str) -> Iterator[Engine]:
    made = make_engine(empty_url)
    yield made
    made.dispose()


def _migrate(engine: Engine, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(schema._MIGRATIONS))
    with engine.execution_options(writing=True).begin() as connection:
        config.attributes["connection"] = connection
        down = revision == "base" or (schema._revision(engine) or "") > revision
        (command.downgrade if down else command.upgrade)(config, revision)


def _rows(engine: Engine) -> dict[str, list[dict[str, Any]]]:
    tables = MetaData()
    tables.reflect(engine)
    with engine.connect() as connection:
        return {
            name: [dict(row._mapping) for row in connection.execute(select(table))]
            for name, table in tables.tables.items()
        }


def _fill_first(engine: Engine, source: Engine) -> None:
    """A university of today in the columns that the first schema had."""
    _migrate(engine, "0001")
    tables, rows = MetaData(), _rows(source)
    tables.reflect(engine)
    now = datetime(2026, 11, 1, tzinfo=UTC).replace(tzinfo=None)
    with engine.execution_options(writing=True).begin() as connection:
        for name in _FILLED:
            table = tables.tables[name]
            kept = [{k: v for k, v in row.items() if k in table.c} for row in rows[name]]
            connection.execute(insert(table), kept)
        grading = {"units": 4, "grading": "letter", "created_at": now}
        seats = [
            {"suid": "06000001", "class_id": 10_010, "status": "enrolled", **grading},
            {"suid": "06000002", "class_id": 20_020, "status": "waitlisted", **grading},
        ]
        connection.execute(insert(tables.tables["enrollments"]), seats)


@pytest.fixture
def filled(tmp_path, engine: Engine) -> Engine:
    units = UnitOfWork.at(f"sqlite:///{tmp_path / 'source.db'}")
    World(courses=4, students=3).build(units)
    _fill_first(engine, units.engine)
    units.close()
    return engine


def test_rows_of_the_first_schema_are_kept_and_completed(filled: Engine) -> None:
    before = _rows(filled)
    schema.upgrade(filled)
    after = _rows(filled)
    for table, rows in before.items():
        if table != "alembic_version":
            pairs = zip(rows, after[table], strict=True)
            assert [{name: row[name] for name in old} for old, row in pairs] == rows
    assert [(row["course_id"], row["linked_class_id"]) for row in after["enrollments"]] == [
        (2, None),
        (3, None),
    ]
    terms = {row["class_id"]: row["term_id"] for row in after["sections"]}
    assert all(row["term_id"] == terms[row["class_id"]] for row in after["enrollments"])
    assert {row["version"] for row in after["students"]} == {1}


def test_back_to_the_first_schema_and_forth(filled: Engine) -> None:
    before = _rows(filled)
    schema.upgrade(filled)
    latest = sorted(inspect(filled).get_table_names())
    _migrate(filled, "0001")
    assert _rows(filled) == before
    schema.upgrade(filled)
    assert sorted(inspect(filled).get_table_names()) == latest


def test_down_to_nothing(engine: Engine) -> None:
    schema.upgrade(engine)
    _migrate(engine, "base")
    assert inspect(engine).get_table_names() == ["alembic_version"]


def test_migrated_tables_are_those_of_the_classes(engine: Engine) -> None:
    schema.upgrade(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_processes_that_start_at_once_prepare_once(empty_url: str) -> None:
    starting = [_SPAWN.Process(target=_prepare, args=(empty_url,)) for _ in range(2)]
    for process in starting:
        process.start()
    for process in starting:
        process.join(120)
    assert [process.exitcode for process in starting] == [0, 0]
    units = UnitOfWork.at(empty_url)
    assert prepare(units) is False
    with units.write() as work:
        last = work.session.scalar(select(func.max(CourseRow.id))) or 0
        work.session.add(new := _course())
        work.session.flush()
        assert new.id == last + 1
    units.close()


def _prepare(url: str) -> None:
    units = UnitOfWork.at(url)
    prepare(units)
    units.close()


def _course() -> CourseRow:
    return CourseRow(
        title="New",
        description="",
        units_min=1,
        units_max=1,
        usual_units=1,
        level="graduate",
        requirements=[],
        gradings=["letter"],
        topics=[],
        sample_fields=[],
        repeatable=False,
    )
