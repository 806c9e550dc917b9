"""psqlODBC through unixODBC's driver manager: pyodbc and isql. It prepares on the server, and asks the catalogue a lot."""

import datetime
import decimal
import os
import subprocess
import tempfile
import threading

import pyodbc

from checks import CA, HOST, LONG, PASSWORD, PORT, check, has, protected, refused, run, same

pyodbc.pooling = False
# libpq looks for the authority here; the driver has no keyword for it.
home = tempfile.mkdtemp()
os.makedirs(os.path.join(home, ".postgresql"))
os.symlink(CA, os.path.join(home, ".postgresql", "root.crt"))
os.environ["HOME"] = home
os.environ["PGSSLROOTCERT"] = CA
SOURCE = f"Driver=PostgreSQL Unicode;Server={HOST};Port={PORT};UID=ada;sslmode=verify-full"


def connect(project="diabetes", password=PASSWORD, more="", **options):
    return pyodbc.connect(f"{SOURCE};Database={project};PWD={password};{more}", **options)


def rows(connection, sql, *parameters):
    return [tuple(row) for row in connection.execute(sql, *parameters).fetchall()]


@check
def connects_over_verified_tls():
    connection = connect()
    has(connection.getinfo(pyodbc.SQL_DBMS_VER), "16.")
    same(connection.getinfo(pyodbc.SQL_DBMS_NAME), "PostgreSQL")
    same(connection.getinfo(pyodbc.SQL_DATABASE_NAME), "diabetes")
    same(connection.getinfo(pyodbc.SQL_USER_NAME), "ada")
    connection.close()


@check
def a_wrong_password_is_told_in_words():
    has(str(refused(pyodbc.Error, lambda: connect(password="wrong"))), "Authentication failed.")


@check
def schemas_tables_and_columns_are_listed():
    connection = connect()
    cursor = connection.cursor()
    tables = {row.table_name: row for row in cursor.tables(schema="hospital").fetchall()}
    has(tables, "patients", "admissions")
    same({row.table_type for row in tables.values()}, {"TABLE"})
    columns = {row.column_name: row for row in cursor.columns(table="patients", schema="hospital").fetchall()}
    same(columns["date_of_birth"].type_name, "date")
    same(columns["sex"].column_size, 1)
    assert "given_name" not in columns, columns
    same([row.column_name for row in cursor.primaryKeys("patients", schema="hospital").fetchall()], ["patient_id"])
    keys = cursor.foreignKeys(foreignTable="admissions", foreignSchema="hospital").fetchall()
    has([row.pktable_name for row in keys], "patients")
    cursor.statistics("patients", schema="hospital", unique=True).fetchall()
    cursor.rowIdColumns("patients", schema="hospital").fetchall()
    cursor.procedures(schema="hospital").fetchall()
    assert cursor.getTypeInfo().fetchall()
    schemas = [row.table_schem for row in cursor.tables(catalog="", schema="%", table="").fetchall()]
    has(schemas, "hospital")
    connection.close()


@check
def a_governed_aggregate_takes_bound_values():
    connection = connect()
    answer = rows(
        connection,
        """SELECT sex, count(*) AS people FROM patients
           WHERE date_of_birth >= ? AND imd_decile > ? AND sex IN (?, ?) AND registered < ?
           GROUP BY sex ORDER BY sex""",
        datetime.date(1930, 1, 1),
        2,
        "F",
        "M",
        datetime.date(2022, 1, 1),
    )
    same([sex for sex, _ in answer], ["F", "M"])
    protected(people for _, people in answer)
    costs = rows(
        connection,
        "SELECT count(*), sum(cost) FROM admissions WHERE cost >= ? AND admitted >= ?",
        decimal.Decimal("1000.00"),
        datetime.date(2022, 1, 1),
    )
    assert costs[0][1] is None or isinstance(costs[0][1], decimal.Decimal), costs
    same(rows(connection, "SELECT count(*) FROM icd10 WHERE code = ?", None), [(0,)])
    connection.close()


@check
def values_of_all_types_go_and_come():
    connection = connect(more="BoolsAsChar=0")
    values = (
        1,
        5_000_000_000,
        "Grüße 'Welt'",
        datetime.date(2024, 2, 29),
        datetime.time(13, 14, 15),
        decimal.Decimal("12.50"),
        datetime.datetime(2024, 2, 29, 13, 14, 15, 123456),
        True,
        0.1,
        None,
    )
    sql = "SELECT ?::int4, ?::int8, ?::text, ?::date, ?::time, ?::numeric(6,2), ?::timestamp, ?::bool, ?::float8, ?::text"
    same(rows(connection, sql, *values), [values])
    same(rows(connection, sql + " FROM icd10 WHERE code = (SELECT min(code) FROM icd10)", *values), [values])
    connection.close()


@check
def rows_are_fetched_in_pages_through_declared_cursors():
    connection = connect("flow", more="UseDeclareFetch=1;Fetch=100")
    cursor = connection.execute("SELECT admission_id, admitted, cost FROM admissions WHERE cost > 100 LIMIT 1000")
    same(len(cursor.fetchmany(30)), 30)
    same(len(cursor.fetchall()), 970)
    cursor = connection.execute("SELECT admission_id FROM admissions WHERE cost > ? LIMIT 500", 100)
    same(len(cursor.fetchall()), 500)
    names = rows(connection, "SELECT relname FROM pg_class WHERE relname = 'icd10'")
    same(names, [("icd10",)])
    has([row.table_name for row in connection.cursor().tables(schema="hospital").fetchall()], "patients")
    connection.close()


@check
def a_refusal_has_sqlstate_and_hint():
    connection = connect()
    refusal = refused(pyodbc.Error, lambda: rows(connection, "SELECT patient_id FROM patients"))
    same(refusal.args[0], "42501")
    has(refusal.args[1], "Rows about people")
    connection.rollback()
    same(refused(pyodbc.Error, lambda: rows(connection, "SELECT * FROM nowhere")).args[0], "42P01")
    connection.rollback()
    same(refused(pyodbc.Error, lambda: rows(connection, "SELECT count(shoe) FROM patients")).args[0], "42703")
    connection.rollback()
    same(refused(pyodbc.Error, lambda: connection.execute("DELETE FROM patients")).args[0], "25006")
    connection.rollback()
    same(rows(connection, "SELECT count(*) FROM icd10"), [(90,)])
    connection.close()


@check
def transactions_work_with_every_error_protocol():
    for protocol in ("7.4-0", "7.4-1", "7.4-2"):
        connection = connect(more=f"Protocol={protocol}")
        same(rows(connection, "SELECT count(*) FROM icd10"), [(90,)])
        refused(pyodbc.Error, lambda: rows(connection, "SELECT * FROM nowhere"))
        if protocol != "7.4-2":
            connection.rollback()
        same(rows(connection, "SELECT 1"), [(1,)])
        connection.commit()
        connection.close()


@check
def autocommit_works():
    connection = connect(autocommit=True)
    refused(pyodbc.Error, lambda: rows(connection, "SELECT * FROM nowhere"))
    same(rows(connection, "SELECT count(*) FROM icd10"), [(90,)])
    connection.close()


@check
def every_way_to_prepare_works():
    for more in ("UseServerSidePrepare=0", "UseServerSidePrepare=1", "Parse=1", "ByteaAsLongVarBinary=1"):
        connection = connect(more=more)
        for least in ("", "zz"):
            rows(connection, "SELECT count(*) FROM icd10 WHERE code > ?", least)
        same(rows(connection, "SELECT count(*) FROM pg_class WHERE relname = ?", "icd10"), [(1,)])
        connection.close()


@check
def a_running_statement_is_cancelled():
    connection = connect("flow")
    cursor = connection.cursor()
    timer = threading.Timer(0.5, cursor.cancel)
    timer.start()
    refusal = refused(pyodbc.Error, lambda: cursor.execute(LONG))
    timer.join()
    has(str(refusal), "57014")
    connection.rollback()
    same(rows(connection, "SELECT 1"), [(1,)])
    connection.close()


def isql(lines, password=PASSWORD):
    source = os.path.join(home, "odbc.ini")
    with open(source, "w") as file:
        file.write(
            f"[weir]\nDriver=PostgreSQL Unicode\nServername={HOST}\nPort={PORT}\nDatabase=diabetes\nSSLmode=verify-full\n"
        )
    return subprocess.run(
        ["isql", "-b", "-v", "-d,", "weir", "ada", password],
        input=lines,
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "ODBCINI": source},
    )


@check
def isql_answers():
    told = isql("SELECT count(*) FROM icd10\nhelp\nhelp patients\nSELECT patient_id FROM patients\n")
    has(told.stdout, "90", "patients", "date_of_birth")
    has(told.stdout + told.stderr, "42501", "Rows about people")
    assert "given_name" not in told.stdout


@check
def isql_tells_a_wrong_password():
    told = isql("SELECT 1\n", "wrong")
    has(told.stdout + told.stderr, "Authentication failed.")


run()
