"""psycopg 3: parameters bound by the server, binary on request, pipelines, server-side cursors, named prepared statements."""

import asyncio
import datetime
import decimal
import threading
import uuid

import psycopg
from psycopg import errors
from psycopg.pq import TransactionStatus
from psycopg.rows import dict_row

from checks import CA, HOST, LONG, PASSWORD, PORT, check, has, protected, refused, run, same

WHERE = f"host={HOST} port={PORT} user=ada sslmode=verify-full sslrootcert={CA} channel_binding=require"


def connect(project="diabetes", password=PASSWORD, **more):
    return psycopg.connect(WHERE, dbname=project, password=password, **more)


@check
def connects_over_verified_tls_with_channel_binding():
    with connect(application_name="a notebook") as connection:
        info = connection.info
        same(info.server_version // 10000, 16)
        same(info.parameter_status("default_transaction_read_only"), "on")
        same(info.dbname, "diabetes")
        same(connection.execute("SHOW application_name").fetchone(), ("a notebook",))
        same(connection.pgconn.ssl_in_use, True)


@check
def a_wrong_password_is_told_in_words():
    has(str(refused(psycopg.OperationalError, lambda: connect(password="wrong"))), "Authentication failed.")


@check
def schemas_tables_and_columns_are_listed():
    with connect() as connection:
        tables = connection.execute(
            "SELECT c.relname, obj_description(c.oid, 'pg_class') FROM pg_class c WHERE relnamespace = %s::regnamespace"
            " AND relkind = 'r'",
            ("hospital",),
        ).fetchall()
        names = dict(tables)
        has(names, "patients", "admissions")
        assert names["patients"], tables
        columns = connection.execute(
            "SELECT attname, atttypid::regtype::text FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0",
            ("hospital.patients",),
        ).fetchall()
        has(columns, ("sex", "character varying"), ("registered", "date"))
        assert "given_name" not in dict(columns), columns


QUESTION = """SELECT sex, count(*) AS people FROM patients
   WHERE date_of_birth >= %s AND imd_decile > %s AND sex IN ('F', 'M') AND registered < %s
   GROUP BY sex ORDER BY sex"""


@check
def a_governed_aggregate_takes_bound_values_in_text_and_binary():
    with connect() as connection:
        values = (datetime.date(1930, 1, 1), 2, datetime.date(2022, 1, 1))
        text = connection.execute(QUESTION, values).fetchall()
        binary = connection.execute(QUESTION, values, binary=True).fetchall()
        marked = connection.execute(QUESTION.replace("%s", "%b"), values).fetchall()
        same([sex for sex, _ in text], ["F", "M"])
        protected(people for _, people in text)
        same(binary, text)
        same(marked, text)
        costs = connection.execute(
            "SELECT count(*), sum(cost) FROM admissions WHERE cost >= %s AND admitted >= %s",
            (decimal.Decimal("1000.00"), datetime.date(2022, 1, 1)),
            binary=True,
        ).fetchone()
        assert costs[1] is None or isinstance(costs[1], decimal.Decimal), costs
        same(connection.execute("SELECT count(*) FROM icd10 WHERE code = %s", (None,)).fetchone(), (0,))
        same(connection.execute("SELECT count(*) FROM icd10 WHERE %s", (True,), binary=True).fetchone(), (90,))


@check
def values_of_all_types_go_and_come_in_text_and_binary():
    values = (
        1,
        70000,
        5_000_000_000,
        "Grüße 'Welt'",
        datetime.date(2024, 2, 29),
        datetime.time(13, 14, 15, 160000),
        decimal.Decimal("-1234567.8900"),
        datetime.datetime(2024, 2, 29, 13, 14, 15, 123456),
        datetime.datetime(2024, 7, 1, 12, 0, tzinfo=datetime.timezone.utc),
        True,
        0.1,
        uuid.UUID("12345678-9abc-def0-1234-56789abcdef0"),
        None,
    )
    sql = (
        "SELECT %s::int2, %s::int4, %s::int8, %s::text, %s::date, %s::time, %s::numeric, %s::timestamp, %s::timestamptz,"
        " %s::bool, %s::float8, %s::uuid, %s::text"
    )
    governed = sql + " FROM icd10 WHERE code = %s"
    with connect() as connection:
        connection.execute("SET TIME ZONE 'UTC'")
        code = connection.execute("SELECT min(code) FROM icd10").fetchone()[0]
        for binary in (False, True):
            same(connection.execute(sql, values, binary=binary).fetchone(), values)
            same(connection.execute(governed, (*values, code), binary=binary).fetchone(), values)
        placeholders = governed.replace("%s", "%b")
        same(connection.execute(placeholders, (*values, code), binary=True).fetchone(), values)


@check
def a_prepared_statement_is_used_again():
    with connect() as connection:
        connection.prepare_threshold = 2
        for decile in range(1, 8):
            answer = connection.execute("SELECT count(*) FROM icd10 WHERE code < %s", (str(decile),)).fetchone()
            same(answer, (0,))
        names = connection.execute("SELECT count(*) FROM pg_class WHERE relname = %s", ("icd10",), prepare=True)
        same(names.fetchone(), (1,))
        connection.execute("DEALLOCATE ALL")
        same(connection.execute("SELECT %s::int", (7,), prepare=True).fetchone(), (7,))


@check
def a_server_side_cursor_reads_rows_in_pages():
    for binary in (False, True):
        with connect("flow") as connection:
            with connection.cursor(name="stays", binary=binary) as cursor:
                cursor.itersize = 100
                cursor.execute(
                    "SELECT admission_id, admitted, cost FROM admissions WHERE cost > %s ORDER BY admitted, cost LIMIT 1000",
                    (100,),
                )
                same(len(cursor.fetchmany(10)), 10)
                pages = list(cursor)
                same(len(pages), 990)
                assert isinstance(pages[0][1], datetime.date), pages[0]
                assert isinstance(pages[0][2], decimal.Decimal), pages[0]


@check
def a_server_side_cursor_reads_the_catalogue():
    for binary in (False, True):
        with connect() as connection:
            with connection.cursor(name="types", binary=binary, withhold=True) as cursor:
                cursor.execute("SELECT oid, typname, typlen, typtype FROM pg_type WHERE typname > %s ORDER BY oid", ("bo",))
                same([column.name for column in cursor.description], ["oid", "typname", "typlen", "typtype"])
                first = cursor.fetchmany(3)
                connection.commit()
                rest = cursor.fetchall()
            names = [name for _, name, _, _ in first + rest]
            same(names[0], "bool")
            has(names, "int4", "uuid")
            assert all(isinstance(oid, int) for oid, _, _, _ in rest), rest[0]
            refused(errors.UndefinedColumn, lambda: connection.cursor(name="x").execute("SELECT shoe FROM pg_class"))


@check
def a_stream_reads_row_by_row():
    with connect("flow") as connection, connection.cursor() as cursor:
        same(sum(1 for _ in cursor.stream("SELECT admission_id FROM admissions LIMIT 700")), 700)


@check
def a_refusal_has_sqlstate_detail_and_hint():
    with connect() as connection:
        refusal = refused(errors.InsufficientPrivilege, lambda: connection.execute("SELECT patient_id FROM patients"))
        same(refusal.sqlstate, "42501")
        same(refusal.diag.severity_nonlocalized, "ERROR")
        assert refusal.diag.message_hint
        has(refusal.diag.message_detail, "reference ")
        refused(errors.InFailedSqlTransaction, lambda: connection.execute("SELECT 1"))
        connection.rollback()
        refused(errors.UndefinedTable, lambda: connection.execute("SELECT count(*) FROM nowhere WHERE a = %s", (1,)))
        connection.rollback()
        refused(errors.UndefinedColumn, lambda: connection.execute("SELECT count(*) FROM patients WHERE shoe = %s", (1,)))
        connection.rollback()
        refused(errors.ReadOnlySqlTransaction, lambda: connection.execute("UPDATE patients SET sex = 'F'"))
        connection.rollback()
        same(connection.execute("SELECT 1").fetchone(), (1,))


@check
def notices_reach_their_handler():
    seen = []
    with connect() as connection:
        connection.add_notice_handler(lambda diag: seen.append((diag.severity, diag.message_primary)))
        connection.execute("SELECT lsoa, ethnicity, count(*) FROM patients GROUP BY lsoa, ethnicity").fetchall()
    assert any(severity == "NOTICE" and "few people" in message for severity, message in seen), seen


@check
def transactions_nest_as_savepoints():
    with connect() as connection:
        same(connection.info.transaction_status, TransactionStatus.IDLE)
        with connection.transaction():
            connection.execute("SELECT count(*) FROM icd10")
            same(connection.info.transaction_status, TransactionStatus.INTRANS)

            def inner():
                with connection.transaction():
                    connection.execute("SELECT shoe_size FROM patients")

            refused(errors.UndefinedColumn, inner)
            same(connection.info.transaction_status, TransactionStatus.INTRANS)
            same(connection.execute("SELECT 1").fetchone(), (1,))
        same(connection.info.transaction_status, TransactionStatus.IDLE)
        connection.read_only = True
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.execute("SELECT 1")
        connection.rollback()


@check
def autocommit_leaves_no_transaction():
    with connect(autocommit=True) as connection:
        refused(errors.SyntaxError, lambda: connection.execute("SELEC 1"))
        same(connection.info.transaction_status, TransactionStatus.IDLE)
        same(connection.execute("SELECT count(*) FROM icd10").fetchone(), (90,))
        same(connection.info.transaction_status, TransactionStatus.IDLE)


@check
def a_pipeline_answers_in_order_and_recovers():
    with connect(autocommit=True) as connection:
        with connection.pipeline():
            first = connection.execute("SELECT count(*) FROM icd10")
            second = connection.execute("SELECT %s::int", (2,))
            third = connection.execute("SELECT relname FROM pg_class WHERE relname = 'icd10'")
        same((first.fetchone(), second.fetchone(), third.fetchone()), ((90,), (2,), ("icd10",)))

        def broken():
            with connection.pipeline():
                connection.execute("SELECT shoe_size FROM patients")
                connection.execute("SELECT 1")

        refused((errors.UndefinedColumn, errors.PipelineAborted), broken)
        same(connection.execute("SELECT 3").fetchone(), (3,))


@check
def rows_become_dictionaries():
    with connect(row_factory=dict_row) as connection:
        same(connection.execute("SELECT count(*) AS codes FROM icd10").fetchone(), {"codes": 90})


@check
def a_running_statement_is_cancelled():
    with connect("flow") as connection:
        timer = threading.Timer(0.5, connection.cancel)
        timer.start()
        refused(errors.QueryCanceled, lambda: connection.execute(LONG))
        timer.join()
        connection.rollback()
        same(connection.execute("SELECT 1").fetchone(), (1,))


@check
def the_asynchronous_connection_works_too():
    async def ask():
        connection = await psycopg.AsyncConnection.connect(WHERE, dbname="diabetes", password=PASSWORD)
        async with connection:
            cursor = await connection.execute("SELECT count(*) FROM icd10 WHERE code > %s", ("",))
            return await cursor.fetchone()

    same(asyncio.run(ask()), (90,))


@check
def a_list_is_an_array():
    with connect() as connection:
        question = "SELECT sex, count(*) FROM patients WHERE sex = ANY(%s) GROUP BY sex ORDER BY sex"
        plain = "SELECT sex, count(*) FROM patients WHERE sex IN ('F', 'M') GROUP BY sex ORDER BY sex"
        same(connection.execute(question, (["F", "M"],)).fetchall(), connection.execute(plain).fetchall())
        codes = "SELECT count(*) FROM icd10 WHERE code = ANY(%s)"
        same(connection.execute(codes, (["E119", "nothing", None],)).fetchall(), [(1,)])
        same(connection.execute(codes, ([],)).fetchall(), [(0,)])
        same(connection.execute(codes, (["E119"],), binary=True).fetchall(), [(1,)])


run()
