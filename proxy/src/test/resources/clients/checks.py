"""Checks of a client library against a running Weir. The Java test that starts the program reads one line of JSON a check."""

import json
import os
import traceback

HOST = "localhost"
PORT = os.environ["WEIR_PORT"]
CA = os.environ["WEIR_CA"]
PASSWORD = os.environ["WEIR_PASSWORD"]
# The source works on it until it is cancelled.
LONG = """SELECT count(DISTINCT (a.icd10, b.icd10, c.icd10)) FROM admissions a
JOIN admissions b ON a.patient_id = b.patient_id JOIN admissions c ON b.patient_id = c.patient_id"""
_checks = []


def check(function):
    """Registers a check; its name is the sentence that the report shows."""
    _checks.append(function)
    return function


def run():
    for function in _checks:
        failure = None
        try:
            function()
        except BaseException:
            failure = traceback.format_exc()
        print(json.dumps({"check": function.__name__, "failure": failure}), flush=True)


def same(actual, expected):
    assert actual == expected, f"expected {expected!r}, got {actual!r}"


def has(text, *parts):
    for part in parts:
        assert part in text, f"{part!r} is not in {text!r}"


def protected(counts):
    """Counts of people: rounded, or hidden by what was answered before on the same server."""
    for count in counts:
        assert count is None or (isinstance(count, int) and count % 5 == 0), count


def refused(exceptions, call):
    """The exception of a call that must be refused."""
    try:
        call()
    except exceptions as refusal:
        return refusal
    raise AssertionError("it was not refused")

