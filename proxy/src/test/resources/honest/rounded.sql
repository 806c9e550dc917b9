-- The nearest-5 profile in PostgreSQL's own words: what a cell of people may be shown as. Nothing of it is the product's.
-- Whose each value is stands beside it: count(x) of people is written rounded.count(array_agg(ROW(person, 1)::rounded.contribution) FILTER (WHERE x IS NOT NULL)).
CREATE SCHEMA rounded;
CREATE TYPE rounded.contribution AS (person bigint, value numeric);

-- The least of 1, 2, 5, 10, 20, … that is not less.
CREATE FUNCTION rounded.one_two_five(floor_of numeric) RETURNS numeric LANGUAGE sql IMMUTABLE
    AS $$ SELECT min(m * power(10::numeric, e)) FROM (VALUES (1), (2), (5)) a(m), generate_series(-8, 15) e WHERE m * power(10::numeric, e) >= floor_of $$;
-- To the nearest multiple, halves away from zero.
CREATE FUNCTION rounded.nearest(value numeric, step numeric) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$ SELECT sign(value) * floor(abs(value) / step + 0.5) * step $$;

-- People: those of fewer than eight are hidden, none are none, what is shown is at least the first multiple that reaches eight.
CREATE FUNCTION rounded.units(rows rounded.contribution[]) RETURNS bigint LANGUAGE sql IMMUTABLE
    AS $$ SELECT CASE WHEN n = 0 THEN 0 WHEN n >= 8 THEN greatest(10, rounded.nearest(n, 5)) END::bigint FROM (SELECT count(DISTINCT person) AS n FROM unnest(rows)) u $$;
-- Records: by five for each record that everybody has at least.
CREATE FUNCTION rounded.count(rows rounded.contribution[]) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN people = 0 THEN 0 WHEN people >= 8 THEN greatest(ceil(8 / step) * step, rounded.nearest(n, step)) END::bigint
    FROM (SELECT sum(k) AS n, count(*) AS people, rounded.one_two_five(5 * greatest(1, coalesce(min(k), 1))) AS step FROM (SELECT count(*) AS k FROM unnest(rows) GROUP BY person) p) u $$;
-- Sums: by the step of the column, or five times what everybody adds at least.
CREATE FUNCTION rounded.sum(rows rounded.contribution[], step numeric) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN people >= 8 THEN rounded.nearest(total, greatest(step, CASE WHEN smallest > 0 THEN rounded.one_two_five(5 * smallest) END)) END
    FROM (SELECT sum(k) AS total, count(*) AS people, min(abs(k)) AS smallest FROM (SELECT sum(value) AS k FROM unnest(rows) GROUP BY person) p) u $$;
CREATE FUNCTION rounded.avg(rows rounded.contribution[], step numeric) RETURNS numeric LANGUAGE sql IMMUTABLE
    AS $$ SELECT rounded.sum(rows, step) / nullif(rounded.count(rows), 0) $$;
-- What is one or nought: how many are one, each of the two rounded by itself.
CREATE FUNCTION rounded.where_value(rows rounded.contribution[], wanted numeric) RETURNS rounded.contribution[] LANGUAGE sql IMMUTABLE
    AS $$ SELECT array_agg(r) FROM unnest(rows) r WHERE r.value = wanted $$;
CREATE FUNCTION rounded.ones(rows rounded.contribution[]) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$ SELECT rounded.count(rounded.where_value(rows, 1)) $$;
CREATE FUNCTION rounded.share(rows rounded.contribution[]) RETURNS numeric LANGUAGE sql IMMUTABLE
    AS $$ SELECT rounded.ones(rows)::numeric / nullif(rounded.ones(rows) + rounded.count(rounded.where_value(rows, 0)), 0) $$;
-- From the number of rows, their sum and the sum of their squares, each of them rounded.
CREATE FUNCTION rounded.variance(rows rounded.contribution[], step numeric, less integer) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$
    SELECT (n * q - s * s) / nullif(n * (n - less), 0)
    FROM (SELECT rounded.count(rows)::numeric AS n, rounded.sum(rows, step) AS s,
          rounded.sum((SELECT array_agg(ROW(person, value * value)::rounded.contribution) FROM unnest(rows)), rounded.one_two_five(step * step / 5)) AS q) parts $$;
CREATE FUNCTION rounded.root(variance numeric) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$ SELECT sqrt(CASE WHEN variance > 0 THEN variance END) $$;
-- What this page has no rule for.
CREATE FUNCTION rounded.unclear(bigint) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$ SELECT 'NaN'::numeric $$;
