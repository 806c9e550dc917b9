// postgres (postgres.js): pipelined queries, statements prepared by Describe, types read from the catalogue at connect, portals.
'use strict';
const assert = require('node:assert');
const postgres = require('postgres');
const { LONG, settings, refused, pause, run } = require('./checks.js');

function connect(more = {}) {
  return postgres(settings({ max: 1, onnotice: () => {}, ...more }));
}

async function withClient(work, more) {
  const sql = connect(more);
  try {
    await work(sql);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

const checks = {
  async connects_over_verified_tls_and_reads_the_types_of_arrays() {
    await withClient(async (sql) => {
      const [row] = await sql`SELECT ARRAY[1, 2] AS numbers, ARRAY['a', 'b'] AS words, current_user AS me`;
      assert.deepStrictEqual({ ...row }, { numbers: [1, 2], words: ['a', 'b'], me: 'ada' });
      assert.strictEqual(sql.parameters.is_superuser, 'off');
    });
  },

  async an_unknown_authority_is_not_trusted() {
    const sql = connect({ ssl: { rejectUnauthorized: true } });
    assert.match(String((await refused(sql`SELECT 1`)).message), /certificate/);
    await sql.end({ timeout: 0 });
  },

  async a_wrong_password_is_told_in_words() {
    const sql = connect({ password: 'wrong' });
    const refusal = await refused(sql`SELECT 1`);
    assert.strictEqual(refusal.code, '28P01');
    assert.match(refusal.message, /Authentication failed\./);
    await sql.end({ timeout: 0 });
  },

  async tables_and_columns_are_listed() {
    await withClient(async (sql) => {
      const tables = await sql`SELECT table_name FROM information_schema.tables WHERE table_schema = ${'hospital'}`;
      const names = tables.map((row) => row.table_name);
      assert(names.includes('patients') && names.includes('icd10'), names.join());
      const columns = await sql`SELECT column_name FROM information_schema.columns WHERE table_name = ${'patients'}`;
      assert(!columns.some((row) => row.column_name === 'given_name'));
    });
  },

  async a_governed_aggregate_takes_bound_values() {
    await withClient(async (sql) => {
      const people = await sql`SELECT sex, count(*) AS people FROM patients
        WHERE date_of_birth >= ${'1930-01-01'} AND imd_decile > ${2} AND sex IN ${sql(['F', 'M'])} GROUP BY sex ORDER BY sex`;
      assert.deepStrictEqual(people.map((row) => row.sex), ['F', 'M']);
      assert.strictEqual(people.command, 'SELECT');
      const list = await sql`SELECT count(*)::int AS n FROM icd10 WHERE code = ANY(${['E119', 'nothing']})`;
      assert.deepStrictEqual({ ...list[0] }, { n: 1 });
      const none = await sql`SELECT count(*)::int AS n FROM icd10 WHERE code = ${null}`;
      assert.deepStrictEqual({ ...none[0] }, { n: 0 });
    });
  },

  async values_of_many_types_go_and_come() {
    await withClient(async (sql) => {
      const moment = new Date(Date.UTC(2024, 6, 1, 12));
      for (const from of [sql``, sql`FROM icd10 WHERE code = (SELECT min(code) FROM icd10)`]) {
        const [row] = await sql`SELECT ${1}::int AS i, ${'5000000000'}::int8 AS b, ${"Grüße 'Welt'"}::text AS t, ${moment}::timestamptz AS m,
          ${true}::bool AS f, ${0.1}::float8 AS x, ${null}::text AS nothing ${from}`;
        assert.deepStrictEqual(
          { ...row },
          { i: 1, b: '5000000000', t: "Grüße 'Welt'", m: moment, f: true, x: 0.1, nothing: null },
        );
      }
    });
  },

  async many_queries_are_sent_at_once_and_errors_hit_their_own() {
    await withClient(async (sql) => {
      const answers = await Promise.allSettled(
        Array.from({ length: 60 }, (_, i) =>
          i % 10 === 3
            ? sql`SELECT nothing FROM nowhere`
            : i % 2
              ? sql`SELECT ${i}::int AS i, count(*)::int AS n FROM icd10`
              : sql`SELECT ${i}::int AS i, relname FROM pg_class WHERE relname = 'icd10'`,
        ),
      );
      answers.forEach((answer, i) => {
        if (i % 10 === 3) {
          assert.strictEqual(answer.reason.code, '42P01');
        } else {
          assert.strictEqual(answer.value[0].i, i);
        }
      });
    });
  },

  async a_cursor_reads_rows_in_pages_and_is_left_early() {
    await withClient(
      async (sql) => {
        const sizes = [];
        for await (const rows of sql`SELECT admission_id FROM admissions WHERE cost > ${100} LIMIT 250`.cursor(100)) {
          sizes.push(rows.length);
        }
        assert.deepStrictEqual(sizes, [100, 100, 50]);
        for await (const rows of sql`SELECT admission_id FROM admissions WHERE cost > ${100}`.cursor(10)) {
          assert.strictEqual(rows.length, 10);
          break;
        }
        const codes = [];
        await sql`SELECT code FROM icd10`.forEach((row) => codes.push(row.code));
        assert.strictEqual(codes.length, 90);
      },
      { database: 'flow' },
    );
  },

  async a_query_is_copied_out() {
    await withClient(async (sql) => {
      let text = '';
      for await (const chunk of await sql`COPY (SELECT code FROM icd10 ORDER BY code) TO STDOUT`.readable()) {
        text += chunk;
      }
      assert.strictEqual(text.split('\n').length, 91);
      assert.strictEqual((await sql`SELECT 1 AS a`)[0].a, 1);
    });
  },

  async a_statement_is_described_and_unprepared() {
    await withClient(async (sql) => {
      const described = await sql`SELECT sex, count(*) FROM patients WHERE imd_decile > ${1} GROUP BY sex`.describe();
      assert.deepStrictEqual(described.columns.map((column) => [column.name, column.type]), [['sex', 1043], ['count', 20]]);
      assert.deepStrictEqual(described.types, [21]);
      const several = await sql`SELECT 1 AS a; SELECT count(*)::int AS n FROM icd10`.simple();
      assert.deepStrictEqual(several.map((rows) => ({ ...rows[0] })), [{ a: 1 }, { n: 90 }]);
      assert.deepStrictEqual({ ...(await sql.unsafe('SELECT count(*)::int AS n FROM icd10'))[0] }, { n: 90 });
    });
    await withClient(
      async (sql) => assert.strictEqual((await sql`SELECT ${7}::int AS a`)[0].a, 7),
      { prepare: false },
    );
  },

  async transactions_and_savepoints_work() {
    await withClient(async (sql) => {
      const answer = await sql.begin('read only', async (transaction) => {
        const refusal = await refused(transaction.savepoint((inner) => inner`SELECT shoe FROM patients`));
        assert.strictEqual(refusal.code, '42703');
        return transaction`SELECT count(*)::int AS n FROM icd10`;
      });
      assert.strictEqual(answer[0].n, 90);
      assert.strictEqual((await refused(sql.begin((transaction) => transaction`DELETE FROM patients`))).code, '25006');
      assert.strictEqual((await sql`SELECT 1 AS a`)[0].a, 1);
    });
  },

  async a_running_statement_is_cancelled() {
    await withClient(
      async (sql) => {
        const running = sql.unsafe(LONG);
        const ended = refused(running);
        await pause(500);
        running.cancel();
        assert.strictEqual((await ended).code, '57014');
        assert.strictEqual((await sql`SELECT 1 AS a`)[0].a, 1);
      },
      { database: 'flow' },
    );
  },

  async a_refusal_has_sqlstate_detail_and_hint() {
    await withClient(async (sql) => {
      const refusal = await refused(sql`SELECT patient_id FROM patients`);
      assert.deepStrictEqual([refusal.code, refusal.severity], ['42501', 'ERROR']);
      assert.match(refusal.detail, /reference /);
      assert(refusal.hint.length > 0);
      assert.strictEqual((await sql`SELECT 1 AS a`)[0].a, 1);
    });
  },
};

run(checks);
