// node-pg, in text and in its binary format.
'use strict';
const { Client } = require('pg');
const { settings, each } = require('./every_type.js');

(async () => {
  const client = new Client(settings);
  await client.connect();
  await client.query("SET TimeZone = 'Europe/London'");
  for (const binary of [false, true]) {
    await each(`node-pg ${binary ? 'binary' : 'text'}`, async (text) => {
      const { rows, fields } = await client.query({ text, values: [], binary });
      const { name, dataTypeID, dataTypeSize, dataTypeModifier, format } = fields[0];
      return [[name, dataTypeID, dataTypeSize, dataTypeModifier, format].join(' '), ...rows.map((row) => row.value)];
    });
  }
  await client.end();
})();
