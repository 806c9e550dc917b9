"""SQLAlchemy over psycopg2: what it asks when it connects first, reflection of every kind, Core expressions, the pool."""

import datetime
import decimal
import warnings

import sqlalchemy
from sqlalchemy import MetaData, Table, and_, create_engine, func, inspect, literal, select, text
from sqlalchemy import exc
from sqlalchemy.engine import URL

from checks import CA, HOST, PASSWORD, PORT, check, has, protected, refused, run, same

warnings.simplefilter("error", sqlalchemy.exc.SAWarning)


def engine(project="diabetes", password=PASSWORD, **more):
    return create_engine(
        URL.create(
            "postgresql+psycopg2",
            "ada",
            password,
            HOST,
            int(PORT),
            project,
            {"sslmode": "verify-full", "sslrootcert": CA, "channel_binding": "require"},
        ),
        future=True,
        **more,
    )


ENGINE = engine()


@check
def the_first_connection_learns_version_and_schema():
    with ENGINE.connect() as connection:
        same(connection.dialect.server_version_info[0], 16)
        same(connection.dialect.default_schema_name, "hospital")
        same(connection.get_isolation_level(), "READ COMMITTED")
        same(connection.scalar(text("SELECT 1")), 1)


@check
def a_wrong_password_is_told_in_words():
    refusal = refused(exc.OperationalError, lambda: engine(password="wrong").connect())
    has(str(refusal.orig), "Authentication failed.")


@check
def the_inspector_lists_schemas_tables_and_columns():
    inspector = inspect(ENGINE)
    same(inspector.get_schema_names(), ["hospital", "information_schema", "public", "weir"])
    tables = inspector.get_table_names(schema="hospital")
    has(tables, "patients", "admissions", "icd10")
    same(inspector.get_view_names(schema="hospital"), [])
    columns = {column["name"]: column for column in inspector.get_columns("patients", schema="hospital")}
    same(str(columns["date_of_birth"]["type"]), "DATE")
    same(columns["date_of_birth"]["nullable"], False)
    same(str(columns["sex"]["type"]), "VARCHAR(1)")
    assert columns["sex"]["comment"], columns["sex"]
    assert "given_name" not in columns, columns
    assert inspector.get_table_comment("patients", schema="hospital")["text"]
    same(inspector.has_table("patients", schema="hospital"), True)
    same(inspector.has_table("nowhere", schema="hospital"), False)


@check
def keys_and_indexes_are_reflected():
    inspector = inspect(ENGINE)
    same(inspector.get_pk_constraint("patients", schema="hospital")["constrained_columns"], ["patient_id"])
    targets = [key["referred_table"] for key in inspector.get_foreign_keys("admissions", schema="hospital")]
    has(targets, "patients", "providers")
    for table in inspector.get_table_names(schema="hospital"):
        inspector.get_indexes(table, schema="hospital")
        inspector.get_unique_constraints(table, schema="hospital")
        same(inspector.get_check_constraints(table, schema="hospital"), [])
        inspector.get_table_options(table, schema="hospital")
    same(inspector.get_enums(schema="*"), [])
    same(inspector.get_sequence_names(schema="hospital"), [])


@check
def the_whole_metadata_is_reflected():
    metadata = MetaData()
    metadata.reflect(ENGINE, schema="hospital")
    has(metadata.tables, "hospital.patients", "hospital.admissions")
    assert metadata.tables["hospital.admissions"].foreign_keys
    assert [table.name for table in metadata.sorted_tables]


@check
def a_core_expression_with_bound_values_is_answered():
    patients = Table("patients", MetaData(), schema="hospital", autoload_with=ENGINE)
    question = (
        select(patients.c.sex, func.count().label("people"))
        .where(
            and_(
                patients.c.date_of_birth >= datetime.date(1930, 1, 1),
                patients.c.imd_decile > 2,
                patients.c.sex.in_(["F", "M"]),
                patients.c.registered < datetime.date(2022, 1, 1),
            )
        )
        .group_by(patients.c.sex)
        .order_by(patients.c.sex)
    )
    with ENGINE.connect() as connection:
        answer = connection.execute(question).all()
        same([row.sex for row in answer], ["F", "M"])
        protected(row.people for row in answer)
        moment = datetime.datetime(2024, 7, 1, 12, 0, tzinfo=datetime.timezone.utc)
        values = connection.execute(
            select(
                literal(1),
                literal("Welt"),
                literal(datetime.date(2024, 2, 29)),
                literal(decimal.Decimal("12.50")),
                literal(moment),
                literal(True),
                literal(None),
            )
        ).one()
        same(tuple(values), (1, "Welt", datetime.date(2024, 2, 29), decimal.Decimal("12.50"), moment, True, None))


@check
def rows_stream_through_a_server_side_cursor():
    with engine("flow").connect().execution_options(stream_results=True, max_row_buffer=100) as connection:
        rows = connection.execute(
            text("SELECT admission_id, cost FROM admissions WHERE cost > :least LIMIT 1000"), {"least": 100}
        )
        same(sum(len(part) for part in rows.partitions(150)), 1000)


@check
def a_refusal_is_readable_and_the_connection_lives_on():
    with ENGINE.connect() as connection:
        refusal = refused(exc.ProgrammingError, lambda: connection.execute(text("SELECT patient_id FROM patients")))
        same(refusal.orig.pgcode, "42501")
        has(str(refusal), "HINT:", "reference ")
        connection.rollback()
        refused(exc.ProgrammingError, lambda: connection.execute(text("SELECT * FROM nowhere")))
        connection.rollback()
        refused(exc.InternalError, lambda: connection.execute(text("CREATE TABLE t (a int)")))
        connection.rollback()
        same(connection.scalar(text("SELECT count(*) FROM icd10")), 90)


@check
def transactions_and_savepoints_work():
    with ENGINE.begin() as connection:
        nested = connection.begin_nested()
        refused(exc.ProgrammingError, lambda: connection.execute(text("SELECT shoe FROM patients")))
        nested.rollback()
        same(connection.scalar(text("SELECT 1")), 1)
    with ENGINE.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        same(connection.scalar(text("SELECT 1")), 1)
    with ENGINE.connect().execution_options(isolation_level="SERIALIZABLE") as connection:
        connection.scalar(text("SELECT 1"))
    with ENGINE.connect().execution_options(postgresql_readonly=True) as connection:
        connection.scalar(text("SELECT 1"))


@check
def the_pool_gives_a_connection_again_after_errors():
    small = engine(pool_size=1, max_overflow=0, pool_pre_ping=True)
    for _ in range(3):
        with small.connect() as connection:
            refused(exc.ProgrammingError, lambda: connection.execute(text("SELECT nothing FROM nowhere")))
        with small.connect() as connection:
            same(connection.scalar(text("SELECT count(*) FROM icd10")), 90)
    same(small.pool.checkedin(), 1)


run()
