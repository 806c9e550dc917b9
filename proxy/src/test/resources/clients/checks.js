// What the checks of the libraries for node share. One line of JSON a check, as checks.py prints them.
'use strict';
const fs = require('node:fs');

// The source works on it until it is cancelled.
const LONG = `SELECT count(DISTINCT (a.icd10, b.icd10, c.icd10)) FROM admissions a
JOIN admissions b ON a.patient_id = b.patient_id JOIN admissions c ON b.patient_id = c.patient_id`;

function settings(more = {}) {
  return {
    host: 'localhost',
    port: Number(process.env.WEIR_PORT),
    user: 'ada',
    password: process.env.WEIR_PASSWORD,
    database: 'diabetes',
    ssl: { ca: fs.readFileSync(process.env.WEIR_CA), rejectUnauthorized: true },
    ...more,
  };
}

// For what is made of libpq.
function conninfo(database = 'diabetes', password = process.env.WEIR_PASSWORD) {
  return `host=localhost port=${process.env.WEIR_PORT} user=ada password='${password}' dbname=${database} sslmode=verify-full
    sslrootcert='${process.env.WEIR_CA}' channel_binding=require`;
}

async function refused(promise) {
  try {
    await promise;
  } catch (refusal) {
    return refusal;
  }
  throw new Error('it was not refused');
}

function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

async function run(checks) {
  for (const [check, work] of Object.entries(checks)) {
    let failure = null;
    try {
      await work();
    } catch (broken) {
      failure = String(broken.stack || broken);
    }
    console.log(JSON.stringify({ check, failure }));
  }
}

module.exports = { LONG, settings, conninfo, refused, pause, run };
