"""asyncpg: binary only."""

import asyncio
import ssl

import asyncpg

from every_type import CA, COLUMNS, DATABASE, HOST, PASSWORD, PORT, TABLES, USER, ZONE, each, told

loop = asyncio.new_event_loop()
connection = loop.run_until_complete(
    asyncpg.connect(
        host=HOST,
        port=PORT,
        user=USER,
        password=PASSWORD,
        database=DATABASE,
        ssl=ssl.create_default_context(cafile=CA) if CA else False,
        server_settings={"TimeZone": ZONE},
    )
)
each("asyncpg", lambda sql: [tuple(row) for row in loop.run_until_complete(connection.fetch(sql))])
for table in TABLES:
    statement = loop.run_until_complete(connection.prepare(f"SELECT {', '.join(COLUMNS)} FROM {table}"))
    told(f"asyncpg types {table}", [f"{column.name} {column.type.name} {column.type.schema}" for column in statement.get_attributes()])
loop.run_until_complete(connection.close())
