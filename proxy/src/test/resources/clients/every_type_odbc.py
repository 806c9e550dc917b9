"""psqlODBC through pyodbc: text by the driver's choice."""

import os
import tempfile

import pyodbc

from every_type import CA, COLUMNS, DATABASE, HOST, PASSWORD, PORT, TABLES, TLS, USER, ZONE, each, told

pyodbc.pooling = False
if CA:
    # libpq looks for the authority here; the driver has no keyword for it.
    home = tempfile.mkdtemp()
    os.makedirs(os.path.join(home, ".postgresql"))
    os.symlink(CA, os.path.join(home, ".postgresql", "root.crt"))
    os.environ["HOME"] = home
    os.environ["PGSSLROOTCERT"] = CA
connection = pyodbc.connect(
    f"Driver=PostgreSQL Unicode;Server={HOST};Port={PORT};UID={USER};PWD={PASSWORD};Database={DATABASE};sslmode={TLS['sslmode']}",
    autocommit=True,
)
connection.execute(f"SET TimeZone = '{ZONE}'")
each("odbc", lambda sql: [tuple(row) for row in connection.execute(sql).fetchall()])
for table in TABLES:
    cursor = connection.execute(f"SELECT {', '.join(COLUMNS)} FROM {table} WHERE n = 0")
    told(f"odbc description {table}", [repr(column) for column in cursor.description])
    catalogue = connection.cursor().columns(table=table.split(".")[1], schema=table.split(".")[0]).fetchall()
    told(
        f"odbc columns {table}",
        [
            f"{row.column_name} {row.data_type} {row.type_name} {row.column_size} {row.decimal_digits}"
            for row in catalogue
            if row.column_name in COLUMNS
        ],
    )
connection.close()
