"""psycopg2: text only."""

import psycopg2

from every_type import COLUMNS, DATABASE, HOST, PASSWORD, PORT, TABLES, TLS, USER, ZONE, each, told

connection = psycopg2.connect(host=HOST, port=PORT, user=USER, password=PASSWORD, dbname=DATABASE, **TLS)
connection.autocommit = True
cursor = connection.cursor()
cursor.execute(f"SET TimeZone = '{ZONE}'")


def read(sql):
    cursor.execute(sql)
    return cursor.fetchall()


each("psycopg2", read)
for table in TABLES:
    cursor.execute(f"SELECT {', '.join(COLUMNS)} FROM {table} LIMIT 1")
    told(f"psycopg2 description {table}", [repr(tuple(column)) for column in cursor.description])
connection.close()
