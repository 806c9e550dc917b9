#!/bin/sh
# Runs the test suite of pgjdbc, which is not part of this repository, against a running Weir.
#
#   git clone --branch REL42.7.14 https://github.com/pgjdbc/pgjdbc
#   ./weir quickstart                     # in another terminal; ada's password is in connections.json
#   scripts/pgjdbc-suite/run.sh PGJDBC CLASSPATH PORT DATABASE USER PASSWORD OUT
#
# PGJDBC     the checkout; nothing in it is changed
# CLASSPATH  the driver under test, junit-jupiter with its launcher, hamcrest, system-stubs-jupiter
# OUT        a directory for classes, results.tsv (one line a test) and passes.txt
#
# Test classes that do not compile with these libraries are left out and named. Compare passes.txt with the list beside this script.
set -eu
suite=$(cd "$(dirname "$0")" && pwd)
pgjdbc=$(cd "$1" && pwd); classpath=$2; port=$3; database=$4; user=$5; password=$6
mkdir -p "$7/classes"; out=$(cd "$7" && pwd)

cd "$pgjdbc"
find testkit/src/main pgjdbc/src/test -name '*.java' | sort > "$out/sources.txt"
while :; do
  if javac -encoding UTF-8 -proc:none -nowarn -parameters -Xmaxerrs 100000 -d "$out/classes" -cp "$classpath" \
      "@$out/sources.txt" "$suite/SuiteRunner.java" > "$out/javac.txt" 2>&1; then break; fi
  grep -E '\.java:[0-9]+: error' "$out/javac.txt" | cut -d: -f1 | sort -u > "$out/broken.txt"
  [ -s "$out/broken.txt" ] || { cat "$out/javac.txt"; exit 1; }
  sed 's/^/does not compile here: /' "$out/broken.txt"
  grep -vxFf "$out/broken.txt" "$out/sources.txt" > "$out/rest.txt"; mv "$out/rest.txt" "$out/sources.txt"
done
cp -r pgjdbc/src/test/resources/. "$out/classes/"

# Tests with a server; those left out write by their nature, or need Kerberos, OSGi, replication or several servers.
grep src/test/java "$out/sources.txt" | xargs grep -lE 'TestUtil|BaseTest4|DriverManager' | grep 'Test\.java$' \
  | grep -vE '/(replication|xa|gss|sspi|osgi|socketfactory|plugin|jdbcurlresolver|hostchooser)/' \
  | grep -vE '(AutoRollback|Batch|Blob|Clob|CopyLargeFile|CopyBothResponse|LargeObject|Lazy|PgBuffered|Upsert|InsertMulti|Updateable|UpdateObject|SimpleJdbc|SslTest)' \
  | sed 's#.*src/test/java/##; s#/#.#g; s#\.java$##' > "$out/tests.txt"

cd pgjdbc
java -Xmx512m -Dbuild.properties.relative.path=.. -Dtest.url.PGHOST=localhost -Dtest.url.PGPORT="$port" \
  -Dtest.url.PGDBNAME="$database" -Duser="$user" -Dpassword="$password" -DprivilegedUser="$user" -DprivilegedPassword="$password" \
  -cp "$out/classes:$classpath" SuiteRunner "$out/tests.txt" "$out/results.tsv" > "$out/log.txt" 2>&1
awk -F'\t' '$1 == "PASS" { print $2 }' "$out/results.tsv" | sort > "$out/passes.txt"
cut -f1 "$out/results.tsv" | sort | uniq -c
