"""psycopg 3: values in both formats, and the very bytes with their descriptions."""

import psycopg

from every_type import COLUMNS, DATABASE, HOST, PASSWORD, PORT, TABLES, TLS, USER, ZONE, each, told

with psycopg.connect(
    host=HOST, port=PORT, user=USER, password=PASSWORD, dbname=DATABASE, autocommit=True, **TLS
) as connection:
    connection.execute(f"SET TimeZone = '{ZONE}'")
    for binary in (False, True):
        each(
            "psycopg3 " + ("binary" if binary else "text"),
            lambda sql: connection.execute(sql, binary=binary).fetchall(),
        )
    for table in TABLES:
        for column in COLUMNS:
            for number, form in enumerate(("text", "binary")):
                answer = connection.pgconn.exec_params(
                    f"SELECT {column} FROM {table} ORDER BY n".encode(), None, result_format=number
                )
                values = [answer.get_value(row, 0) for row in range(answer.ntuples)]
                told(
                    f"psycopg3 bytes {form} {table} {column}",
                    [f"oid {answer.ftype(0)} modifier {answer.fmod(0)} size {answer.fsize(0)} format {answer.fformat(0)}"]
                    + [value.hex() if value is not None else "NULL" for value in values],
                )
        same = connection.pgconn.exec_(f"SELECT {', '.join(COLUMNS)} FROM {table} LIMIT 1".encode())
        told(f"psycopg3 names {table}", [same.fname(column).decode() for column in range(same.nfields)])
