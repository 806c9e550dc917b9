-- Forms and functions one by one, over the hospital: each is answered as PostgreSQL answers it, or listed under refusals/constructs.txt.

-- name: series_numbers
SELECT x, x * x AS square FROM generate_series(1, 7, 2) AS s(x) ORDER BY x;

-- name: series_down
SELECT * FROM generate_series(5, 1, -2) AS s ORDER BY 1 DESC;

-- name: series_numeric
SELECT g FROM generate_series(0.5, 2, 0.5) g ORDER BY g;

-- name: series_empty
SELECT count(*) AS n FROM generate_series(5, 1) g;

-- name: series_end_of_month
SELECT d::date AS day FROM generate_series(timestamp '2024-01-31', timestamp '2024-06-30', interval '1 month') d ORDER BY 1;

-- name: series_default_name
SELECT generate_series FROM generate_series(1, 3) ORDER BY 1;

-- name: series_in_select
SELECT generate_series(date '2024-01-01', date '2024-03-01', '1 month')::date AS month ORDER BY month;

-- name: series_bound
-- bind: 2
-- bind: 4
SELECT g FROM generate_series($1::int, $2::int) g ORDER BY g;

-- name: series_cross_join
SELECT y.year, q.quarter FROM generate_series(2023, 2024) y(year) CROSS JOIN generate_series(1, 4) q(quarter) ORDER BY 1, 2;

-- name: series_step_of_nothing
SELECT g FROM generate_series(1, 3, 0) g;

-- name: series_too_long
SELECT count(*) FROM generate_series(1, 10001) g;

-- name: series_twice_in_a_select
SELECT generate_series(1, 2) AS a, generate_series(1, 3) AS b;

-- name: series_of_a_column
SELECT p.person_id FROM person p, generate_series(1, p.person_id) g;

-- name: series_beside_people
SELECT count(*) FROM (SELECT sex, generate_series(1, 3) AS g FROM person) x;

-- name: series_crossed_with_people
SELECT g, count(*) FROM person CROSS JOIN generate_series(1, 3) g GROUP BY g;

-- name: unnest_texts
SELECT m, length(m) AS l FROM unnest(ARRAY['11', '21', '22']) AS m ORDER BY m;

-- name: unnest_joined
SELECT m.method, count(a.admission_id) AS n FROM unnest(ARRAY['11', '21', '22']) AS m(method) LEFT JOIN admission a ON a.method = m.method GROUP BY m.method ORDER BY 1;

-- name: unnest_of_a_text
SELECT * FROM unnest('{a,b}'::text[]) u;

-- name: list_with_labels
SELECT l.label, count(a.admission_id) AS n, round(avg(a.cost)) AS mean FROM (VALUES ('11', 'elective'), ('12', 'elective'), ('21', 'emergency')) AS l(code, label) LEFT JOIN admission a ON a.method = l.code AND a.cost IS NOT NULL GROUP BY l.label ORDER BY 1;

-- name: list_with_a_label_of_nobody
SELECT l.code, l.label, count(a.admission_id) AS n FROM (VALUES ('21', 'emergency'), ('zz', 'nothing')) AS l(code, label) LEFT JOIN admission a ON a.method = l.code GROUP BY l.code, l.label ORDER BY 1;

-- name: list_right_join
SELECT m::date AS month, count(a.person_id) AS stays, count(DISTINCT a.person_id) AS people FROM admission a RIGHT JOIN generate_series(timestamp '2024-01-01', timestamp '2024-06-01', interval '1 month') m ON date_trunc('month', a.admitted) = m GROUP BY m ORDER BY m;

-- name: list_counting_rows
SELECT m.method, count(*) FROM (VALUES ('11'), ('21')) m(method) LEFT JOIN admission a ON a.method = m.method GROUP BY m.method;

-- name: list_of_a_conditional
SELECT m.method, sum(CASE WHEN a.cost > 1000 THEN 1 ELSE 0 END) FROM (VALUES ('11'), ('21')) m(method) LEFT JOIN admission a ON a.method = m.method GROUP BY m.method;

-- name: list_in_the_filter
SELECT m.method, count(a.admission_id) FILTER (WHERE a.cost > 1000) AS n FROM (VALUES ('11'), ('21')) m(method) LEFT JOIN admission a ON a.method = m.method GROUP BY m.method ORDER BY 1;

-- name: list_grouped_by_people
SELECT m.method, a.provider_code, count(a.admission_id) FROM (VALUES ('11'), ('21')) m(method) LEFT JOIN admission a ON a.method = m.method GROUP BY m.method, a.provider_code;

-- name: registered_before
SELECT y.year, count(*) AS people FROM generate_series(2015, 2020) y(year) JOIN person p ON extract(year FROM p.registered) <= y.year GROUP BY y.year ORDER BY y.year;

-- name: bands_as_ranges
SELECT b.band, count(*) AS n FROM (VALUES ('short', 0, 2), ('middle', 3, 9), ('long', 10, 1000)) AS b(band, low, high) JOIN admission a ON a.discharged - a.admitted BETWEEN b.low AND b.high GROUP BY b.band ORDER BY 1;

-- name: list_off_the_grid
SELECT m::date AS day, count(*) AS n FROM generate_series(date '2024-01-15', date '2024-03-15', interval '1 month') m JOIN admission a ON a.admitted <= m GROUP BY m;

-- name: text_year
SELECT to_char(admitted, 'YYYY') AS year, count(*) AS n FROM admission GROUP BY 1 ORDER BY 1;

-- name: text_quarter
SELECT to_char(admitted, 'YYYY-"Q"Q') AS quarter, count(*) AS n FROM admission GROUP BY 1 ORDER BY 1;

-- name: text_month_name
SELECT to_char(admitted, 'Mon YYYY') AS month, count(*) AS n FROM admission GROUP BY to_char(admitted, 'Mon YYYY') ORDER BY 1;

-- name: text_month_of_all_years
SELECT to_char(admitted, 'FMMonth') AS month, count(*) AS n FROM admission GROUP BY 1 ORDER BY n DESC, 1;

-- name: text_month_padded
SELECT to_char(admitted, 'MONTH') AS month, count(*) AS n FROM admission WHERE cost > 500 GROUP BY 1 ORDER BY 1;

-- name: text_short_year
SELECT to_char(admitted, 'YY') AS year, count(*) AS n FROM admission GROUP BY 1 ORDER BY 1;

-- name: text_by_method
SELECT method, to_char(admitted, 'YYYY/MM') AS month, count(*) AS n FROM admission WHERE admitted >= '2024-01-01' AND admitted < '2024-07-01' GROUP BY 1, 2 ORDER BY 1, 2;

-- name: text_with_days
SELECT to_char(admitted, 'YYYY-MM-DD') AS day, count(*) AS n FROM admission GROUP BY 1;

-- name: text_of_weeks
SELECT to_char(admitted, 'IYYY-IW') AS week, count(*) AS n FROM admission GROUP BY 1;

-- name: text_with_hours
SELECT to_char(admitted, 'YYYY HH24') AS hour, count(*) AS n FROM admission GROUP BY 1;

-- name: text_of_no_pattern
SELECT to_char(admitted, 'J') AS julian, count(*) AS n FROM admission GROUP BY 1;

-- name: text_distinct
SELECT count(DISTINCT to_char(admitted, 'YYYY-MM')) AS months FROM admission;

-- name: text_equal
SELECT count(*) AS n FROM admission WHERE to_char(admitted, 'YYYY-MM') = '2024-03';

-- name: text_in
SELECT method, count(*) AS n FROM admission WHERE to_char(admitted, 'YYYYMM') IN ('202403', '202404') GROUP BY method ORDER BY 1;

-- name: text_from
SELECT count(*) AS n FROM admission WHERE to_char(admitted, 'YYYY-MM') >= '2024-03' AND to_char(admitted, 'YYYY') < '2025';

-- name: text_of_no_month
SELECT count(*) AS n, count(*) FILTER (WHERE to_char(admitted, 'YYYY-MM') = '2024-13') AS never FROM admission;

-- name: text_equal_to_a_day
SELECT count(*) AS n FROM admission WHERE to_char(admitted, 'YYYY-MM-DD') = '2024-03-04';

-- name: text_above
SELECT to_char(month, 'Mon YY') AS label, to_char(n, 'FM999,999') AS n FROM (SELECT date_trunc('month', admitted) AS month, count(*) AS n FROM admission WHERE admitted >= '2024-01-01' AND admitted < '2024-04-01' GROUP BY 1) t ORDER BY month;

-- name: number_text
SELECT to_char(1234.5, 'FM999,990.00') AS a, to_char(-7, '999') AS b, to_char(0.25, '90.99%') AS c;

-- name: number_text_of_people
SELECT to_char(cost, 'FM9999') AS c, count(*) FROM admission GROUP BY 1;

-- name: number_text_of_no_pattern
SELECT to_char(12, 'RN') AS roman;

-- name: dates_of_texts
SELECT to_date('31.01.2024', 'DD.MM.YYYY') AS a, to_date('1 Feb 2024', 'DD Mon YYYY') AS b, to_timestamp('2024-03-01 10:30', 'YYYY-MM-DD HH24:MI') AS c, date('2024-05-06') AS d;

-- name: date_of_nothing
SELECT to_date('2024-02-31', 'YYYY-MM-DD') AS a;

-- name: date_of_a_column
SELECT to_date(method, 'YYYY') AS a, count(*) FROM admission GROUP BY 1;

-- name: date_function
SELECT date(date_trunc('month', admitted)) AS month, count(*) AS n FROM admission GROUP BY 1 ORDER BY 1;

-- name: width_bucket_of_days
SELECT width_bucket(discharged - admitted, 0, 20, 4) AS band, count(*) AS n FROM admission WHERE discharged IS NOT NULL GROUP BY 1 ORDER BY 1;

-- name: width_bucket_downwards
SELECT width_bucket(extract(year FROM age(current_date, date_of_birth)), 100, 0, 5) AS band, count(*) AS n FROM person GROUP BY 1 ORDER BY 1;

-- name: width_bucket_above
SELECT method, width_bucket(n, 0, 1000, 4) AS size FROM (SELECT method, count(*) AS n FROM admission GROUP BY method) t ORDER BY 1;

-- name: width_bucket_of_constants
SELECT x, width_bucket(x, 0.5, 4.5, 4) AS b FROM generate_series(0, 5) x ORDER BY x;

-- name: width_bucket_off_the_grid
SELECT width_bucket(cost, 0, 1000, 7) AS band, count(*) FROM admission GROUP BY 1;

-- name: width_bucket_between_the_bounds
SELECT width_bucket(cost, 0, 999, 3) AS band, count(*) FROM admission GROUP BY 1;

-- name: width_bucket_of_nothing
SELECT width_bucket(cost, 0, 0, 3) AS band, count(*) FROM admission GROUP BY 1;

-- name: overlaps_constants
SELECT (date '2024-01-01', date '2024-02-01') OVERLAPS (date '2024-02-01', date '2024-03-01'), (date '2024-01-01', date '2024-01-01') OVERLAPS (date '2024-01-01', date '2024-03-01') AS b, (date '2024-02-01', date '2024-01-01') OVERLAPS (date '2024-01-15', date '2024-01-20') AS c, (date '2024-01-01', interval '40 days') OVERLAPS (date '2024-02-01', interval '1 day') AS d, (date '2024-01-01', NULL::date) OVERLAPS (date '2023-12-01', date '2024-02-01') AS e, (date '2024-01-01', NULL::date) OVERLAPS (date '2024-02-01', date '2024-03-01') AS f;

-- name: overlaps_not
SELECT count(*) AS n, count(*) FILTER (WHERE NOT (admitted, discharged) OVERLAPS (date '2024-01-01', date '2024-02-01')) AS others, count(*) FILTER (WHERE ((admitted, discharged) OVERLAPS (date '2024-01-01', date '2024-02-01')) IS NULL) AS unknown FROM admission;

-- name: overlaps_backwards
SELECT count(*) AS n FROM admission WHERE (date '2024-02-01', date '2024-01-01') OVERLAPS (admitted, discharged);

-- name: overlaps_by_length
SELECT count(*) AS n FROM admission WHERE (admitted, discharged) OVERLAPS (date '2024-01-01', interval '3 months');

-- name: overlaps_a_day
SELECT count(*) AS n FROM admission WHERE (admitted, discharged) OVERLAPS (date '2024-01-15', date '2024-01-16');

-- name: overlaps_of_one_person
SELECT count(DISTINCT a.person_id) AS n FROM admission a JOIN admission b ON b.person_id = a.person_id AND a.admission_id <> b.admission_id WHERE (a.admitted, a.discharged) OVERLAPS (b.admitted, b.discharged);

-- name: regular_class
SELECT count(*) AS n FROM episode WHERE main_diagnosis ~ '^E1[01]';

-- name: regular_anchored
SELECT count(*) AS n FROM episode WHERE main_diagnosis ~ '^(?:I219|I50[0-3])$';

-- name: regular_not
SELECT count(*) AS n FROM episode WHERE main_diagnosis !~ '^(I21|I50)';

-- name: regular_of_any_case
SELECT count(*) AS n FROM episode WHERE main_diagnosis ~* '^(i21|J44).*';

-- name: regular_bound
-- bind: ^(I21|J44)
SELECT count(*) AS n FROM episode WHERE main_diagnosis ~ $1;

-- name: regular_of_reference_data
SELECT code FROM icd10 WHERE description ~* 'failure|fracture' ORDER BY code;

-- name: regular_dots
SELECT name FROM specialty WHERE name ~ '^.eneral m.+e$' ORDER BY name;

-- name: regular_percent
SELECT count(*) AS n FROM icd10 WHERE description ~ '%' OR description ~ '_';

-- name: regular_short
SELECT count(*) FROM episode WHERE main_diagnosis ~ '^(I|J44)';

-- name: regular_within
SELECT count(*) FROM episode WHERE main_diagnosis ~ '21';

-- name: regular_repetition
SELECT count(*) FROM episode WHERE main_diagnosis ~ '^I2+';

-- name: regular_of_a_column
SELECT count(*) FROM episode WHERE main_diagnosis ~ main_diagnosis;

-- name: regular_of_listed_values
SELECT count(*) AS n FROM admission WHERE method ~ '^2';

-- name: similar_class
SELECT count(*) AS n FROM episode WHERE main_diagnosis SIMILAR TO 'E1[01]%';

-- name: similar_not
SELECT count(*) AS n FROM episode WHERE main_diagnosis NOT SIMILAR TO '(I21|I50)%';

-- name: similar_optional
SELECT count(*) AS n FROM episode WHERE main_diagnosis SIMILAR TO 'I21(9)?';

-- name: similar_of_reference_data
SELECT count(*) AS n FROM icd10 WHERE description SIMILAR TO '%(renal|heart)%';

-- name: similar_escape
SELECT count(*) FROM episode WHERE main_diagnosis SIMILAR TO 'I21%' ESCAPE '#';

-- name: texts_of_reference_data
SELECT specialty_code, initcap(upper(name)) AS a, right(name, 4) AS b, right(name, -4) AS c, split_part(name, ' ', 2) AS d, split_part(name, ' ', -1) AS e, lpad(specialty_code, 5, '*') AS f, rpad(specialty_code, 2) AS g, reverse(name) AS h, repeat(specialty_code, 2) AS i, translate(name, 'aei', 'AE') AS j FROM specialty ORDER BY 1;

-- name: parts_of_reference_data
SELECT code, btrim(description, 'Tas') AS a, ltrim(description, 'T') AS b, rtrim(description, 's') AS c, substring(description, 3, 4) AS d, substr(description, -1, 4) AS e, substring(description FROM 5) AS f, position('of' IN description) AS g, strpos(description, 'zz') AS h, replace(description, 'of', 'OF') AS i, concat(code, '-', category, 1) AS j FROM icd10 ORDER BY code;

-- name: texts_of_constants
SELECT initcap('abc dEF-ghi o''neil 1st') AS a, right('abc', 0) AS b, lpad('abc', 2) AS c, split_part('a,b,c', ',', 5) AS d, replace('aaa', '', 'x') AS e, substring('abcdef', 0, 3) AS f, position('' IN 'abc') AS g, translate('12345', '143', 'ax') AS h, concat('a', NULL, 'b') AS i, btrim('  x  ') AS j, reverse('äöü') AS k;

-- name: texts_above
SELECT upper(left(method, 1)) AS a, replace(method, '1', 'one') AS b, lpad(n::text, 6, '0') AS c FROM (SELECT method, count(*) AS n FROM admission GROUP BY method) t ORDER BY method;

-- name: texts_of_listed_values
SELECT right(method, 1) AS last, count(*) AS n FROM admission GROUP BY 1 ORDER BY 1;

-- name: texts_of_listed_values_together
SELECT length(method) AS k, initcap(lower(method)) AS method, count(*) AS n FROM admission GROUP BY 1, 2 ORDER BY 1, 2;

-- name: texts_of_reference_data_by_people
SELECT split_part(s.name, ' ', 1) AS first, count(*) AS n FROM outpatient o JOIN specialty s USING (specialty_code) GROUP BY 1 ORDER BY 1;

-- name: texts_of_people
SELECT right(main_diagnosis, 1) AS last, count(*) FROM episode GROUP BY 1;

-- name: texts_by_data
SELECT right(name, list_size) FROM practice;

-- name: texts_with_field_nought
SELECT split_part(name, ' ', 0) FROM practice;

-- name: texts_that_grow
SELECT repeat(name, 100000) FROM practice;

-- name: pairs
SELECT count(DISTINCT (provider_code, method)) AS n, count(DISTINCT ROW(method, cost > 1000)) AS m FROM admission;

-- name: pairs_by_group
SELECT method, count(DISTINCT (provider_code, left(method, 1))) AS pairs FROM admission GROUP BY method ORDER BY method;

-- name: pairs_above
SELECT count(DISTINCT (chapter, left(code, 1))) AS n FROM icd10;

-- name: pairs_with_an_identifier
SELECT count(DISTINCT (provider_code, person_id)) FROM admission;

-- name: pairs_shown
SELECT DISTINCT (provider_code, method) FROM admission;

-- name: forms_within_forms
SELECT width_bucket(width_bucket(width_bucket(cost, 0, 1000, 100), 0, 100, 100), 0, 100, 100) AS b, count(*) FROM admission GROUP BY 1;

-- name: texts_within_texts
SELECT replace(replace(repeat('a', 1000), 'a', repeat('b', 1000)), 'b', repeat('c', 1000)) AS t FROM specialty;

-- name: patterns_within_patterns
SELECT count(*) FROM episode WHERE main_diagnosis ~ '^(A|B|C|D)(A|B|C|D)(A|B|C|D)(A|B|C|D)';

-- name: running_share_of_a_period
SELECT extract(year FROM admitted) AS year, count(*) AS n, round(100.0 * count(*) / sum(count(*)) OVER (), 1) AS percent FROM admission GROUP BY 1 ORDER BY 1;

-- name: months_over_a_period
SELECT method, sum(n) AS n, max(n) AS most FROM (SELECT method, date_trunc('quarter', admitted) AS quarter, count(*) AS n FROM admission WHERE method IN ('21', '22') GROUP BY 1, 2) t GROUP BY method ORDER BY 1;

-- name: numbers_of_constants
SELECT trunc(12.789, 1) AS a, trunc(-12.789) AS b, sign(-2.5) AS c, power(2.5, 3) AS d, log(1000.0) AS e, log(2.0, 64.0) AS f, log10(0.001) AS g, div(-7, 2) AS h, trunc(1234.5, -2) AS i, sign(0.0) AS j;

-- name: numbers_above
SELECT method, trunc(avg(cost), 1) > 0 AS a, sign(count(*)) AS b, round((power(count(*), 2) / power(count(*), 2))::numeric, 3) AS c, div(count(*), 1000) AS d, round(log(count(*)::numeric), 1) AS e FROM admission WHERE cost IS NOT NULL GROUP BY method ORDER BY method;

-- name: power_of_a_column
SELECT power(discharged - admitted, 0.5) AS p, count(*) FROM admission GROUP BY 1;

-- name: logarithm_of_a_column
SELECT avg(log(cost)) FROM admission;

-- name: trunc_of_a_cost
SELECT trunc(cost, -3) AS thousands, count(*) FROM admission GROUP BY 1;

-- name: correlated_two_keys
SELECT p.sex, count(*) AS n FROM person p WHERE (SELECT count(*) FROM lab_result l WHERE l.person_id = p.person_id AND l.test_code = 'HBA1C') >= 2 GROUP BY p.sex ORDER BY p.sex;

-- name: correlated_count_of_nothing
SELECT n, count(*) AS people FROM (SELECT (SELECT count(*) FROM admission a WHERE p.person_id = a.person_id AND a.method = 'none') AS n FROM person p) t GROUP BY n;

-- name: correlated_sum_is_null
SELECT count(*) AS people, count(t.spent) AS with_stays FROM (SELECT p.person_id, (SELECT sum(a.cost) FROM admission a WHERE a.person_id = p.person_id) AS spent FROM person p) t;

-- name: correlated_expression
SELECT count(*) AS n FROM person p WHERE (SELECT count(*) + count(a.cost) FROM admission a WHERE a.person_id = p.person_id) = 0;

-- name: correlated_twice
SELECT count(*) AS n FROM person p WHERE (SELECT count(*) FROM admission a WHERE a.person_id = p.person_id) >= 1 AND (SELECT count(*) FROM outpatient o WHERE o.person_id = p.person_id) = 0;

-- name: correlated_reference
SELECT pr.provider_code, (SELECT count(*) FROM provider p2 WHERE p2.kind = pr.kind) AS alike FROM provider pr ORDER BY pr.provider_code;

-- name: correlated_beside_exists
SELECT count(*) AS n FROM person p WHERE EXISTS (SELECT 1 FROM prescription r WHERE r.person_id = p.person_id) AND (SELECT count(*) FROM admission a WHERE a.person_id = p.person_id) >= 2;

-- name: correlated_by_a_bound
SELECT count(*) AS n FROM person p WHERE (SELECT count(*) FROM admission a WHERE a.person_id > p.person_id) > 0;

-- name: lateral_first_row
SELECT l.method, count(*) AS n FROM person p LEFT JOIN LATERAL (SELECT a.method FROM admission a WHERE a.person_id = p.person_id AND a.day_case IS NOT TRUE ORDER BY a.admitted, a.admission_id LIMIT 1) l ON true GROUP BY l.method ORDER BY l.method;

-- name: lateral_first_rows
SELECT p.sex, count(*) AS n FROM person p CROSS JOIN LATERAL (SELECT a.admission_id FROM admission a WHERE p.person_id = a.person_id ORDER BY a.admitted DESC, a.admission_id LIMIT 3) l GROUP BY p.sex ORDER BY p.sex;

-- name: lateral_condition_on_the_first
SELECT count(*) AS n FROM person p LEFT JOIN LATERAL (SELECT a.admitted FROM admission a WHERE a.person_id = p.person_id ORDER BY a.admitted LIMIT 1) f ON f.admitted >= date '2024-01-01' WHERE f.admitted IS NULL;

-- name: lateral_constant
SELECT count(*) AS n FROM person p LEFT JOIN LATERAL (SELECT 1 AS seen FROM admission a WHERE a.person_id = p.person_id LIMIT 1) x ON true WHERE x.seen IS NULL;

-- name: lateral_aggregates
SELECT p.sex, count(*) AS n, avg(x.spent) AS mean FROM person p CROSS JOIN LATERAL (SELECT sum(a.cost) AS spent, count(*) AS stays FROM admission a WHERE a.person_id = p.person_id) x WHERE x.stays >= 2 AND x.spent IS NOT NULL GROUP BY p.sex ORDER BY p.sex;

-- name: lateral_count_of_nothing
SELECT x.n, count(*) AS people FROM person p LEFT JOIN LATERAL (SELECT count(*) AS n FROM admission a WHERE a.person_id = p.person_id AND a.method = 'none') x ON true GROUP BY x.n;

-- name: lateral_rows
SELECT x.method, count(*) AS n FROM person p CROSS JOIN LATERAL (SELECT a.method FROM admission a WHERE a.person_id = p.person_id AND a.day_case) x GROUP BY x.method ORDER BY x.method;

-- name: lateral_of_others
SELECT count(*) AS n FROM person p CROSS JOIN LATERAL (SELECT q.ethnicity FROM person q WHERE q.sex = p.sex ORDER BY q.person_id LIMIT 1) x;

-- name: lateral_by_a_bound
SELECT count(*) AS n FROM person p LEFT JOIN LATERAL (SELECT count(*) AS n FROM admission a WHERE a.person_id = p.person_id AND a.admitted > p.date_of_birth) x ON true;

-- name: percentiles_of_a_condition
-- within: 0.02
SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY discharged - admitted) FILTER (WHERE method = '21') AS emergency, percentile_disc(0.9) WITHIN GROUP (ORDER BY cost) FILTER (WHERE NOT day_case) AS inpatient FROM admission WHERE discharged IS NOT NULL AND cost IS NOT NULL;

-- name: joined_dates_off_the_grid
SELECT a.provider_code, date_trunc('month', a.admitted) AS month, sum(a.cost) AS revenue FROM person p, admission a, episode e WHERE p.person_id = a.person_id AND e.admission_id = a.admission_id AND e.episode_order = 1 AND p.sex = 'F' AND a.admitted < date '2024-03-01' AND e.started > date '2024-01-31' - interval '1 year' GROUP BY 1, 2 ORDER BY revenue DESC, 2 LIMIT 10;

-- name: moved_age_bands
SELECT CASE WHEN 2026 - extract(year FROM date_of_birth)::int < 18 THEN '0-17' WHEN 2026 - extract(year FROM date_of_birth)::int BETWEEN 18 AND 64 THEN '18-64' ELSE '65+' END AS band, count(*) AS n FROM person GROUP BY 1 ORDER BY 1;

-- name: moved_date_part
SELECT count(*) FILTER (WHERE 2026 - date_part('year', date_of_birth) >= 65) AS old, count(*) FILTER (WHERE NOT (2026 - extract(year FROM date_of_birth) >= 65)) AS younger FROM person;

-- name: moved_bound
-- bind: 2026
-- bind: 40
SELECT count(*) AS n FROM person WHERE $1::int - extract(year FROM date_of_birth)::int <= $2::int;

-- name: moved_day_interval
SELECT count(*) AS n FROM admission WHERE admitted - '31 days'::interval >= date '2023-12-01' AND discharged + 1 <= date '2025-01-01';

-- name: moved_time
SELECT count(*) AS n FROM admission WHERE admitted_at + interval '36 hours' < timestamp '2024-01-02 12:00:00';

-- name: moved_amount
SELECT count(*) FILTER (WHERE cost - 100 > 900) AS dear, count(*) FILTER (WHERE cost + 500 <= 1000) AS cheap, count(*) FILTER (WHERE discharged - admitted - 1 > 6) AS long FROM admission;

-- name: moved_off_the_grid
SELECT count(*) AS n FROM admission WHERE admitted + 14 > date '2024-01-01';

-- name: moved_by_months
SELECT count(*) AS n FROM admission WHERE admitted + interval '1 month' < date '2024-01-01';

-- name: age_by_date_part
SELECT date_part('year', age(a.admitted, p.date_of_birth))::int / 10 AS decade, count(*) AS n FROM admission a JOIN person p ON p.person_id = a.person_id GROUP BY 1 ORDER BY 1;

-- name: dates_with_the_year_first
SELECT date '2024-1-5' AS a, date '20240105' AS b, timestamp '2024-1-5 9:05' AS c, '2024-01-05 10:00:00.123456'::timestamp AS d, '2024-01-05T10:00:00.1234567'::timestamp AS e, timestamp '2024-12-31 23:59:59.9999999' AS f, '2024-01-05 10:00+05'::timestamp AS g, timestamptz '2024-1-5 10:00 +0130' AS h, date '2024-01-05 23:59:59.9999999' AS i, count(*) AS n FROM admission WHERE admitted >= date '2024-1-1';

-- name: pairs_of_a_persons_stays
SELECT first_provider, second_provider, year, sum(volume) AS revenue FROM (SELECT a.provider_code AS first_provider, b.provider_code AS second_provider, extract(year FROM a.admitted) AS year, a.cost AS volume FROM admission a, admission b WHERE a.person_id = b.person_id AND (a.provider_code = 'RA1' AND b.provider_code = 'RB2' OR a.provider_code = 'RB2' AND b.provider_code = 'RA1') AND a.admitted < b.admitted) s GROUP BY first_provider, second_provider, year ORDER BY 1, 2, 3;

-- name: frame_centred
WITH m AS (SELECT date_trunc('month', admitted)::date AS month, count(*) AS n FROM admission WHERE admitted >= '2023-01-01' AND admitted < '2024-01-01' GROUP BY 1)
SELECT month, n, round(avg(n) OVER (ORDER BY month ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING), 2) AS centred FROM m ORDER BY month;

-- name: frame_of_what_follows
WITH m AS (SELECT date_trunc('month', admitted)::date AS month, count(*) AS n FROM admission WHERE admitted >= '2023-01-01' AND admitted < '2024-01-01' GROUP BY 1)
SELECT month, sum(n) OVER (ORDER BY month ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS left_of_the_year, max(n) OVER (ORDER BY month ROWS BETWEEN 2 FOLLOWING AND 3 FOLLOWING) AS two_on,
  count(*) OVER (ORDER BY month ROWS BETWEEN 3 PRECEDING AND 2 PRECEDING) AS rows_before, min(n) OVER (ORDER BY month DESC RANGE BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS least_so_far FROM m ORDER BY month;

-- name: frame_last_and_nth
WITH m AS (SELECT date_trunc('month', admitted)::date AS month, count(*) AS n FROM admission WHERE admitted >= '2023-01-01' AND admitted < '2024-01-01' GROUP BY 1)
SELECT month, last_value(n) OVER w - n AS to_the_last, nth_value(n, 3) OVER w AS third, nth_value(n, 3) OVER (ORDER BY month) AS third_so_far, last_value(n) OVER (ORDER BY month ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
FROM m WINDOW w AS (ORDER BY month ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) ORDER BY month;

-- name: lag_with_a_default
WITH m AS (SELECT date_trunc('month', admitted)::date AS month, count(*) AS n FROM admission WHERE admitted >= '2023-01-01' AND admitted < '2024-01-01' GROUP BY 1)
SELECT month, n - lag(n, 1, 0::bigint) OVER (ORDER BY month) AS change, lead(n, 2, n) OVER (ORDER BY month) AS two_on FROM m ORDER BY month;

-- name: frame_of_a_distance
WITH m AS (SELECT extract(year FROM admitted)::int AS year, count(*) AS n FROM admission GROUP BY 1)
SELECT year, sum(n) OVER (ORDER BY year RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) AS two_years FROM m ORDER BY year;

-- name: frame_without_the_row
WITH m AS (SELECT extract(year FROM admitted)::int AS year, count(*) AS n FROM admission GROUP BY 1)
SELECT year, avg(n) OVER (ORDER BY year ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING EXCLUDE CURRENT ROW) AS around FROM m ORDER BY year;

-- name: join_in_each_alternative
SELECT p.kind, count(*) AS n FROM admission a, provider p WHERE (p.provider_code = a.provider_code AND p.kind = 'acute' AND a.method = '21') OR (a.provider_code = p.provider_code AND p.kind = 'teaching' AND a.method = '11') GROUP BY p.kind ORDER BY 1;

-- name: condition_in_each_alternative
SELECT method, count(*) AS n FROM admission WHERE method LIKE '2%' AND day_case OR method LIKE '2%' AND provider_code = 'RA1' OR method LIKE '2%' GROUP BY method ORDER BY 1;

-- name: list_selected_by_its_second_column
SELECT count(*) AS n FROM person WHERE sex IN (SELECT b FROM (VALUES ('M', 'F')) v(a, b));

-- name: list_selected_in_another_order
SELECT count(*) AS n FROM person WHERE (sex, smoker) IN (SELECT b, a FROM (VALUES (true, 'F'), (false, 'M')) v(a, b));

-- name: list_of_a_constant
SELECT count(*) AS n FROM person WHERE (sex, smoker) IN (SELECT 'F', true);

-- name: list_calculated_with
SELECT count(*) AS n FROM person WHERE sex IN (SELECT upper(c) FROM (VALUES ('f')) v(c));

-- name: aggregate_of_the_query_around
SELECT practice_code, (SELECT count(p.sex)) AS n FROM person p GROUP BY practice_code ORDER BY 1;

-- name: filter_of_the_query_around
SELECT practice_code, (SELECT count(*) FILTER (WHERE p.sex = 'F')) AS n FROM person p GROUP BY practice_code ORDER BY 1;

-- name: order_by_an_aggregate_of_the_query_around
SELECT practice_code, count(*) AS n FROM person p GROUP BY practice_code ORDER BY (SELECT count(p.bmi));

-- name: having_an_aggregate_of_the_query_around
SELECT count(*) AS n FROM admission a HAVING (SELECT count(a.cost)) > 10;

-- name: exists_of_a_series
SELECT count(*) AS n FROM admission WHERE EXISTS (SELECT 1 FROM generate_series(1, 3) g) AND NOT EXISTS (SELECT 1 FROM generate_series(1, 0) g);
