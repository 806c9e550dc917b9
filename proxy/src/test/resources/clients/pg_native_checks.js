// pg-native: node over libpq, with its synchronous, asynchronous, pipelined and copying calls.
'use strict';
const assert = require('node:assert');
const util = require('node:util');
const Native = require('pg-native');
const { LONG, conninfo, refused, pause, run } = require('./checks.js');

async function withClient(work, database) {
  const client = new Native();
  client.connectSync(conninfo(database));
  try {
    await work(client);
  } finally {
    client.end();
  }
}

function promised(client, method, ...parameters) {
  return util.promisify(client[method]).call(client, ...parameters);
}

const checks = {
  async connects_over_verified_tls_with_channel_binding() {
    const client = new Native();
    await promised(client, 'connect', conninfo());
    assert.deepStrictEqual(await promised(client, 'query', 'SHOW is_superuser'), [{ is_superuser: 'off' }]);
    client.end();
  },

  async a_wrong_password_is_told_in_words() {
    const refusal = await refused(promised(new Native(), 'connect', conninfo('diabetes', 'wrong')));
    assert.match(String(refusal.message), /Authentication failed\./);
  },

  async tables_are_listed() {
    await withClient((client) => {
      const names = client
        .querySync('SELECT table_name FROM information_schema.tables WHERE table_schema = $1', ['hospital'])
        .map((row) => row.table_name);
      assert(names.includes('patients') && names.includes('icd10'), names.join());
    });
  },

  async a_governed_aggregate_takes_bound_values() {
    await withClient(async (client) => {
      const text = 'SELECT sex, count(*) AS people FROM patients WHERE imd_decile > $1 AND sex IN ($2, $3) GROUP BY sex ORDER BY sex';
      const rows = client.querySync(text, ['2', 'F', 'M']);
      assert.deepStrictEqual(rows.map((row) => row.sex), ['F', 'M']);
      assert.deepStrictEqual(await promised(client, 'query', text, ['2', 'F', 'M']), rows);
      assert.deepStrictEqual(client.querySync('SELECT count(*) AS n FROM icd10 WHERE code = $1', [null]), [{ n: '0' }]);
    });
  },

  async a_prepared_statement_is_executed_again() {
    await withClient(async (client) => {
      client.prepareSync('codes', 'SELECT count(*)::int AS n FROM icd10 WHERE code >= $1', 1);
      assert.deepStrictEqual(client.executeSync('codes', ['']), [{ n: 90 }]);
      assert.deepStrictEqual(await promised(client, 'execute', 'codes', ['ZZZZ']), [{ n: 0 }]);
    });
  },

  async a_pipeline_answers_in_order_and_past_an_error() {
    await withClient(async (client) => {
      const results = await promised(client, 'pipeline', [
        { text: 'SELECT count(*)::int AS n FROM icd10 WHERE code >= $1', values: [''] },
        { text: 'SELECT nothing FROM nowhere' },
        { text: 'SELECT relname FROM pg_class WHERE relname = $1', values: ['icd10'] },
      ]);
      assert.deepStrictEqual(results[0].rows, [{ n: 90 }]);
      assert.match(String(results[1].err.message), /nowhere/);
      assert.deepStrictEqual(results[2].rows, [{ relname: 'icd10' }]);
      assert.deepStrictEqual(client.querySync('SELECT 1 AS a'), [{ a: 1 }]);
    });
  },

  async a_query_is_copied_out() {
    await withClient(async (client) => {
      await promised(client, 'query', 'COPY (SELECT code FROM icd10 ORDER BY code) TO STDOUT');
      let text = '';
      for await (const chunk of client.getCopyStream()) {
        text += chunk;
      }
      assert.strictEqual(text.split('\n').length, 91);
      assert.deepStrictEqual(client.querySync('SELECT 1 AS a'), [{ a: 1 }]);
    });
  },

  async a_running_statement_is_cancelled() {
    await withClient(async (client) => {
      const running = refused(promised(client, 'query', LONG));
      await pause(500);
      await promised(client, 'cancel');
      assert.match(String((await running).message), /cancel/);
      assert.deepStrictEqual(await promised(client, 'query', 'SELECT 1 AS a'), [{ a: 1 }]);
    }, 'flow');
  },

  async a_refusal_tells_what_to_do_and_the_session_lives_on() {
    await withClient((client) => {
      assert.throws(() => client.querySync('SELECT patient_id FROM patients'), /HINT/);
      assert.throws(() => client.querySync('DELETE FROM patients'), /read-only/);
      assert.strictEqual(client.getTransactionStatus(), 'I');
      client.querySync('BEGIN');
      assert.throws(() => client.querySync('SELECT shoe FROM patients'));
      assert.strictEqual(client.getTransactionStatus(), 'E');
      client.querySync('ROLLBACK');
      assert.deepStrictEqual(client.querySync('SELECT 1 AS a'), [{ a: 1 }]);
    });
  },
};

run(checks);
