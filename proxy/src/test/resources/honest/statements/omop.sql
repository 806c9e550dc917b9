-- name: persons_by_gender
SELECT c.concept_name, count(*) AS n FROM person p JOIN concept c ON c.concept_id = p.gender_concept_id GROUP BY c.concept_name ORDER BY 1;

-- name: year_of_birth
SELECT year_of_birth, count(*) AS n FROM person GROUP BY year_of_birth ORDER BY year_of_birth;

-- name: age_at_first_observation
SELECT extract(year FROM op.observation_period_start_date) - p.year_of_birth AS age, count(*) AS n FROM person p JOIN observation_period op ON op.person_id = p.person_id GROUP BY 1 ORDER BY 1;

-- name: visits_by_type_and_year
SELECT c.concept_name, extract(year FROM v.visit_start_date) AS year, count(*) AS n, count(DISTINCT v.person_id) AS n_people FROM visit_occurrence v JOIN concept c ON c.concept_id = v.visit_concept_id GROUP BY 1, 2 ORDER BY 1, 2;

-- name: condition_prevalence
SELECT c.concept_name, count(DISTINCT co.person_id) AS n FROM condition_occurrence co JOIN concept c ON c.concept_id = co.condition_concept_id GROUP BY c.concept_name ORDER BY 2 DESC;

-- name: condition_prevalence_share
SELECT co.condition_concept_id, 100.0 * count(DISTINCT co.person_id) / (SELECT count(*) FROM person) AS pct FROM condition_occurrence co GROUP BY 1 ORDER BY 1;

-- name: condition_by_gender_and_decade
SELECT co.condition_concept_id AS stratum_1, p.gender_concept_id AS stratum_2, floor((extract(year FROM co.condition_start_date) - p.year_of_birth) / 10) AS stratum_3, count(DISTINCT p.person_id) AS n FROM person p JOIN condition_occurrence co ON p.person_id = co.person_id GROUP BY 1, 2, 3 ORDER BY 1, 2, 3;

-- name: condition_start_month
SELECT condition_concept_id, extract(year FROM condition_start_date) * 100 + extract(month FROM condition_start_date) AS month, count(*) AS n FROM condition_occurrence GROUP BY 1, 2 ORDER BY 1, 2;

-- name: drug_after_condition
SELECT count(DISTINCT co.person_id) AS n FROM condition_occurrence co JOIN drug_exposure de ON de.person_id = co.person_id AND de.drug_exposure_start_date >= co.condition_start_date AND de.drug_exposure_start_date <= co.condition_start_date + 30 WHERE co.condition_concept_id = 201826 AND de.drug_concept_id = 1503297;

-- name: drug_quantity
SELECT drug_concept_id, count(*) AS n, avg(quantity) AS mean, sum(days_supply) AS days FROM drug_exposure GROUP BY drug_concept_id ORDER BY 1;

-- name: era_length
SELECT drug_concept_id, avg(drug_era_end_date - drug_era_start_date) AS mean_days FROM drug_era GROUP BY 1 ORDER BY 1;

-- name: visits_with_condition
SELECT v.visit_concept_id, count(DISTINCT v.visit_occurrence_id) AS n FROM visit_occurrence v JOIN condition_occurrence c ON c.visit_occurrence_id = v.visit_occurrence_id GROUP BY 1 ORDER BY 1;

-- name: observation_length
SELECT avg(observation_period_end_date - observation_period_start_date) AS mean, count(*) AS n FROM observation_period;

-- name: observation_length_months
SELECT floor((observation_period_end_date - observation_period_start_date) / 30) AS months, count(DISTINCT person_id) AS n FROM observation_period GROUP BY 1 ORDER BY 1;

-- name: continuous_observation_by_year
SELECT y.year, count(DISTINCT op.person_id) AS n FROM observation_period op JOIN (VALUES (2009), (2010), (2011), (2012)) AS y(year) ON op.observation_period_start_date <= make_date(y.year, 1, 1) AND op.observation_period_end_date >= make_date(y.year, 12, 31) GROUP BY y.year ORDER BY 1;

-- name: measurement_distribution
SELECT measurement_concept_id, count(value_as_number) AS n, min(value_as_number) AS min, max(value_as_number) AS max, avg(value_as_number) AS mean, stddev(value_as_number) AS sd FROM measurement GROUP BY 1 ORDER BY 1;

-- name: measurement_percentiles
-- within: 0.02
SELECT measurement_concept_id, percentile_disc(0.25) WITHIN GROUP (ORDER BY value_as_number) AS p25, percentile_disc(0.5) WITHIN GROUP (ORDER BY value_as_number) AS median, percentile_disc(0.75) WITHIN GROUP (ORDER BY value_as_number) AS p75 FROM measurement GROUP BY 1 ORDER BY 1;

-- name: deaths_by_month
SELECT extract(year FROM death_date) * 100 + extract(month FROM death_date) AS month, count(*) AS n FROM death GROUP BY 1 ORDER BY 1;

-- name: persons_with_no_visit
SELECT count(*) AS n FROM person p WHERE NOT EXISTS (SELECT 1 FROM visit_occurrence v WHERE v.person_id = p.person_id);

-- name: visits_outside_observation
SELECT count(*) AS n FROM visit_occurrence v LEFT JOIN observation_period op ON op.person_id = v.person_id AND v.visit_start_date BETWEEN op.observation_period_start_date AND op.observation_period_end_date WHERE op.person_id IS NULL;

-- name: distinct_conditions_per_person
SELECT num, count(*) AS n FROM (SELECT person_id, count(DISTINCT condition_concept_id) AS num FROM condition_occurrence GROUP BY person_id) t GROUP BY num ORDER BY num;

-- name: care_site_visits
SELECT cs.care_site_name, l.state, count(*) AS n FROM visit_occurrence v JOIN care_site cs ON cs.care_site_id = v.care_site_id JOIN location l ON l.location_id = cs.location_id GROUP BY 1, 2 ORDER BY 1;

-- name: new_users
WITH first_use AS (SELECT person_id, min(drug_exposure_start_date) AS index_date FROM drug_exposure WHERE drug_concept_id = 1503297 GROUP BY person_id)
SELECT extract(year FROM f.index_date) AS year, count(*) AS n FROM first_use f JOIN observation_period op ON op.person_id = f.person_id AND f.index_date >= op.observation_period_start_date + 180 GROUP BY 1 ORDER BY 1;
