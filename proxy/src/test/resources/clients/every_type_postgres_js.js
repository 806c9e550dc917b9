// postgres (postgres.js): parsed values, and the bytes as they came.
'use strict';
const postgres = require('postgres');
const { settings, each } = require('./every_type.js');

(async () => {
  const sql = postgres({ ...settings, max: 1, connection: { TimeZone: 'Europe/London' } });
  await each('postgres-js', async (text) => {
    const rows = await sql.unsafe(text, [], { prepare: true });
    return [`type ${rows.columns[0].type}`, ...rows.map((row) => row.value)];
  });
  await each('postgres-js raw', async (text) => {
    const rows = await sql.unsafe(text).raw();
    return [`type ${rows.columns[0].type}`, ...rows.map(([value]) => value && value.toString('hex'))];
  });
  await sql.end();
})();
