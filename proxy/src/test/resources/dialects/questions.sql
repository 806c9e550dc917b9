-- name: count of everybody by a code  ada@diabetes
SELECT sex, count(*) FROM hospital.patients GROUP BY sex
-- name: without keys  ada@diabetes
SELECT count(*), count(DISTINCT patient_id) FROM hospital.admissions
-- name: sum, average and their evidence  ada@diabetes
SELECT provider_code, sum(cost), avg(cost) FROM hospital.admissions GROUP BY provider_code
-- name: ranges on dates and a code's prefix  ada@diabetes
SELECT count(*) FROM hospital.admissions WHERE admitted >= date '2024-01-01' AND admitted < date '2024-07-01' AND icd10 LIKE 'E11%'
-- name: a list of codes  ada@diabetes
SELECT method, count(*) FROM hospital.admissions WHERE method IN ('11', '12', '13') GROUP BY method
-- name: not in a list  ada@diabetes
SELECT count(*) FROM hospital.admissions WHERE method NOT IN ('21', '22') OR method IS NULL
-- name: rollup  ada@diabetes
SELECT sex, imd_decile, count(*) FROM hospital.patients GROUP BY ROLLUP (sex, imd_decile)
-- name: cube over a code and a number  ada@diabetes
SELECT provider_code, method, sum(cost) FROM hospital.admissions GROUP BY CUBE (provider_code, method)
-- name: filter is a condition of the sum  ada@diabetes
SELECT provider_code, count(*) FILTER (WHERE method = '11'), sum(cost) FILTER (WHERE method = '21') FROM hospital.admissions GROUP BY provider_code
-- name: case bands  ada@diabetes
SELECT CASE WHEN imd_decile <= 5 THEN 'more deprived' ELSE 'less deprived' END AS half, count(*) FROM hospital.patients GROUP BY 1
-- name: age at admission in whole years  ada@diabetes
SELECT count(*) FROM hospital.admissions a JOIN hospital.patients p ON p.patient_id = a.patient_id WHERE extract(year FROM age(a.admitted, p.date_of_birth)) >= 65
-- name: length of stay in days  ada@diabetes
SELECT provider_code, count(*) FROM hospital.admissions WHERE discharged - admitted > 7 GROUP BY provider_code
-- name: month of admission  ada@diabetes
SELECT date_trunc('month', admitted), count(*) FROM hospital.admissions GROUP BY 1
-- name: quarter and year  ada@diabetes
SELECT extract(year FROM admitted), extract(quarter FROM admitted), count(*) FROM hospital.admissions GROUP BY 1, 2
-- name: a link through reference data  ada@diabetes
SELECT g.region, count(*) FROM hospital.patients p JOIN hospital.practices g ON g.practice_code = p.practice_code GROUP BY g.region
-- name: outer join to reference data  ada@diabetes
SELECT i.description, count(*) FROM hospital.admissions a LEFT JOIN hospital.icd10 i ON i.code = a.icd10 GROUP BY i.description
-- name: exists on the subject  ada@diabetes
SELECT sex, count(*) FROM hospital.patients p WHERE EXISTS (SELECT 1 FROM hospital.admissions a WHERE a.patient_id = p.patient_id AND a.icd10 LIKE 'E11%') GROUP BY sex
-- name: not exists on the subject  ada@diabetes
SELECT count(*) FROM hospital.patients p WHERE NOT EXISTS (SELECT 1 FROM hospital.prescriptions r WHERE r.patient_id = p.patient_id)
-- name: aggregates per subject  ada@diabetes
SELECT stays, count(*) FROM (SELECT patient_id, count(*) AS stays FROM hospital.admissions GROUP BY patient_id) s GROUP BY stays
-- name: sums and distinct counts per subject  ada@diabetes
SELECT sum(total), sum(places) FROM (SELECT patient_id, sum(cost) AS total, count(DISTINCT provider_code) AS places FROM hospital.admissions GROUP BY patient_id) s
-- name: distinct values of a code  ada@diabetes
SELECT provider_code, count(DISTINCT icd10) FROM hospital.admissions GROUP BY provider_code
-- name: percentiles of a sum and of days  ada@diabetes
SELECT method, percentile_cont(0.25) WITHIN GROUP (ORDER BY cost), percentile_cont(0.5) WITHIN GROUP (ORDER BY cost), percentile_disc(0.9) WITHIN GROUP (ORDER BY discharged - admitted) FROM hospital.admissions GROUP BY method
-- name: a percentile with margins and a condition  ada@diabetes
SELECT method, provider_code, percentile_cont(0.5) WITHIN GROUP (ORDER BY cost DESC) FILTER (WHERE icd10 LIKE 'E11%') FROM hospital.admissions GROUP BY ROLLUP (method, provider_code)
-- name: percentiles per subject  ada@diabetes
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY n), percentile_cont(0.99) WITHIN GROUP (ORDER BY total) FROM (SELECT patient_id, count(*) AS n, sum(cost) AS total FROM hospital.admissions GROUP BY patient_id) s
-- name: numerator and denominator  ada@diabetes
SELECT 100.0 * (SELECT count(*) FROM hospital.admissions WHERE method = '11') / (SELECT count(*) FROM hospital.admissions)
-- name: boolean column and its negation  ada@diabetes
SELECT count(*) FILTER (WHERE (method = '11') IS NOT TRUE), count(*) FILTER (WHERE NOT (method = '11')) FROM hospital.admissions
-- name: reference data alone  ada@diabetes
SELECT region, sum(population), avg(population) FROM hospital.geography WHERE imd_decile <= 3 GROUP BY region ORDER BY 2 DESC NULLS LAST
-- name: functions of texts over reference data  ada@diabetes
SELECT upper(name), lower(chapter), length(name), left(code, 4), left(name, -1), code || '-' || name FROM hospital.bnf
-- name: arithmetic over reference data  ada@diabetes
SELECT lsoa, population / 7, population % 7, population / 7.0, round(population / 7.0, 2), abs(population - 1500), -population, floor(population / 3.0), ceil(population / 3.0) FROM hospital.geography
-- name: conditionals over reference data  ada@diabetes
SELECT coalesce(nullif(lad, 'x'), region), greatest(population, 1500), least(imd_decile, 5), CASE WHEN region = 'North' THEN 1 ELSE 0 END, region IS DISTINCT FROM lad_name FROM hospital.geography
-- name: texts are compared exactly  ada@diabetes
SELECT count(*) FROM hospital.geography WHERE region = 'North ' OR region <> 'south' OR region > 'M'
-- name: signs that LIKE reads differently  ada@diabetes
SELECT count(*) FROM hospital.bnf WHERE name LIKE 'a[b]\%c_d%' OR name NOT LIKE '%^-%'
-- name: rows with pseudonyms  ben@flow
SELECT patient_id, admission_id, admitted, cost, icd10, notes FROM hospital.admissions WHERE admitted >= date '2024-01-01'
-- name: rows in order, cut  ben@flow
SELECT admission_id, admitted, icd10 FROM hospital.admissions ORDER BY icd10 NULLS FIRST, admitted DESC NULLS LAST, cost LIMIT 10 OFFSET 20
-- name: rows cut without order  ben@flow
SELECT admission_id FROM hospital.admissions LIMIT 5
-- name: no rows  ben@flow
SELECT admission_id FROM hospital.admissions LIMIT 0
-- name: arithmetic in rows  ben@flow
SELECT discharged - admitted, extract(month FROM admitted), extract(quarter FROM discharged), date_trunc('month', discharged), admitted + interval '1 month 2 days', cost * 2 FROM hospital.admissions
-- name: a list of codes with labels  ada@diabetes
SELECT v.label, count(*) FROM hospital.admissions a JOIN (VALUES ('11', 'planned'), ('21', 'emergency')) v(code, label) ON v.code = a.method GROUP BY v.label
-- name: a calendar of months  ada@diabetes
SELECT m.month, count(a.admission_id) FROM generate_series(date '2024-01-01', date '2024-06-01', interval '1 month') AS m(month) LEFT JOIN hospital.admissions a ON date_trunc('month', a.admitted) = m.month GROUP BY m.month
-- name: one row of aggregates beside each  ada@diabetes
SELECT s.stays, count(*) FROM hospital.patients p CROSS JOIN LATERAL (SELECT count(*) AS stays FROM hospital.admissions a WHERE a.patient_id = p.patient_id) s GROUP BY s.stays
-- name: the first row beside each  ada@diabetes
SELECT f.method, count(*) FROM hospital.patients p CROSS JOIN LATERAL (SELECT a.method FROM hospital.admissions a WHERE a.patient_id = p.patient_id ORDER BY a.admitted LIMIT 1) f GROUP BY f.method
-- name: a window over one person's rows  ada@diabetes
SELECT count(*) FROM (SELECT patient_id, row_number() OVER (PARTITION BY patient_id ORDER BY admitted) AS place FROM hospital.admissions) s WHERE place = 1
-- name: the first row of each person  ada@diabetes
SELECT method, count(*) FROM (SELECT DISTINCT ON (patient_id) patient_id, method FROM hospital.admissions ORDER BY patient_id, admitted) f GROUP BY method
-- name: rows of two datasets  ada@diabetes
SELECT count(*) FROM (SELECT patient_id FROM hospital.admissions UNION ALL SELECT patient_id FROM hospital.prescriptions) u
-- name: people of one dataset and not the other  ada@diabetes
SELECT count(*) FROM (SELECT patient_id FROM hospital.admissions EXCEPT SELECT patient_id FROM hospital.prescriptions) u
-- name: a date as a text  ada@diabetes
SELECT to_char(admitted, 'YYYY-MM'), count(*) FROM hospital.admissions GROUP BY 1
-- name: bands of a width  ada@diabetes
SELECT width_bucket(discharged - admitted, 0, 50, 10), count(*) FROM hospital.admissions GROUP BY 1
-- name: a list of beginnings  ada@diabetes
SELECT count(*) FROM hospital.admissions WHERE icd10 ~ '^(E10|E11)'
-- name: alternatives  ada@diabetes
SELECT count(*) FROM hospital.admissions WHERE method SIMILAR TO '(11|12)'
-- name: spread  ada@diabetes
SELECT method, stddev(cost), var_pop(cost) FROM hospital.admissions GROUP BY method
-- name: correlation and regression  ada@diabetes
SELECT corr(cost, discharged - admitted), regr_slope(cost, discharged - admitted), regr_sxx(cost, discharged - admitted), regr_sxy(cost, discharged - admitted), regr_syy(cost, discharged - admitted) FROM hospital.admissions
