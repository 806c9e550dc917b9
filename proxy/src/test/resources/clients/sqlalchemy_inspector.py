"""Prints what SQLAlchemy's inspector finds: the call, a tab, one line of its answer."""

import os

from sqlalchemy import create_engine, inspect
from sqlalchemy.engine import URL

mode = os.environ.get("WEIR_SSLMODE", "verify-full")
engine = create_engine(
    URL.create(
        "postgresql+psycopg2",
        "ada",
        os.environ["WEIR_PASSWORD"],
        "localhost",
        int(os.environ["WEIR_PORT"]),
        "diabetes",
        {"sslmode": mode, "sslrootcert": os.environ["WEIR_CA"]},
    )
)
inspector = inspect(engine)


def tell(name, *arguments, **options):
    call = f"{name}({', '.join(map(repr, [*arguments, *options.values()]))})"
    answer = getattr(inspector, name)(*arguments, **options)
    if name == "get_table_names":
        answer.sort()  # comes in the order in which the tables lie in pg_class
    print(call, "answered", sep="\t")
    for line in answer if isinstance(answer, list) else [answer]:
        print(call, repr(line).replace("\n", " ").replace("\t", " "), sep="\t")


tell("get_schema_names")
for schema in [None, *inspector.get_schema_names()]:
    for name in ("get_table_names", "get_view_names", "get_sequence_names", "get_enums", "get_foreign_table_names"):
        tell(name, schema=schema)
    for table in [*inspector.get_table_names(schema=schema), *inspector.get_view_names(schema=schema)]:
        for name in (
            "get_columns",
            "get_pk_constraint",
            "get_foreign_keys",
            "get_indexes",
            "get_unique_constraints",
            "get_check_constraints",
            "get_table_comment",
            "get_table_options",
        ):
            tell(name, table, schema=schema)
