// What the programs for node share: columns of every type as a client library reads them; see every_type.py.
'use strict';
const fs = require('node:fs');
const util = require('node:util');

const environment = process.env;
const columns = environment.TYPES_COLUMNS.split(',');
const tables = environment.TYPES_TABLES.split(',');
const ssl = environment.TYPES_CA ? { ca: fs.readFileSync(environment.TYPES_CA), rejectUnauthorized: true } : false;
const settings = {
  host: environment.TYPES_HOST,
  port: Number(environment.TYPES_PORT),
  user: environment.TYPES_USER,
  password: environment.TYPES_PASSWORD,
  database: environment.TYPES_DATABASE,
  ssl,
};

function told(call, lines) {
  console.log(JSON.stringify({ call, lines }));
}

function shown(value) {
  if (value instanceof Date) {
    return `Date ${value.getTime()}`;
  }
  return util.inspect(value, { breakLength: Infinity, depth: null, maxArrayLength: null });
}

// read(sql) promises the values of the only column, with its description first.
async function each(client, read) {
  for (const table of tables) {
    for (const column of columns) {
      const call = `${client} ${table} ${column}`;
      try {
        const [description, ...values] = await read(`SELECT ${column} AS value FROM ${table} ORDER BY n`);
        told(call, [description, ...values.map(shown)]);
      } catch (broken) {
        told(call, [`! ${broken.name} ${broken.code}`]);
      }
    }
  }
}

module.exports = { settings, columns, tables, told, shown, each };
