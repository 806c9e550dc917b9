"""asyncpg: binary parameters and results only, named statements, Flush, introspection of types it does not know."""

import asyncio
import datetime
import decimal
import ssl
import uuid

import asyncpg
from asyncpg import exceptions

from checks import CA, HOST, LONG, PASSWORD, PORT, check, has, protected, run, same


async def connect(project="diabetes", password=PASSWORD, **more):
    return await asyncpg.connect(
        host=HOST,
        port=PORT,
        user="ada",
        password=password,
        database=project,
        ssl=ssl.create_default_context(cafile=CA),
        **more,
    )


def with_connection(project="diabetes"):
    """Makes a check of a coroutine that takes a connection."""

    def decorate(coroutine):
        def function():
            async def whole():
                connection = await connect(project)
                try:
                    await coroutine(connection)
                finally:
                    await connection.close()

            asyncio.run(whole())

        function.__name__ = coroutine.__name__
        return check(function)

    return decorate


async def refused(exception, awaitable):
    try:
        await awaitable
    except exception as refusal:
        return refusal
    raise AssertionError("it was not refused")


@with_connection()
async def connects_over_verified_tls(connection):
    same(connection.get_server_version().major, 16)
    same(connection.get_settings().default_transaction_read_only, "on")
    same(await connection.fetchval("SELECT current_user"), "ada")


@check
def a_wrong_password_is_told_in_words():
    refusal = asyncio.run(refused(exceptions.InvalidPasswordError, connect(password="wrong")))
    has(str(refusal), "Authentication failed.")


@with_connection()
async def schemas_tables_and_columns_are_listed(connection):
    tables = await connection.fetch(
        "SELECT table_name FROM information_schema.tables WHERE table_schema = $1 ORDER BY 1", "hospital"
    )
    has([row["table_name"] for row in tables], "patients", "admissions")
    columns = await connection.fetch(
        "SELECT attname, atttypid, attnum FROM pg_attribute WHERE attrelid = $1::text::regclass AND attnum > 0",
        "hospital.patients",
    )
    has([row["attname"] for row in columns], "sex")
    same(await connection.fetchval("SELECT array_agg(nspname ORDER BY nspname) FROM pg_namespace WHERE nspname = 'weir'"), ["weir"])


@with_connection()
async def a_governed_aggregate_takes_bound_values(connection):
    answer = await connection.fetch(
        """SELECT sex, count(*) AS people FROM patients
           WHERE date_of_birth >= $1 AND imd_decile > $2 AND sex IN ($3, $4) AND registered < $5
           GROUP BY sex ORDER BY sex""",
        datetime.date(1930, 1, 1),
        2,
        "F",
        "M",
        datetime.date(2022, 1, 1),
    )
    same([row["sex"] for row in answer], ["F", "M"])
    protected(row["people"] for row in answer)
    costs = await connection.fetchrow(
        "SELECT count(*), sum(cost) FROM admissions WHERE cost >= $1 AND admitted >= $2",
        decimal.Decimal("1000.00"),
        datetime.date(2022, 1, 1),
    )
    assert costs[1] is None or isinstance(costs[1], decimal.Decimal), costs
    same(await connection.fetchval("SELECT count(*) FROM icd10 WHERE code = $1", None), 0)


@with_connection()
async def values_of_all_types_go_and_come(connection):
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
        "SELECT $1::int2, $2::int4, $3::int8, $4::text, $5::date, $6::time, $7::numeric, $8::timestamp, $9::timestamptz,"
        " $10::bool, $11::float8, $12::uuid, $13::text"
    )
    same(tuple(await connection.fetchrow(sql, *values)), values)
    code = await connection.fetchval("SELECT min(code) FROM icd10")
    same(tuple(await connection.fetchrow(sql + " FROM icd10 WHERE code = $14", *values, code)), values)


@with_connection()
async def a_prepared_statement_knows_its_types(connection):
    statement = await connection.prepare("SELECT sex, count(*) FROM patients WHERE imd_decile >= $1 GROUP BY sex")
    same([parameter.name for parameter in statement.get_parameters()], ["int2"])
    same([(column.name, column.type.name) for column in statement.get_attributes()], [("sex", "varchar"), ("count", "int8")])
    await statement.fetch(3)
    await statement.fetch(3)


@with_connection("flow")
async def a_cursor_reads_rows_in_pages(connection):
    async with connection.transaction(readonly=True):
        cursor = await connection.cursor("SELECT admission_id, cost FROM admissions WHERE cost > $1 LIMIT 500", 100)
        same(len(await cursor.fetch(100)), 100)
        await cursor.forward(50)
        same(len(await cursor.fetch(1000)), 350)
        pages = [row async for row in connection.cursor("SELECT admission_id FROM admissions LIMIT 300", prefetch=70)]
        same(len(pages), 300)


@with_connection()
async def a_refusal_has_sqlstate_detail_and_hint(connection):
    refusal = await refused(exceptions.InsufficientPrivilegeError, connection.fetch("SELECT patient_id FROM patients"))
    same(refusal.sqlstate, "42501")
    assert refusal.hint
    has(refusal.detail, "reference ")
    await refused(exceptions.UndefinedTableError, connection.fetch("SELECT count(*) FROM nowhere"))
    await refused(exceptions.UndefinedColumnError, connection.fetch("SELECT count(shoe) FROM patients"))
    await refused(exceptions.ReadOnlySQLTransactionError, connection.execute("DELETE FROM patients"))
    same(await connection.fetchval("SELECT count(*) FROM icd10"), 90)


@with_connection()
async def notices_reach_their_listener(connection):
    seen = []
    connection.add_log_listener(lambda _, message: seen.append((message.severity, message.message)))
    await connection.fetch("SELECT lsoa, ethnicity, count(*) FROM patients GROUP BY lsoa, ethnicity")
    await asyncio.sleep(0.1)
    assert any(severity == "NOTICE" for severity, _ in seen), seen


@with_connection()
async def transactions_nest_as_savepoints(connection):
    async with connection.transaction(isolation="repeatable_read"):
        same(connection.is_in_transaction(), True)

        async def inner():
            async with connection.transaction():
                await connection.fetch("SELECT shoe FROM patients")

        await refused(exceptions.UndefinedColumnError, inner())
        same(await connection.fetchval("SELECT 1"), 1)
    same(connection.is_in_transaction(), False)
    same(await connection.execute("SELECT 1"), "SELECT 1")


@with_connection("flow")
async def a_statement_that_takes_too_long_is_cancelled(connection):
    await refused(asyncio.TimeoutError, connection.fetch(LONG, timeout=0.5))
    same(await connection.fetchval("SELECT 1"), 1)


@check
def the_pool_resets_its_connections():
    async def whole():
        async with asyncpg.create_pool(
            host=HOST,
            port=PORT,
            user="ada",
            password=PASSWORD,
            database="diabetes",
            ssl=ssl.create_default_context(cafile=CA),
            min_size=1,
            max_size=2,
        ) as pool:
            for _ in range(3):
                async with pool.acquire() as connection:
                    same(await connection.fetchval("SELECT count(*) FROM icd10"), 90)

    asyncio.run(whole())


@with_connection()
async def a_list_is_an_array(connection):
    question = "SELECT sex, count(*) FROM patients WHERE sex = ANY($1) GROUP BY sex ORDER BY sex"
    plain = "SELECT sex, count(*) FROM patients WHERE sex IN ('F', 'M') GROUP BY sex ORDER BY sex"
    same(await connection.fetch(question, ["F", "M"]), await connection.fetch(plain))
    same(await connection.fetchval("SELECT count(*) FROM icd10 WHERE code = ANY($1::text[])", ["E119", None, "x"]), 1)
    same(await connection.fetchval("SELECT count(*) FROM icd10 WHERE NOT code = ANY($1)", []), 90)


run()
