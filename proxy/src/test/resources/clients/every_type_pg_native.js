// pg-native: node over libpq, text.
'use strict';
const Native = require('pg-native');
const { settings, each } = require('./every_type.js');

const client = new Native();
const tls = process.env.TYPES_CA ? `sslmode=verify-full sslrootcert='${process.env.TYPES_CA}'` : 'sslmode=disable';
client.connectSync(
  `host=${settings.host} port=${settings.port} user=${settings.user} password='${settings.password}' dbname=${settings.database} ${tls}`,
);
client.querySync("SET TimeZone = 'Europe/London'");
each('pg-native', async (text) => {
  const rows = client.querySync(text);
  return [`type ${client.pq.ftype(0)}`, ...rows.map((row) => row.value)];
}).then(() => client.end());
