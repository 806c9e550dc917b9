-- The kinds of questions of a decision support benchmark, asked of the hospital.
-- name: q01_pricing_summary
-- within: 0.7
SELECT method, destination, sum(cost) AS sum_cost, sum(discharged - admitted) AS sum_days, avg(cost) AS avg_cost, avg(discharged - admitted) AS avg_days, count(*) AS n FROM admission WHERE admitted <= date '2026-09-01' - interval '1 month' GROUP BY method, destination ORDER BY method, destination;

-- name: q02_minimum_cost_supplier
SELECT pr.name, pr.kind FROM provider pr WHERE pr.beds = (SELECT min(p2.beds) FROM provider p2 WHERE p2.kind = pr.kind) ORDER BY pr.name;

-- name: q03_shipping_priority
SELECT a.provider_code, date_trunc('quarter', a.admitted) AS quarter, sum(a.cost) AS revenue FROM person p, admission a, episode e WHERE p.person_id = a.person_id AND e.admission_id = a.admission_id AND e.episode_order = 1 AND p.sex = 'F' AND a.admitted < date '2024-03-01' AND e.started >= date '2024-03-01' - interval '1 year' GROUP BY 1, 2 ORDER BY revenue DESC NULLS LAST, 2 LIMIT 100;

-- name: q04_order_priority
SELECT a.method, count(*) AS n FROM admission a WHERE a.admitted >= date '2024-01-01' AND a.admitted < date '2024-01-01' + interval '3 months' AND EXISTS (SELECT * FROM procedure o WHERE o.admission_id = a.admission_id AND o.done > a.admitted) GROUP BY a.method ORDER BY a.method;

-- name: q05_local_supplier_volume
SELECT pr.name, sum(a.cost) AS revenue FROM person p, admission a, episode e, ward w, provider pr WHERE p.person_id = a.person_id AND e.admission_id = a.admission_id AND e.ward_code = w.ward_code AND pr.provider_code = w.provider_code AND a.provider_code = pr.provider_code AND a.admitted >= date '2024-01-01' AND a.admitted < date '2025-01-01' GROUP BY pr.name ORDER BY revenue DESC;

-- name: q06_forecast_revenue
SELECT sum(cost * quantity) AS revenue FROM prescription WHERE prescribed >= date '2024-01-01' AND prescribed < date '2025-01-01' AND cost BETWEEN 5 AND 20 AND quantity < 100;

-- name: q07_volume_shipping
SELECT provider, district, year, sum(volume) AS revenue FROM (SELECT pr.name AS provider, g.lad_name AS district, extract(year FROM a.admitted) AS year, a.cost AS volume FROM provider pr, admission a, person p, geography g WHERE pr.provider_code = a.provider_code AND p.person_id = a.person_id AND g.lsoa = p.lsoa AND (pr.name = 'Aldermere General' AND g.lad_name = 'Fells' OR pr.name = 'Fells Teaching' AND g.lad_name = 'Aldermere') AND a.cost IS NOT NULL AND a.admitted BETWEEN date '2023-01-01' AND date '2024-12-31') s GROUP BY provider, district, year ORDER BY 1, 2, 3;

-- name: q08_market_share
SELECT year, sum(CASE WHEN provider_code = 'RA1' THEN volume ELSE 0 END) / sum(volume) AS share FROM (SELECT extract(year FROM a.admitted) AS year, a.cost AS volume, a.provider_code FROM admission a JOIN person p ON p.person_id = a.person_id WHERE p.sex = 'F') s GROUP BY year ORDER BY year;

-- name: q09_product_profit
SELECT division, year, sum(amount) AS profit FROM (SELECT s.division, extract(year FROM a.admitted) AS year, a.cost - r.cost AS amount FROM admission a, episode e, specialty s, prescription r WHERE e.admission_id = a.admission_id AND s.specialty_code = e.specialty_code AND r.person_id = a.person_id AND r.prescribed BETWEEN a.admitted AND a.discharged) t GROUP BY division, year ORDER BY 1, 2 DESC;

-- name: q10_returned_items
SELECT g.lad_name, pr.region, sum(a.cost) AS revenue, count(*) AS n FROM person p, admission a, geography g, practice pr WHERE p.person_id = a.person_id AND g.lsoa = p.lsoa AND pr.practice_code = p.practice_code AND a.destination = '19' AND a.admitted >= date '2023-01-01' AND a.admitted < date '2024-01-01' GROUP BY g.lad_name, pr.region ORDER BY revenue DESC NULLS LAST, 1, 2 LIMIT 20;

-- name: q11_important_stock
SELECT bnf_code, sum(cost) AS value FROM prescription GROUP BY bnf_code HAVING sum(cost) > (SELECT sum(cost) * 0.1 FROM prescription) ORDER BY value DESC;

-- name: q12_shipping_modes
SELECT destination, sum(CASE WHEN method = '21' OR method = '22' THEN 1 ELSE 0 END) AS n_high, sum(CASE WHEN method <> '21' AND method <> '22' THEN 1 ELSE 0 END) AS n_low FROM admission a JOIN episode e ON e.admission_id = a.admission_id WHERE destination IN ('19', '51') AND e.started > a.admitted AND a.discharged >= date '2024-01-01' AND a.discharged < date '2025-01-01' GROUP BY destination ORDER BY destination;

-- name: q13_customer_distribution
SELECT stays, count(*) AS n FROM (SELECT p.person_id, count(a.admission_id) AS stays FROM person p LEFT OUTER JOIN admission a ON p.person_id = a.person_id AND a.method NOT LIKE '2%' GROUP BY p.person_id) c GROUP BY stays ORDER BY n DESC, stays DESC;

-- name: q14_promotion_effect
SELECT 100.00 * sum(CASE WHEN b.chapter = '06' THEN r.cost ELSE 0 END) / sum(r.cost) AS promo FROM prescription r, bnf b WHERE b.code = r.bnf_code AND r.prescribed >= date '2024-09-01' AND r.prescribed < date '2024-09-01' + interval '1 month';

-- name: q15_top_supplier
WITH revenue AS (SELECT provider_code, sum(cost) AS total FROM admission WHERE admitted >= date '2024-01-01' AND admitted < date '2024-04-01' GROUP BY provider_code) SELECT p.provider_code, p.name, r.total FROM provider p JOIN revenue r ON p.provider_code = r.provider_code WHERE r.total = (SELECT max(total) FROM revenue) ORDER BY 1;

-- name: q16_parts_supplier
SELECT e.specialty_code, w.critical_care, count(DISTINCT e.admission_id) AS n FROM episode e JOIN ward w ON w.ward_code = e.ward_code WHERE e.specialty_code <> '501' AND e.main_diagnosis NOT LIKE 'I2%' AND e.admission_id NOT IN (SELECT admission_id FROM procedure WHERE opcs4 LIKE 'C%') GROUP BY 1, 2 ORDER BY n DESC, 1, 2;

-- name: q17_small_quantity
SELECT sum(r.cost) / 7.0 AS yearly FROM prescription r WHERE r.bnf_code = '0601022B0' AND r.quantity < (SELECT 0.7 * avg(r2.quantity) FROM prescription r2 WHERE r2.bnf_code = r.bnf_code);

-- name: q18_large_volume
SELECT p.sex, count(DISTINCT p.person_id) AS n, sum(a.cost) AS cost FROM person p, admission a WHERE p.person_id = a.person_id AND a.person_id IN (SELECT person_id FROM admission GROUP BY person_id HAVING sum(cost) > 20000) GROUP BY p.sex ORDER BY 1;

-- name: q19_discounted_revenue
SELECT sum(r.cost) AS revenue FROM prescription r, bnf b WHERE b.code = r.bnf_code AND (b.chapter = '06' AND r.quantity >= 50 AND r.quantity <= 100 OR b.chapter = '02' AND r.quantity >= 10 AND r.quantity <= 50);

-- name: q20_potential_promotion
SELECT p.practice_code, count(*) AS n FROM person p WHERE p.person_id IN (SELECT r.person_id FROM prescription r WHERE r.bnf_code LIKE '06%' AND r.person_id IN (SELECT l.person_id FROM lab_result l WHERE l.test_code = 'HBA1C' AND l.value > 58)) GROUP BY p.practice_code ORDER BY 1;

-- name: q21_suppliers_who_kept_waiting
SELECT a.provider_code, count(*) AS n FROM admission a WHERE a.discharged IS NOT NULL AND EXISTS (SELECT 1 FROM admission b WHERE b.person_id = a.person_id AND b.admission_id <> a.admission_id) AND NOT EXISTS (SELECT 1 FROM admission c WHERE c.person_id = a.person_id AND c.admission_id <> a.admission_id AND c.discharged > c.admitted) GROUP BY a.provider_code ORDER BY n DESC, 1;

-- name: q22_global_sales_opportunity
SELECT substring(p.practice_code FROM 1 FOR 6) AS code, count(*) AS n, avg(p.bmi) AS bmi FROM person p WHERE p.practice_code IN ('P00001', 'P00002', 'P00003') AND p.bmi > (SELECT avg(bmi) FROM person WHERE bmi > 0) AND NOT EXISTS (SELECT * FROM admission a WHERE a.person_id = p.person_id) GROUP BY 1 ORDER BY 1;
