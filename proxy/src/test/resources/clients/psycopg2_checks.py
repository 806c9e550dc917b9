"""psycopg2: text parameters put into the statement by the client, implicit transactions, named cursors."""

import datetime
import decimal
import threading

import psycopg2
import psycopg2.extensions
import psycopg2.extras
from psycopg2 import errors

from checks import CA, HOST, LONG, PASSWORD, PORT, check, has, protected, refused, run, same


def connect(project="diabetes", password=PASSWORD, **more):
    return psycopg2.connect(
        host=HOST,
        port=PORT,
        dbname=project,
        user="ada",
        password=password,
        sslmode="verify-full",
        sslrootcert=CA,
        channel_binding="require",
        **more,
    )


def rows(connection, sql, parameters=None):
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


@check
def connects_over_verified_tls_with_channel_binding():
    connection = connect(application_name="a notebook")
    info = connection.info
    same(info.ssl_in_use, True)
    same(info.ssl_attribute("protocol"), "TLSv1.3")
    same(info.server_version // 10000, 16)
    same(info.parameter_status("session_authorization"), "ada")
    same(info.parameter_status("is_superuser"), "off")
    same(rows(connection, "SHOW application_name"), [("a notebook",)])
    connection.close()


@check
def a_wrong_password_is_told_in_words():
    told = str(refused(psycopg2.OperationalError, lambda: connect(password="wrong")))
    has(told, "FATAL:  Authentication failed.")
    assert "ada" not in told, told


@check
def without_tls_it_is_told_to_use_tls():
    refusal = refused(
        psycopg2.OperationalError,
        lambda: psycopg2.connect(host=HOST, port=PORT, dbname="diabetes", user="ada", password="x", sslmode="disable"),
    )
    has(str(refusal), "TLS")


@check
def schemas_tables_and_columns_are_listed():
    connection = connect()
    schemas = [name for (name,) in rows(connection, "SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' ORDER BY 1")]
    same(schemas, ["hospital", "information_schema", "public", "weir"])
    tables = rows(
        connection,
        "SELECT table_name FROM information_schema.tables WHERE table_schema = %s ORDER BY 1",
        ("hospital",),
    )
    has([name for (name,) in tables], "patients", "admissions", "sexes")
    columns = rows(
        connection,
        "SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = %s AND table_name = %s",
        ("hospital", "patients"),
    )
    has(columns, ("date_of_birth", "date"), ("imd_decile", "smallint"))
    assert "given_name" not in [name for name, _ in columns], columns
    connection.close()


@check
def a_governed_aggregate_takes_values_of_all_types():
    connection = connect()
    answer = rows(
        connection,
        """SELECT sex, count(*) AS people FROM patients
           WHERE date_of_birth >= %s AND imd_decile > %s AND sex IN %s AND registered < %s AND %s
           GROUP BY sex ORDER BY sex""",
        (datetime.date(1930, 1, 1), 2, ("F", "M"), datetime.date(2022, 1, 1), True),
    )
    same([sex for sex, _ in answer], ["F", "M"])
    protected(people for _, people in answer)
    costs = rows(
        connection,
        "SELECT count(*), sum(cost) FROM admissions WHERE cost >= %s AND admitted >= %s",
        (decimal.Decimal("1000.00"), datetime.date(2022, 1, 1)),
    )
    assert costs[0][1] is None or isinstance(costs[0][1], decimal.Decimal), costs
    same(rows(connection, "SELECT count(*) FROM icd10 WHERE code = %s", (None,)), [(0,)])
    connection.close()


@check
def literals_of_all_types_come_back_as_python_values():
    connection = connect()
    moment = datetime.datetime(2024, 7, 1, 12, 0, tzinfo=datetime.timezone.utc)
    answer = rows(
        connection,
        "SELECT %s::int, %s::text, %s::date, %s::numeric(6,2), %s::timestamptz, %s::boolean, %s::float8, %s::text",
        (1, "Grüße 'Welt'", datetime.date(2024, 2, 29), decimal.Decimal("12.50"), moment, False, 0.1, None),
    )
    same(answer, [(1, "Grüße 'Welt'", datetime.date(2024, 2, 29), decimal.Decimal("12.50"), moment, False, 0.1, None)])
    connection.close()


@check
def the_description_names_type_and_columns():
    connection = connect()
    with connection.cursor() as cursor:
        cursor.execute("SELECT sex, count(*) FROM patients GROUP BY sex")
        same([(column.name, column.type_code) for column in cursor.description], [("sex", 1043), ("count", 20)])
        same(cursor.statusmessage, f"SELECT {cursor.rowcount}")
        with connection.cursor(cursor_factory=psycopg2.extras.RealDictCursor) as named:
            named.execute("SELECT count(*) AS codes FROM icd10")
            same(named.fetchone()["codes"], 90)
    connection.close()


@check
def a_named_cursor_reads_rows_in_pages():
    connection = connect("flow")
    with connection.cursor(name="stays") as cursor:
        cursor.itersize = 100
        cursor.execute("SELECT admission_id, admitted, cost FROM admissions ORDER BY admitted, cost LIMIT 1000")
        first = cursor.fetchmany(10)
        same(len(first), 10)
        rest = cursor.fetchall()
        same(len(rest), 990)
    with connection.cursor(name="again") as cursor:
        cursor.itersize = 300
        cursor.execute("SELECT admission_id FROM admissions LIMIT 1000")
        same(len({row for row in cursor}), 1000)
    connection.commit()
    connection.close()


@check
def a_held_cursor_outlives_its_transaction():
    connection = connect("flow")
    cursor = connection.cursor(name="held", withhold=True)
    cursor.execute("SELECT admission_id FROM admissions LIMIT 50")
    same(len(cursor.fetchmany(20)), 20)
    connection.commit()
    same(len(cursor.fetchall()), 30)
    cursor.close()
    connection.close()


@check
def a_refusal_has_sqlstate_detail_and_hint():
    connection = connect()
    refusal = refused(errors.InsufficientPrivilege, lambda: rows(connection, "SELECT patient_id, sex FROM patients"))
    same(refusal.pgcode, "42501")
    assert refusal.diag.message_hint, vars(refusal)
    has(refusal.diag.message_detail, "reference ")
    has(refusal.pgerror, "HINT:")
    failed = refused(errors.InFailedSqlTransaction, lambda: rows(connection, "SELECT 1"))
    same(failed.pgcode, "25P02")
    connection.rollback()
    same(rows(connection, "SELECT 1"), [(1,)])
    connection.close()


@check
def common_mistakes_have_their_own_exceptions():
    connection = connect()
    connection.autocommit = True
    refused(errors.UndefinedTable, lambda: rows(connection, "SELECT count(*) FROM nowhere"))
    refused(errors.UndefinedColumn, lambda: rows(connection, "SELECT count(shoe_size) FROM patients"))
    syntax = refused(errors.SyntaxError, lambda: rows(connection, "SELECT count(* FROM patients"))
    assert int(syntax.diag.statement_position) > 0
    refused(errors.ReadOnlySqlTransaction, lambda: rows(connection, "DELETE FROM patients"))
    refused(errors.FeatureNotSupported, lambda: rows(connection, "LISTEN gossip"))
    same(rows(connection, "SELECT 1"), [(1,)])
    connection.close()


@check
def notices_are_kept():
    connection = connect()
    with connection.cursor() as cursor:
        cursor.execute("SELECT lsoa, ethnicity, count(*) FROM patients GROUP BY lsoa, ethnicity")
        cursor.fetchall()
    assert any("NOTICE" in notice for notice in connection.notices), connection.notices
    connection.close()


@check
def transactions_are_implicit_and_savepoints_work():
    connection = connect()
    status = connection.info
    same(status.transaction_status, psycopg2.extensions.TRANSACTION_STATUS_IDLE)
    rows(connection, "SELECT count(*) FROM patients")
    same(status.transaction_status, psycopg2.extensions.TRANSACTION_STATUS_INTRANS)
    with connection.cursor() as cursor:
        cursor.execute("SAVEPOINT before")
        refused(errors.UndefinedColumn, lambda: cursor.execute("SELECT shoe_size FROM patients"))
        same(status.transaction_status, psycopg2.extensions.TRANSACTION_STATUS_INERROR)
        cursor.execute("ROLLBACK TO SAVEPOINT before")
        same(status.transaction_status, psycopg2.extensions.TRANSACTION_STATUS_INTRANS)
        cursor.execute("RELEASE SAVEPOINT before")
    connection.commit()
    same(status.transaction_status, psycopg2.extensions.TRANSACTION_STATUS_IDLE)
    connection.set_session(isolation_level="REPEATABLE READ", readonly=True)
    same(rows(connection, "SELECT 1"), [(1,)])
    connection.rollback()
    with connection:
        rows(connection, "SELECT 2")
    connection.close()


@check
def a_running_statement_is_cancelled():
    connection = connect("flow")
    timer = threading.Timer(0.5, connection.cancel)
    timer.start()
    refused(errors.QueryCanceled, lambda: rows(connection, LONG))
    timer.join()
    connection.rollback()
    same(rows(connection, "SELECT 1"), [(1,)])
    connection.close()


@check
def a_reset_connection_is_as_new():
    connection = connect()
    rows(connection, "SELECT 1")
    connection.rollback()
    with connection.cursor() as cursor:
        cursor.execute("SET DateStyle = 'ISO, DMY'")
    connection.commit()
    connection.reset()
    same(rows(connection, "SHOW DateStyle"), [("ISO, MDY",)])
    same(connection.encoding, "UTF8")
    connection.set_client_encoding("UTF8")
    connection.close()


@check
def a_list_is_an_array_or_an_in_list():
    connection = connect()
    answers = [
        rows(connection, f"SELECT sex, count(*) FROM patients WHERE {condition} GROUP BY sex ORDER BY sex", (["F", "M"] if "ANY" in condition else ("F", "M"),))
        for condition in ("sex = ANY(%s)", "sex IN %s")
    ]
    same([sex for sex, _ in answers[0]], ["F", "M"])
    same(answers[0], answers[1])
    same(rows(connection, "SELECT count(*) FROM icd10 WHERE code = ANY(%s)", (["E119", "nothing", None],)), [(1,)])
    connection.close()


run()
