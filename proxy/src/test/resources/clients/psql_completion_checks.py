"""psql's tab completion, typed into a terminal: it asks the catalogue while the line is being written."""

import os
import pty
import re
import select
import time

from checks import CA, HOST, PASSWORD, PORT, check, has, run, same

DIALOGUE = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]|\x07|\r")


class Terminal:
    def __init__(self, project="diabetes"):
        where = f"host={HOST} port={PORT} dbname={project} user=ada sslmode=verify-full sslrootcert={CA}"
        self.child, self.terminal = pty.fork()
        if self.child == 0:
            environment = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
            environment |= {"PGPASSWORD": PASSWORD, "TERM": "dumb", "PAGER": "cat", "INPUTRC": "/dev/null", "HOME": "/nonexistent"}
            os.execvpe("psql", ["psql", "-X", "-q", where], environment)
        self.until(f"{project}=> ")

    def until(self, text):
        seen = ""
        end = time.monotonic() + 60
        while text not in seen:
            ready, _, _ = select.select([self.terminal], [], [], max(0, end - time.monotonic()))
            assert ready, f"waited for {text!r}, saw {seen!r}"
            seen += DIALOGUE.sub("", os.read(self.terminal, 65536).decode())
        return seen

    def offers(self, line):
        """The words that two tabs show: a question to the server that is known to come after marks the end."""
        os.write(self.terminal, line.encode() + b"\t\t")
        time.sleep(1)
        os.write(self.terminal, b"\x15\\echo the-end\n")
        seen = self.until("\nthe-end")
        return set(re.findall(r"[\w.\"]+", seen))

    def close(self):
        os.write(self.terminal, b"\x15\\q\n")
        os.waitpid(self.child, 0)
        os.close(self.terminal)


def offered(line):
    terminal = Terminal()
    try:
        return terminal.offers(line)
    finally:
        terminal.close()


@check
def schemas_and_tables_are_offered_and_no_others():
    words = offered("SELECT * FROM hospital.")
    tables = {word for word in words if word.startswith("hospital.")} - {"hospital."}
    has(tables, "hospital.patients", "hospital.admissions", "hospital.icd10")
    assert not any("secret" in word or word.startswith("v_") for word in words), words


@check
def one_table_that_fits_is_written_out():
    has(offered("SELECT count(*) FROM hospital.pati"), "hospital.patients")


@check
def columns_are_offered_without_those_that_are_not_granted():
    words = offered("SELECT count(*) FROM patients WHERE ")
    has(words, "date_of_birth", "sex", "imd_decile")
    assert "given_name" not in words, words


@check
def settings_are_offered():
    words = offered("SET statement_t")
    has(words, "statement_timeout")
    words = offered("SHOW s")
    has(words, "search_path", "server_version", "statement_timeout")
    assert "shared_buffers" not in words and "ssl_key_file" not in words, words


@check
def of_databases_and_roles_only_the_own_are_offered():
    words = offered("\\c ")
    has(words, "diabetes")
    assert "template1" not in words and "postgres" not in words and "flow" not in words, words
    words = offered("\\du ")
    has(words, "ada")
    same({word for word in words if word.startswith("a_")}, set())
    assert "ben" not in words, words


@check
def functions_are_offered():
    has(offered("\\df pg_catalog.current_d"), "pg_catalog.current_database")


run()
