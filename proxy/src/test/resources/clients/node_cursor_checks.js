// pg-cursor and pg-query-stream over node-pg: named portals, Execute with a maximum of rows, Flush instead of Sync.
'use strict';
const assert = require('node:assert');
const { Client } = require('pg');
const Cursor = require('pg-cursor');
const QueryStream = require('pg-query-stream');
const { settings, refused, run } = require('./checks.js');

async function withClient(work, database = 'flow') {
  const client = new Client(settings({ database }));
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

const STAYS = 'SELECT admission_id, cost FROM admissions WHERE cost > $1 LIMIT 500';

const checks = {
  async a_cursor_reads_rows_in_pages() {
    await withClient(async (client) => {
      const cursor = client.query(new Cursor(STAYS, [100]));
      const first = await cursor.read(200);
      assert.strictEqual(first.length, 200);
      assert.deepStrictEqual(Object.keys(first[0]), ['admission_id', 'cost']);
      assert.strictEqual((await cursor.read(1000)).length, 300);
      assert.strictEqual((await cursor.read(10)).length, 0);
      await cursor.close();
      assert.deepStrictEqual((await client.query('SELECT 1 AS a')).rows, [{ a: 1 }]);
    });
  },

  async a_cursor_is_closed_before_its_end() {
    await withClient(async (client) => {
      for (let i = 0; i < 5; i++) {
        const cursor = client.query(new Cursor(STAYS, [100]));
        assert.strictEqual((await cursor.read(10)).length, 10);
        await cursor.close();
      }
      assert.deepStrictEqual((await client.query('SELECT count(*)::int AS n FROM icd10')).rows, [{ n: 90 }]);
    });
  },

  async a_cursor_reads_within_a_transaction() {
    await withClient(async (client) => {
      await client.query('BEGIN');
      const cursor = client.query(new Cursor('SELECT code FROM icd10 ORDER BY code', [], { rowMode: 'array' }));
      assert.strictEqual((await cursor.read(40)).length, 40);
      assert.strictEqual((await cursor.read(100)).length, 50);
      await cursor.close();
      await client.query('COMMIT');
    }, 'diabetes');
  },

  async a_cursor_reads_the_catalogue_and_aggregates() {
    await withClient(async (client) => {
      const names = client.query(new Cursor('SELECT typname FROM pg_type WHERE typname > $1 ORDER BY oid', ['bo']));
      const [first] = await names.read(1);
      assert.strictEqual(first.typname, 'bool');
      assert.strictEqual((await names.read(20)).length, 20);
      await names.close();
      const groups = client.query(new Cursor('SELECT sex, count(*) AS people FROM patients GROUP BY sex ORDER BY sex'));
      assert.deepStrictEqual((await groups.read(2)).map((row) => row.sex), ['F', 'M']);
      await groups.close();
    }, 'diabetes');
  },

  async an_error_of_a_cursor_has_its_sqlstate_and_the_session_lives_on() {
    await withClient(async (client) => {
      const missing = await refused(client.query(new Cursor('SELECT * FROM nowhere WHERE a = $1', [1])).read(1));
      assert.strictEqual(missing.code, '42P01');
      const refusal = await refused(client.query(new Cursor('SELECT patient_id FROM patients', [])).read(1));
      assert.strictEqual(refusal.code, '42501');
      assert(refusal.hint.length > 0);
      assert.deepStrictEqual((await client.query('SELECT 1 AS a')).rows, [{ a: 1 }]);
    }, 'diabetes');
  },

  async a_stream_gives_every_row() {
    await withClient(async (client) => {
      const seen = new Set();
      for await (const row of client.query(new QueryStream(STAYS, [100], { batchSize: 37 }))) {
        seen.add(row.admission_id);
      }
      assert.strictEqual(seen.size, 500);
    });
  },

  async a_stream_is_left_early() {
    await withClient(async (client) => {
      let rows = 0;
      for await (const row of client.query(new QueryStream(STAYS, [100], { batchSize: 10 }))) {
        assert(row.admission_id);
        if (++rows === 15) {
          break;
        }
      }
      assert.strictEqual((await client.query(STAYS, [100])).rows.length, 500);
    });
  },
};

run(checks);
