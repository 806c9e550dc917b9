"""Columns of every type as one client library reads them. The Java test runs the program twice, against Weir and against an ordinary
PostgreSQL with the same tables, and compares what it prints: one line of JSON a call, with the call's name and the lines of its answer."""

import json
import os

HOST = os.environ["TYPES_HOST"]
PORT = os.environ["TYPES_PORT"]
USER = os.environ["TYPES_USER"]
PASSWORD = os.environ["TYPES_PASSWORD"]
DATABASE = os.environ["TYPES_DATABASE"]
CA = os.environ["TYPES_CA"]
TABLES = os.environ["TYPES_TABLES"].split(",")
COLUMNS = os.environ["TYPES_COLUMNS"].split(",")
ZONE = "Europe/London"
TLS = {"sslmode": "verify-full", "sslrootcert": CA} if CA else {"sslmode": "disable"}


def told(call, lines):
    print(json.dumps({"call": call, "lines": lines}), flush=True)


def shown(value):
    """A value with its type, for repr tells 1 from True, -0.0 from 0.0 and Decimal from int."""
    if isinstance(value, memoryview):
        value = bytes(value)
    elif isinstance(value, list):
        return "[" + ", ".join(shown(element) for element in value) + "]"
    return ascii(value)


def each(client, read):
    """Reads every column of both tables: read(sql) gives rows. What the library cannot read is told for the row alone."""
    for table in TABLES:
        for column in COLUMNS:
            told(f"{client} {table} {column}", lines(read, table, column))


def lines(read, table, column):
    try:
        return [shown(value) for (value,) in read(f"SELECT {column} FROM {table} ORDER BY n")]
    except Exception:
        pass
    rows = []
    for (number,) in read(f"SELECT n FROM {table} ORDER BY n"):
        try:
            rows.append(shown(read(f"SELECT {column} FROM {table} WHERE n = {number}")[0][0]))
        except Exception as unreadable:
            rows.append(f"! {type(unreadable).__name__}")
    return rows
