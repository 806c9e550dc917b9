-- Statements over the hospital as epidemiologists, health economists and NHS analysts write them.
-- name: population_by_sex
SELECT sex, count(*) AS n FROM person GROUP BY sex ORDER BY sex;

-- name: population_by_age_band
SELECT CASE WHEN extract(year FROM age(date '2024-04-01', date_of_birth)) < 18 THEN '0-17'
            WHEN extract(year FROM age(date '2024-04-01', date_of_birth)) < 40 THEN '18-39'
            WHEN extract(year FROM age(date '2024-04-01', date_of_birth)) < 65 THEN '40-64'
            WHEN extract(year FROM age(date '2024-04-01', date_of_birth)) < 80 THEN '65-79'
            ELSE '80+' END AS age_band,
       count(*) AS n
FROM person
GROUP BY age_band
ORDER BY age_band;

-- name: population_pyramid
SELECT age_band, count(*) FILTER (WHERE sex = 'F') AS n_female, count(*) FILTER (WHERE sex = 'M') AS n_male
FROM (SELECT person_id, sex, CASE WHEN extract(year FROM age(current_date, date_of_birth)) >= 65 THEN '65+' ELSE 'under 65' END AS age_band FROM person) p
GROUP BY age_band ORDER BY age_band;

-- name: ethnicity_with_description
SELECT coalesce(e.description, 'Missing') AS ethnicity, count(*) AS n
FROM person p LEFT JOIN ethnicity e ON e.code = p.ethnicity
GROUP BY 1 ORDER BY n DESC, 1;

-- name: ethnic_group_by_sex
SELECT e.ethnic_group, p.sex, count(*) AS n FROM person p JOIN ethnicity e ON e.code = p.ethnicity GROUP BY e.ethnic_group, p.sex ORDER BY 1, 2;

-- name: deprivation_decile
SELECT g.imd_decile, count(*) AS n FROM person p JOIN geography g USING (lsoa) GROUP BY g.imd_decile ORDER BY g.imd_decile;

-- name: deprivation_quintile
SELECT CASE WHEN g.imd_decile <= 2 THEN 1 WHEN g.imd_decile <= 4 THEN 2 WHEN g.imd_decile <= 6 THEN 3 WHEN g.imd_decile <= 8 THEN 4 ELSE 5 END AS imd_quintile, count(*) AS n
FROM person p JOIN geography g ON g.lsoa = p.lsoa GROUP BY 1 ORDER BY 1;

-- name: deprivation_quintile_arithmetic
SELECT (g.imd_decile + 1) / 2 AS imd_quintile, count(*) AS n FROM person p JOIN geography g ON g.lsoa = p.lsoa GROUP BY 1 ORDER BY 1;

-- name: practice_list
SELECT pr.practice_code, pr.name, pr.list_size, count(*) AS n FROM person p JOIN practice pr ON pr.practice_code = p.practice_code GROUP BY pr.practice_code, pr.name, pr.list_size ORDER BY pr.practice_code;

-- name: practice_list_group_by_key
SELECT pr.practice_code, pr.name, count(*) AS n FROM person p JOIN practice pr ON pr.practice_code = p.practice_code GROUP BY pr.practice_code ORDER BY 1;

-- name: smoking_prevalence
SELECT round(100.0 * count(*) FILTER (WHERE smoker) / count(*), 1) AS percent_smoking FROM person WHERE smoker IS NOT NULL;

-- name: smoking_prevalence_by_sex
SELECT sex, count(*) AS n, sum(CASE WHEN smoker THEN 1 ELSE 0 END) AS n_smokers, round(100.0 * sum(CASE WHEN smoker THEN 1 ELSE 0 END) / count(*), 1) AS pct FROM person GROUP BY sex ORDER BY sex;

-- name: smoking_as_int
SELECT sex, sum(smoker::int) AS n_smokers, avg(smoker::int) AS proportion FROM person GROUP BY sex ORDER BY sex;

-- name: smoking_status_label
SELECT CASE smoker WHEN true THEN 'smoker' WHEN false THEN 'non-smoker' ELSE 'unknown' END AS status, count(*) AS n FROM person GROUP BY 1 ORDER BY 1;

-- name: bmi_categories
SELECT CASE WHEN bmi IS NULL THEN 'missing' WHEN bmi < 18.5 THEN 'underweight' WHEN bmi < 25 THEN 'healthy' WHEN bmi < 30 THEN 'overweight' ELSE 'obese' END AS bmi_group, count(*) AS n, avg(bmi) AS mean_bmi
FROM person GROUP BY 1 ORDER BY 1;

-- name: bmi_mean_sd
SELECT sex, count(bmi) AS n, round(avg(bmi), 1) AS mean, round(stddev(bmi), 2) AS sd FROM person GROUP BY sex ORDER BY sex;

-- name: bmi_missing
SELECT count(*) AS n, count(bmi) AS n_bmi, count(*) - count(bmi) AS n_missing, round(100.0 * (count(*) - count(bmi)) / count(*), 1) AS pct_missing FROM person;

-- name: bmi_median
-- within: 0.02
SELECT sex, percentile_cont(0.5) WITHIN GROUP (ORDER BY bmi) AS median_bmi FROM person GROUP BY sex ORDER BY sex;

-- name: bmi_quartiles
-- within: 0.02
SELECT percentile_cont(0.25) WITHIN GROUP (ORDER BY bmi) AS q1, percentile_cont(0.5) WITHIN GROUP (ORDER BY bmi) AS median, percentile_cont(0.75) WITHIN GROUP (ORDER BY bmi) AS q3 FROM person;

-- name: deaths_by_year
SELECT extract(year FROM date_of_death) AS year, count(*) AS n FROM person WHERE date_of_death IS NOT NULL GROUP BY 1 ORDER BY 1;

-- name: deaths_by_year_int
SELECT extract(year FROM date_of_death)::int AS year, count(*) AS n FROM person WHERE date_of_death IS NOT NULL GROUP BY year ORDER BY year;

-- name: age_at_death
-- within: 0.1
SELECT sex, count(*) AS n, round(avg(extract(year FROM age(date_of_death, date_of_birth))), 1) AS mean_age FROM person WHERE date_of_death IS NOT NULL GROUP BY sex ORDER BY sex;

-- name: age_in_completed_years_mean
-- within: 0.1
SELECT avg(extract(year FROM age(date_of_birth))) AS mean_age FROM person WHERE sex = 'F'
-- truth
SELECT avg(extract(year FROM age(date '2026-09-30', date_of_birth))) AS mean_age FROM person WHERE sex = 'F';

-- name: age_from_days
-- within: 0.1
SELECT avg((current_date - date_of_birth) / 365.25) AS mean_age FROM person;

-- name: registered_per_year
SELECT date_trunc('year', registered)::date AS year, count(*) AS n FROM person GROUP BY 1 ORDER BY 1;

-- name: registered_cumulative
-- within: 0.1
SELECT year, n, sum(n) OVER (ORDER BY year) AS cumulative FROM (SELECT extract(year FROM registered)::int AS year, count(*) AS n FROM person GROUP BY 1) t ORDER BY year;

-- name: year_of_birth_decades
SELECT (extract(year FROM date_of_birth)::int / 10) * 10 AS decade, count(*) AS n FROM person GROUP BY 1 ORDER BY 1;

-- name: age_band_ten_years
SELECT floor(extract(year FROM age(current_date, date_of_birth)) / 10) * 10 AS age_band, count(*) AS n FROM person GROUP BY 1 ORDER BY 1;

-- name: age_band_width_bucket
SELECT width_bucket(extract(year FROM age(current_date, date_of_birth)), 0, 100, 10) AS band, count(*) AS n FROM person GROUP BY 1 ORDER BY 1;

-- name: total_admissions
SELECT count(*) AS n, count(DISTINCT person_id) AS n_people FROM admission;

-- name: admissions_per_month
SELECT date_trunc('month', admitted) AS month, count(*) AS n FROM admission GROUP BY 1 ORDER BY 1;

-- name: admissions_per_month_text
SELECT to_char(admitted, 'YYYY-MM') AS month, count(*) AS n FROM admission GROUP BY 1 ORDER BY 1;

-- name: admissions_per_financial_year
SELECT CASE WHEN extract(month FROM admitted) >= 4 THEN extract(year FROM admitted) ELSE extract(year FROM admitted) - 1 END AS financial_year, count(*) AS n FROM admission GROUP BY 1 ORDER BY 1;

-- name: admissions_per_financial_year_shifted
SELECT extract(year FROM admitted - interval '3 months')::int AS financial_year, count(*) AS n FROM admission GROUP BY 1 ORDER BY 1;

-- name: admissions_per_quarter
SELECT extract(year FROM admitted) AS year, extract(quarter FROM admitted) AS quarter, count(*) AS n FROM admission GROUP BY 1, 2 ORDER BY 1, 2;

-- name: admissions_per_weekday
SELECT extract(isodow FROM admitted) AS weekday, count(*) AS n FROM admission GROUP BY 1 ORDER BY 1;

-- name: admissions_weekday_name
SELECT to_char(admitted, 'Dy') AS weekday, count(*) AS n FROM admission GROUP BY to_char(admitted, 'Dy') ORDER BY n DESC
-- truth
SELECT to_char(admitted, 'Dy') AS weekday, count(*) AS n FROM admission GROUP BY to_char(admitted, 'Dy') ORDER BY n DESC;

-- name: admissions_by_hour
SELECT extract(hour FROM admitted_at) AS hour, count(*) AS n FROM admission GROUP BY 1 ORDER BY 1;

-- name: out_of_hours
SELECT count(*) FILTER (WHERE extract(hour FROM admitted_at) NOT BETWEEN 8 AND 17) AS n_out_of_hours, count(*) AS n FROM admission WHERE method LIKE '2%';

-- name: emergency_share
SELECT extract(year FROM admitted) AS year, count(*) AS n, count(*) FILTER (WHERE method IN ('21','22','24','28')) AS n_emergency, round(100.0 * count(*) FILTER (WHERE method IN ('21','22','24','28')) / count(*), 1) AS pct_emergency
FROM admission GROUP BY 1 ORDER BY 1;

-- name: emergency_by_prefix
SELECT method, count(*) AS n FROM admission WHERE method LIKE '2%' GROUP BY method ORDER BY method;

-- name: emergency_by_left
SELECT left(method, 1) AS kind, count(*) AS n FROM admission GROUP BY 1 ORDER BY 1;

-- name: method_groups
SELECT CASE WHEN method IN ('11','12','13') THEN 'elective' WHEN method LIKE '2%' THEN 'emergency' WHEN method = '31' THEN 'maternity' ELSE 'other' END AS kind, count(*) AS n, count(DISTINCT person_id) AS n_people, sum(cost) AS cost
FROM admission GROUP BY kind ORDER BY kind;

-- name: length_of_stay_mean
-- within: 0.1
SELECT avg(discharged - admitted) AS mean_los FROM admission WHERE discharged IS NOT NULL;

-- name: length_of_stay_by_provider
-- within: 0.1
SELECT p.name, count(*) AS n, round(avg(a.discharged - a.admitted), 2) AS mean_los, sum(a.discharged - a.admitted) AS bed_days FROM admission a JOIN provider p USING (provider_code) WHERE NOT a.day_case GROUP BY p.name ORDER BY mean_los DESC NULLS LAST;

-- name: length_of_stay_bands
SELECT CASE WHEN discharged - admitted = 0 THEN '0' WHEN discharged - admitted <= 2 THEN '1-2' WHEN discharged - admitted <= 6 THEN '3-6' WHEN discharged - admitted <= 20 THEN '7-20' ELSE '21+' END AS los, count(*) AS n
FROM admission WHERE discharged IS NOT NULL GROUP BY 1 ORDER BY 1;

-- name: length_of_stay_median
-- within: 0.02
SELECT method, percentile_cont(0.5) WITHIN GROUP (ORDER BY discharged - admitted) AS median_los, count(*) AS n FROM admission WHERE discharged IS NOT NULL GROUP BY method ORDER BY method;

-- name: length_of_stay_percentiles
-- within: 0.02
SELECT percentile_disc(0.9) WITHIN GROUP (ORDER BY discharged - admitted) AS p90 FROM admission WHERE NOT day_case AND discharged IS NOT NULL;

-- name: length_of_stay_sd
-- within: 0.3
SELECT provider_code, avg(discharged - admitted) AS mean_los, stddev_samp(discharged - admitted) AS sd_los FROM admission WHERE NOT day_case GROUP BY provider_code ORDER BY 1;

-- name: long_stays
SELECT provider_code, count(*) AS n FROM admission WHERE discharged - admitted > 14 GROUP BY provider_code HAVING count(*) >= 10 ORDER BY n DESC;

-- name: stays_over_a_week_share
-- within: 0.1
SELECT provider_code, avg((discharged - admitted > 7)::int) AS share FROM admission GROUP BY 1 ORDER BY 1;

-- name: day_case_rate
SELECT provider_code, round(100.0 * avg(CASE WHEN day_case THEN 1.0 ELSE 0 END), 1) AS day_case_rate FROM admission WHERE method LIKE '1%' GROUP BY provider_code ORDER BY provider_code;

-- name: age_at_admission
-- within: 0.1
SELECT a.method, round(avg(extract(year FROM age(a.admitted, p.date_of_birth))), 1) AS mean_age FROM admission a JOIN person p USING (person_id) GROUP BY a.method ORDER BY a.method;

-- name: age_band_at_admission
SELECT CASE WHEN date_part('year', age(a.admitted, p.date_of_birth)) < 65 THEN '<65' WHEN date_part('year', age(a.admitted, p.date_of_birth)) BETWEEN 65 AND 84 THEN '65-84' ELSE '85+' END AS age_group, p.sex, count(*) AS n
FROM admission a INNER JOIN person p ON p.person_id = a.person_id WHERE a.admitted >= '2023-04-01' AND a.admitted < '2024-04-01' GROUP BY 1, 2 ORDER BY 1, 2;

-- name: admissions_between
SELECT count(*) AS n FROM admission WHERE admitted BETWEEN '2023-04-01' AND '2024-03-31';

-- name: admissions_last_year
SELECT count(*) AS n FROM admission WHERE admitted >= date '2026-09-01' - interval '1 year';

-- name: admissions_since_interval
SELECT method, count(*) AS n FROM admission WHERE admitted >= current_date - interval '12 months' GROUP BY method ORDER BY method;

-- name: admissions_with_parameters
-- bind: 2023-04-01
-- bind: 2024-04-01
-- bind: RA1
SELECT method, count(*) AS n FROM admission WHERE admitted >= $1 AND admitted < $2 AND provider_code = $3 GROUP BY method ORDER BY method;

-- name: bed_days_by_month
-- within: 0.6
SELECT date_trunc('month', admitted)::date AS month, sum(discharged - admitted) AS bed_days, sum(cost) AS cost FROM admission WHERE NOT day_case GROUP BY 1 ORDER BY 1;

-- name: cost_by_specialty
SELECT s.name AS specialty, count(DISTINCT e.admission_id) AS n_admissions, count(*) AS n FROM episode e JOIN specialty s ON s.specialty_code = e.specialty_code GROUP BY s.name ORDER BY 2 DESC, 1;

-- name: cost_by_division
SELECT s.division, sum(a.cost) AS total_cost, avg(a.cost) AS mean_cost, count(*) AS n FROM admission a JOIN episode e ON e.admission_id = a.admission_id JOIN specialty s USING (specialty_code) WHERE e.episode_order = 1 GROUP BY s.division ORDER BY 1;

-- name: cost_quartiles
-- within: 0.02
SELECT percentile_cont(0.25) WITHIN GROUP (ORDER BY cost) AS q1, percentile_cont(0.5) WITHIN GROUP (ORDER BY cost) AS q2, percentile_cont(0.75) WITHIN GROUP (ORDER BY cost) AS q3 FROM admission WHERE method LIKE '2%';

-- name: cost_mean_and_sd
SELECT method, count(cost) AS n, avg(cost) AS mean, stddev(cost) AS sd, stddev(cost) / sqrt(count(cost)) AS se FROM admission GROUP BY method ORDER BY method;

-- name: cost_confidence_interval
-- within: 0.3
SELECT sex, mean, mean - 1.96 * sd / sqrt(n) AS lower, mean + 1.96 * sd / sqrt(n) AS upper FROM (SELECT p.sex, avg(a.cost) AS mean, stddev(a.cost) AS sd, count(a.cost) AS n FROM admission a JOIN person p ON p.person_id = a.person_id GROUP BY p.sex) t ORDER BY sex;

-- name: cost_coalesced
SELECT provider_code, sum(coalesce(cost, 0)) AS cost, avg(coalesce(cost, 0)) AS mean FROM admission GROUP BY provider_code ORDER BY 1;

-- name: cost_of_high_cost_stays
SELECT count(*) AS n, sum(cost) AS cost FROM admission WHERE cost >= 5000;

-- name: cost_variance
SELECT provider_code, variance(cost) AS var, var_pop(cost) AS vp FROM admission GROUP BY provider_code ORDER BY 1;

-- name: cost_range
SELECT min(cost) AS cheapest, max(cost) AS dearest FROM admission;

-- name: first_and_last_admission_dates
SELECT min(admitted) AS first_day, max(admitted) AS last_day FROM admission;

-- name: cost_per_bed_day
-- within: 0.1
SELECT provider_code, round(sum(cost) / nullif(sum(discharged - admitted), 0), 2) AS cost_per_bed_day FROM admission WHERE discharged IS NOT NULL GROUP BY provider_code ORDER BY provider_code;

-- name: cost_age_correlation
-- within: 0.3
SELECT corr(a.cost, extract(year FROM age(a.admitted, p.date_of_birth))) AS r FROM admission a JOIN person p ON a.person_id = p.person_id;

-- name: los_cost_regression
-- within: 0.3
SELECT regr_slope(cost, discharged - admitted) AS slope, regr_intercept(cost, discharged - admitted) AS intercept, regr_r2(cost, discharged - admitted) AS r2, regr_count(cost, discharged - admitted) AS n FROM admission;

-- name: cost_by_stay_means
-- within: 0.05
SELECT method, regr_avgx(cost, discharged - admitted) AS mean_days, regr_avgy(cost, discharged - admitted) AS mean_cost, regr_count(cost, discharged - admitted) AS n FROM admission GROUP BY method ORDER BY method;

-- name: cost_by_stay_sums_of_squares
-- within: 0.1
SELECT regr_sxx(cost, discharged - admitted) AS sxx, regr_sxy(cost, discharged - admitted) AS sxy, regr_syy(cost, discharged - admitted) AS syy FROM admission;

-- name: bmi_by_birth_sums_of_squares
-- within: 0.01
SELECT sex, regr_sxx(bmi, extract(year FROM date_of_birth)) AS sxx, regr_syy(bmi, extract(year FROM date_of_birth)) AS syy FROM person GROUP BY sex ORDER BY sex;

-- name: bmi_age_covariance
-- within: 0.3
SELECT sex, covar_pop(bmi, extract(year FROM date_of_birth)) AS cov, corr(bmi, extract(year FROM date_of_birth)) AS r FROM person GROUP BY sex ORDER BY sex;

-- name: readmission_within_30_days
SELECT count(DISTINCT a.admission_id) AS n_readmitted
FROM admission a JOIN admission b ON b.person_id = a.person_id AND b.admitted > a.discharged AND b.admitted <= a.discharged + 30 AND b.admission_id <> a.admission_id
WHERE a.discharged IS NOT NULL;

-- name: readmission_exists
SELECT a.provider_code, count(*) AS n, count(*) FILTER (WHERE EXISTS (SELECT 1 FROM admission b WHERE b.person_id = a.person_id AND b.method LIKE '2%' AND b.admitted > a.discharged AND b.admitted <= a.discharged + 30)) AS n_readmitted
FROM admission a WHERE a.discharged IS NOT NULL GROUP BY a.provider_code ORDER BY 1;

-- name: readmission_exists_interval
SELECT count(*) AS n FROM admission a WHERE EXISTS (SELECT 1 FROM admission b WHERE b.person_id = a.person_id AND b.admitted > a.discharged AND b.admitted <= a.discharged + interval '30 days');

-- name: readmission_lead
WITH stays AS (
  SELECT person_id, admitted, discharged, lead(admitted) OVER (PARTITION BY person_id ORDER BY admitted) AS next_admitted FROM admission
)
SELECT count(*) AS n, count(*) FILTER (WHERE next_admitted - discharged BETWEEN 0 AND 30) AS n_readmitted FROM stays WHERE discharged IS NOT NULL;

-- name: readmission_rate_cte
WITH index_stays AS (SELECT admission_id, person_id, provider_code, discharged FROM admission WHERE discharged IS NOT NULL AND discharged < date '2026-01-01'),
     readmitted AS (SELECT DISTINCT i.admission_id FROM index_stays i JOIN admission r ON r.person_id = i.person_id AND r.admitted BETWEEN i.discharged + 1 AND i.discharged + 28)
SELECT i.provider_code, count(*) AS n, count(r.admission_id) AS n_readmitted, round(100.0 * count(r.admission_id) / count(*), 1) AS rate
FROM index_stays i LEFT JOIN readmitted r ON r.admission_id = i.admission_id GROUP BY i.provider_code ORDER BY 1;

-- name: days_to_next_admission
SELECT avg(b.admitted - a.discharged) AS mean_gap FROM admission a JOIN admission b ON b.person_id = a.person_id AND b.admitted > a.discharged;

-- name: admissions_per_person
SELECT admissions, count(*) AS n FROM (SELECT person_id, count(*) AS admissions FROM admission GROUP BY person_id) t GROUP BY admissions ORDER BY admissions;

-- name: admissions_per_person_mean
SELECT avg(admissions) AS mean, count(*) AS n FROM (SELECT person_id, count(*) AS admissions FROM admission GROUP BY person_id) t;

-- name: admissions_per_person_bands
WITH per_person AS (SELECT p.person_id, count(a.admission_id) AS stays FROM person p LEFT JOIN admission a ON a.person_id = p.person_id GROUP BY p.person_id)
SELECT CASE WHEN stays = 0 THEN 'none' WHEN stays = 1 THEN 'one' WHEN stays BETWEEN 2 AND 4 THEN '2-4' ELSE '5+' END AS stays, count(*) AS n FROM per_person GROUP BY 1 ORDER BY 1;

-- name: frequent_attenders
SELECT count(*) AS n FROM (SELECT person_id FROM admission WHERE method LIKE '2%' GROUP BY person_id HAVING count(*) >= 5) t;

-- name: frequent_attenders_profile
SELECT p.sex, count(*) AS n FROM person p WHERE p.person_id IN (SELECT person_id FROM admission GROUP BY person_id HAVING count(*) >= 5) GROUP BY p.sex ORDER BY p.sex;

-- name: cost_per_person
SELECT avg(total) AS mean_cost, count(*) AS n FROM (SELECT person_id, sum(cost) AS total FROM admission GROUP BY person_id) t;

-- name: top_cost_people_share
SELECT ntile(10) OVER (ORDER BY total) AS decile, total FROM (SELECT person_id, sum(cost) AS total FROM admission GROUP BY person_id) t;

-- name: first_admission_year
SELECT extract(year FROM first_admitted) AS year, count(*) AS n FROM (SELECT person_id, min(admitted) AS first_admitted FROM admission GROUP BY person_id) f GROUP BY 1 ORDER BY 1;

-- name: first_admission_distinct_on
SELECT method, count(*) AS n FROM (SELECT DISTINCT ON (person_id) person_id, method FROM admission ORDER BY person_id, admitted, admission_id) f GROUP BY method ORDER BY method;

-- name: first_admission_row_number
SELECT method, count(*) AS n FROM (SELECT person_id, method, row_number() OVER (PARTITION BY person_id ORDER BY admitted, admission_id) AS rn FROM admission) f WHERE rn = 1 GROUP BY method ORDER BY method;

-- name: last_lab_per_person
WITH last AS (SELECT person_id, value, row_number() OVER (PARTITION BY person_id ORDER BY taken DESC, result_id DESC) AS rn FROM lab_result WHERE test_code = 'HBA1C' AND value IS NOT NULL)
SELECT count(*) AS n, avg(value) AS mean, count(*) FILTER (WHERE value >= 58) AS n_high FROM last WHERE rn = 1;

-- name: diabetes_prevalence
SELECT round(100.0 * count(DISTINCT a.person_id) / (SELECT count(*) FROM person), 2) AS pct FROM admission a JOIN episode e ON e.admission_id = a.admission_id WHERE e.main_diagnosis LIKE 'E11%';

-- name: diabetes_any_position
SELECT count(DISTINCT a.person_id) AS n FROM admission a JOIN episode e USING (admission_id) JOIN diagnosis d USING (episode_id) WHERE d.icd10 LIKE 'E1%';

-- name: diagnoses_without_person
SELECT icd10, count(*) AS n FROM diagnosis WHERE position = 1 GROUP BY icd10 ORDER BY n DESC, icd10;

-- name: diagnoses_chapters
SELECT i.chapter, count(*) AS n, count(DISTINCT d.episode_id) AS n_episodes FROM diagnosis d JOIN icd10 i ON i.code = d.icd10 GROUP BY i.chapter ORDER BY i.chapter;

-- name: episodes_without_person
SELECT specialty_code, count(*) AS n FROM episode GROUP BY specialty_code ORDER BY specialty_code;

-- name: episodes_per_stay
SELECT count(*)::numeric / count(DISTINCT admission_id) AS episodes_per_stay FROM episode;

-- name: top_ten_diagnoses
SELECT i.category, i.description, count(*) AS n FROM episode e JOIN icd10 i ON i.code = e.main_diagnosis GROUP BY i.category, i.description ORDER BY count(*) DESC, 1 LIMIT 10;

-- name: top_five_fetch
SELECT main_diagnosis, count(*) AS n FROM episode WHERE main_diagnosis IS NOT NULL GROUP BY main_diagnosis ORDER BY n DESC, main_diagnosis FETCH FIRST 5 ROWS ONLY;

-- name: diagnosis_category_left
SELECT left(main_diagnosis, 3) AS category, count(*) AS n FROM episode WHERE main_diagnosis IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1;

-- name: diagnosis_category_substring
SELECT substring(main_diagnosis FROM 1 FOR 3) AS category, count(*) AS n FROM episode WHERE main_diagnosis IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1;

-- name: diagnosis_category_substr
SELECT substr(main_diagnosis, 1, 1) AS letter, count(*) AS n FROM episode GROUP BY 1 ORDER BY 1;

-- name: respiratory_admissions_ilike
SELECT count(DISTINCT e.admission_id) AS n FROM episode e WHERE e.main_diagnosis ILIKE 'j4%';

-- name: description_ilike
SELECT i.description, count(*) AS n FROM episode e JOIN icd10 i ON i.code = e.main_diagnosis WHERE i.description ILIKE '%diabetes%' GROUP BY 1 ORDER BY 1;

-- name: code_list_values
SELECT c.condition, count(DISTINCT a.person_id) AS n
FROM admission a JOIN episode e ON e.admission_id = a.admission_id
JOIN (VALUES ('E119', 'diabetes'), ('E112', 'diabetes'), ('I219', 'MI'), ('I500', 'heart failure')) AS c(code, condition) ON c.code = e.main_diagnosis
GROUP BY c.condition ORDER BY c.condition;

-- name: code_list_cte
WITH codes(code, label) AS (VALUES ('J449', 'COPD'), ('J459', 'asthma'), ('J189', 'pneumonia'))
SELECT codes.label, count(*) AS n FROM episode e JOIN codes ON codes.code = e.main_diagnosis GROUP BY codes.label ORDER BY codes.label;

-- name: code_list_in_subquery
SELECT count(*) AS n FROM episode WHERE main_diagnosis IN (SELECT code FROM icd10 WHERE chapter = 'IX');

-- name: code_list_any_array
SELECT count(*) AS n FROM episode WHERE main_diagnosis = ANY (ARRAY['I219', 'I500', 'I639']);

-- name: code_list_like_or
SELECT count(*) AS n FROM episode WHERE main_diagnosis LIKE 'I21%' OR main_diagnosis LIKE 'I50%' OR main_diagnosis LIKE 'I63%';

-- name: code_list_similar
SELECT count(*) AS n FROM episode WHERE main_diagnosis SIMILAR TO '(I21|I50|I63)%';

-- name: code_list_regex
SELECT count(*) AS n FROM episode WHERE main_diagnosis ~ '^(I21|I50)';

-- name: charlson_flags
WITH flags AS (
  SELECT a.person_id,
         max(CASE WHEN d.icd10 LIKE 'I21%' THEN 1 ELSE 0 END) AS mi,
         max(CASE WHEN d.icd10 LIKE 'I50%' THEN 1 ELSE 0 END) AS chf,
         max(CASE WHEN d.icd10 LIKE 'J44%' THEN 1 ELSE 0 END) AS copd,
         max(CASE WHEN d.icd10 LIKE 'E11%' THEN 1 ELSE 0 END) AS diabetes
  FROM admission a JOIN episode e ON e.admission_id = a.admission_id JOIN diagnosis d ON d.episode_id = e.episode_id
  GROUP BY a.person_id)
SELECT mi + chf + copd + diabetes AS score, count(*) AS n FROM flags GROUP BY 1 ORDER BY 1;

-- name: comorbidity_bool_or
SELECT diabetes, copd, count(*) AS n FROM (
  SELECT a.person_id, bool_or(d.icd10 LIKE 'E11%') AS diabetes, bool_or(d.icd10 LIKE 'J44%') AS copd
  FROM admission a JOIN episode e ON e.admission_id = a.admission_id JOIN diagnosis d ON d.episode_id = e.episode_id GROUP BY a.person_id) f
GROUP BY diabetes, copd ORDER BY diabetes, copd;

-- name: comorbidity_count
SELECT conditions, count(*) AS n FROM (SELECT e.admission_id, count(DISTINCT d.icd10) AS conditions FROM episode e JOIN diagnosis d ON d.episode_id = e.episode_id GROUP BY e.admission_id) t GROUP BY conditions ORDER BY conditions;

-- name: cohort_with_exclusions
WITH cohort AS (
  SELECT DISTINCT a.person_id FROM admission a JOIN episode e USING (admission_id) WHERE e.main_diagnosis LIKE 'I21%' AND a.admitted >= '2022-04-01'),
excluded AS (
  SELECT DISTINCT a.person_id FROM admission a JOIN episode e USING (admission_id) WHERE e.main_diagnosis LIKE 'C%')
SELECT p.sex, count(*) AS n FROM person p JOIN cohort c ON c.person_id = p.person_id
WHERE NOT EXISTS (SELECT 1 FROM excluded x WHERE x.person_id = p.person_id) GROUP BY p.sex ORDER BY p.sex;

-- name: cohort_not_in
SELECT count(*) AS n FROM person WHERE person_id NOT IN (SELECT person_id FROM admission);

-- name: cohort_left_join_null
SELECT count(*) AS n FROM person p LEFT JOIN admission a ON a.person_id = p.person_id WHERE a.admission_id IS NULL;

-- name: cohort_in_and
SELECT count(*) AS n FROM person WHERE person_id IN (SELECT person_id FROM prescription WHERE bnf_code LIKE '0601%') AND person_id IN (SELECT person_id FROM lab_result WHERE test_code = 'HBA1C');

-- name: cohort_except
SELECT count(*) AS n FROM (SELECT person_id FROM prescription WHERE bnf_code LIKE '0601%' EXCEPT SELECT person_id FROM admission) t;

-- name: cohort_intersect
SELECT count(*) AS n FROM (SELECT person_id FROM prescription WHERE bnf_code LIKE '06%' INTERSECT SELECT person_id FROM admission) t;

-- name: cohort_union
SELECT count(*) AS n FROM (SELECT person_id FROM prescription WHERE bnf_code LIKE '0601%' UNION SELECT a.person_id FROM admission a JOIN episode e USING (admission_id) WHERE e.main_diagnosis LIKE 'E1%') t;

-- name: cohort_union_distinct_count
SELECT count(DISTINCT person_id) AS n FROM (SELECT person_id FROM prescription WHERE bnf_code LIKE '0601%' UNION ALL SELECT person_id FROM lab_result WHERE test_code = 'HBA1C') t;

-- name: contacts_union_all
SELECT kind, count(*) AS n, count(DISTINCT person_id) AS n_people FROM (
  SELECT person_id, admitted AS day, 'inpatient' AS kind FROM admission
  UNION ALL SELECT person_id, appointment, 'outpatient' FROM outpatient
  UNION ALL SELECT person_id, prescribed, 'prescription' FROM prescription) c
GROUP BY kind ORDER BY kind;

-- name: contacts_per_year_union
SELECT extract(year FROM day) AS year, kind, count(*) AS n FROM (
  SELECT person_id, admitted AS day, 'inpatient' AS kind FROM admission UNION ALL SELECT person_id, appointment, 'outpatient' FROM outpatient) c
WHERE day >= '2022-01-01' AND day < '2025-01-01' GROUP BY 1, 2 ORDER BY 1, 2;

-- name: report_union_of_aggregates
SELECT 'people' AS what, count(*) AS n FROM person UNION ALL SELECT 'stays', count(*) FROM admission UNION ALL SELECT 'appointments', count(*) FROM outpatient ORDER BY what;

-- name: metformin_started_after_hba1c
SELECT count(DISTINCT r.person_id) AS n FROM prescription r JOIN lab_result l ON l.person_id = r.person_id WHERE r.bnf_code LIKE '0601%' AND l.test_code = 'HBA1C' AND l.value >= 48 AND r.prescribed BETWEEN l.taken AND l.taken + 90;

-- name: prescriptions_by_chapter
SELECT b.chapter, count(*) AS n, sum(r.quantity) AS units, sum(r.cost) AS cost, sum(r.cost) / count(*) AS cost_per_item FROM prescription r JOIN bnf b ON b.code = r.bnf_code GROUP BY b.chapter ORDER BY b.chapter;

-- name: prescriptions_by_year_pivot
SELECT b.name, count(*) FILTER (WHERE extract(year FROM r.prescribed) = 2023) AS n_2023, count(*) FILTER (WHERE extract(year FROM r.prescribed) = 2024) AS n_2024, count(*) FILTER (WHERE extract(year FROM r.prescribed) = 2025) AS n_2025
FROM prescription r JOIN bnf b ON b.code = r.bnf_code GROUP BY b.name ORDER BY b.name;

-- name: prescriptions_medication_possession
-- within: 0.1
SELECT avg(covered) AS mean_days FROM (SELECT person_id, sum(days_supply) AS covered FROM prescription WHERE bnf_code LIKE '0601%' AND prescribed >= '2024-01-01' AND prescribed < '2025-01-01' GROUP BY person_id) t;

-- name: polypharmacy
SELECT CASE WHEN substances >= 5 THEN '5+' ELSE '<5' END AS polypharmacy, count(*) AS n FROM (SELECT person_id, count(DISTINCT bnf_code) AS substances FROM prescription WHERE prescribed >= '2025-01-01' GROUP BY person_id) t GROUP BY 1 ORDER BY 1;

-- name: cost_per_treated_person
SELECT b.name, sum(r.cost) / count(DISTINCT r.person_id) AS cost_per_person FROM prescription r JOIN bnf b ON b.code = r.bnf_code GROUP BY b.name ORDER BY b.name;

-- name: unit_price
SELECT b.name, sum(r.cost) / sum(r.quantity) AS unit_price FROM prescription r JOIN bnf b ON b.code = r.bnf_code GROUP BY b.name ORDER BY 1;

-- name: lab_summary
SELECT t.name, t.unit, count(l.value) AS n, round(avg(l.value), 1) AS mean, round(stddev(l.value), 1) AS sd FROM lab_result l JOIN lab_test t ON t.test_code = l.test_code GROUP BY t.name, t.unit ORDER BY t.name;

-- name: lab_abnormal_share
SELECT test_code, count(*) AS n, avg(abnormal::int) AS share_abnormal FROM lab_result GROUP BY test_code ORDER BY test_code;

-- name: lab_median_by_year
-- within: 0.02
SELECT extract(year FROM taken) AS year, percentile_cont(0.5) WITHIN GROUP (ORDER BY value) AS median FROM lab_result WHERE test_code = 'EGFR' GROUP BY 1 ORDER BY 1;

-- name: ckd_stages
SELECT CASE WHEN value >= 90 THEN 'G1' WHEN value >= 60 THEN 'G2' WHEN value >= 45 THEN 'G3a' WHEN value >= 30 THEN 'G3b' WHEN value >= 15 THEN 'G4' ELSE 'G5' END AS stage, count(*) AS n FROM lab_result WHERE test_code = 'EGFR' AND value IS NOT NULL GROUP BY stage ORDER BY stage;

-- name: hba1c_control_by_deprivation
SELECT g.imd_decile, count(*) AS n, count(*) FILTER (WHERE l.value >= 58) AS n_poor, avg(l.value) AS mean FROM lab_result l JOIN person p ON p.person_id = l.person_id JOIN geography g ON g.lsoa = p.lsoa WHERE l.test_code = 'HBA1C' AND l.value IS NOT NULL GROUP BY g.imd_decile ORDER BY g.imd_decile;

-- name: hba1c_change
WITH b AS (SELECT person_id, avg(value) AS v FROM lab_result WHERE test_code = 'HBA1C' AND taken < '2023-04-01' GROUP BY person_id),
     f AS (SELECT person_id, avg(value) AS v FROM lab_result WHERE test_code = 'HBA1C' AND taken >= '2023-04-01' GROUP BY person_id)
SELECT count(*) AS n, avg(f.v - b.v) AS mean_change, count(*) FILTER (WHERE f.v < b.v) AS n_improved FROM b JOIN f ON f.person_id = b.person_id;

-- name: outpatient_dna_rate
SELECT s.name, count(*) AS n, count(*) FILTER (WHERE NOT attended) AS n_dna, round(100.0 * count(*) FILTER (WHERE NOT attended) / nullif(count(attended), 0), 1) AS dna_rate FROM outpatient o JOIN specialty s USING (specialty_code) GROUP BY s.name ORDER BY s.name;

-- name: outpatient_waits
-- within: 0.1
SELECT specialty_code, avg(appointment - referred) AS mean_wait, count(*) FILTER (WHERE appointment - referred > 126) AS n_over_18_weeks, count(*) AS n FROM outpatient WHERE first_visit GROUP BY specialty_code ORDER BY specialty_code;

-- name: outpatient_waits_percentile
SELECT specialty_code, percentile_cont(0.92) WITHIN GROUP (ORDER BY appointment - referred) AS p92 FROM outpatient WHERE first_visit GROUP BY specialty_code ORDER BY 1;

-- name: outpatient_waits_weeks
SELECT (appointment - referred) / 7 AS weeks, count(*) AS n FROM outpatient WHERE first_visit GROUP BY 1 ORDER BY 1;

-- name: outpatient_wait_bands
SELECT CASE WHEN appointment < referred + interval '6 weeks' THEN 'under 6 weeks' WHEN appointment < referred + interval '18 weeks' THEN '6-18 weeks' ELSE 'over 18 weeks' END AS wait, count(*) AS n FROM outpatient GROUP BY 1 ORDER BY 1;

-- name: outpatient_attended_is_not_false
SELECT count(*) FILTER (WHERE attended IS NOT FALSE) AS n_not_missed, count(*) FILTER (WHERE attended IS NULL) AS n_open, count(*) FILTER (WHERE attended IS TRUE) AS n_seen FROM outpatient;

-- name: new_to_follow_up_ratio
SELECT specialty_code, round(count(*) FILTER (WHERE NOT first_visit)::numeric / nullif(count(*) FILTER (WHERE first_visit), 0), 2) AS ratio FROM outpatient GROUP BY specialty_code ORDER BY 1;

-- name: rate_per_1000
SELECT g.lad_name, count(DISTINCT a.admission_id) * 1000.0 / count(DISTINCT p.person_id) AS rate_per_1000 FROM person p JOIN geography g ON g.lsoa = p.lsoa LEFT JOIN admission a ON a.person_id = p.person_id GROUP BY g.lad_name ORDER BY 1;

-- name: rate_per_1000_two_blocks
WITH denominator AS (SELECT sex, count(*) AS people FROM person GROUP BY sex),
     numerator AS (SELECT p.sex, count(*) AS stays FROM admission a JOIN person p ON p.person_id = a.person_id WHERE a.method LIKE '2%' AND a.admitted >= '2024-04-01' AND a.admitted < '2025-04-01' GROUP BY p.sex)
SELECT d.sex, n.stays, d.people, round(1000.0 * n.stays / d.people, 1) AS rate FROM denominator d JOIN numerator n ON n.sex = d.sex ORDER BY d.sex;

-- name: rate_by_deprivation_two_blocks
WITH pop AS (SELECT g.imd_decile, count(*) AS n FROM person p JOIN geography g ON g.lsoa = p.lsoa GROUP BY 1),
     adm AS (SELECT g.imd_decile, count(*) AS n FROM admission a JOIN person p USING (person_id) JOIN geography g ON g.lsoa = p.lsoa WHERE a.method LIKE '2%' GROUP BY 1)
SELECT pop.imd_decile, adm.n AS n_admissions, pop.n AS n_people, round(adm.n * 1000.0 / pop.n, 1) AS rate FROM pop LEFT JOIN adm USING (imd_decile) ORDER BY 1;

-- name: rate_of_each_practice_and_overall
WITH r AS (SELECT p.practice_code, count(*) AS n FROM person p GROUP BY p.practice_code)
SELECT practice_code, n, round(100.0 * n / sum(n) OVER (), 1) AS share, rank() OVER (ORDER BY n DESC) AS place FROM r ORDER BY place, practice_code;

-- name: directly_standardised_rate
WITH pop AS (
  SELECT p.practice_code, p.sex, CASE WHEN extract(year FROM age(date '2024-04-01', p.date_of_birth)) < 18 THEN '0-17' WHEN extract(year FROM age(date '2024-04-01', p.date_of_birth)) < 40 THEN '18-39' WHEN extract(year FROM age(date '2024-04-01', p.date_of_birth)) < 65 THEN '40-64' WHEN extract(year FROM age(date '2024-04-01', p.date_of_birth)) < 80 THEN '65-79' ELSE '80+' END AS age_band,
         count(*) AS people, count(*) FILTER (WHERE p.smoker) AS cases
  FROM person p GROUP BY 1, 2, 3)
SELECT pop.practice_code, sum(pop.cases::numeric / nullif(pop.people, 0) * s.weight) / sum(s.weight) * 1000 AS dsr
FROM pop JOIN standard_population s ON s.age_band = pop.age_band AND s.sex = pop.sex GROUP BY pop.practice_code ORDER BY 1;

-- name: indirectly_standardised_ratio
WITH strata AS (SELECT practice_code, sex, count(*) AS n, count(*) FILTER (WHERE smoker) AS cases FROM person GROUP BY practice_code, sex),
     overall AS (SELECT sex, count(*) FILTER (WHERE smoker)::numeric / count(*) AS rate FROM person GROUP BY sex)
SELECT s.practice_code, sum(s.cases) AS observed, round(sum(s.n * o.rate), 1) AS expected, round(100 * sum(s.cases) / sum(s.n * o.rate), 1) AS ratio FROM strata s JOIN overall o USING (sex) GROUP BY s.practice_code ORDER BY s.practice_code;

-- name: crosstab_sex_method
SELECT method, sum(CASE WHEN p.sex = 'F' THEN 1 ELSE 0 END) AS n_female, sum(CASE WHEN p.sex = 'M' THEN 1 ELSE 0 END) AS n_male, count(*) AS n FROM admission a JOIN person p ON p.person_id = a.person_id GROUP BY method ORDER BY method;

-- name: crosstab_count_case
SELECT provider_code, count(CASE WHEN method LIKE '2%' THEN 1 END) AS n_emergency, count(CASE WHEN method LIKE '1%' THEN 1 END) AS n_elective FROM admission GROUP BY provider_code ORDER BY 1;

-- name: rollup_provider_method
SELECT provider_code, method, count(*) AS n FROM admission GROUP BY ROLLUP (provider_code, method) ORDER BY provider_code NULLS LAST, method NULLS LAST;

-- name: cube_with_grouping
SELECT CASE WHEN grouping(p.sex) = 1 THEN 'All' ELSE p.sex END AS sex, CASE WHEN grouping(a.provider_code) = 1 THEN 'All' ELSE a.provider_code END AS provider, count(*) AS n FROM admission a JOIN person p USING (person_id) GROUP BY CUBE (p.sex, a.provider_code) ORDER BY 1, 2;

-- name: grouping_sets
SELECT sex, smoker, count(*) AS n FROM person GROUP BY GROUPING SETS ((sex), (smoker), ()) ORDER BY sex NULLS LAST, smoker NULLS LAST, n;

-- name: rollup_coalesce_total
SELECT coalesce(sex, 'Total') AS sex, count(*) AS n FROM person GROUP BY ROLLUP (sex) ORDER BY 2;

-- name: having_two_conditions
SELECT practice_code, count(*) AS n, avg(bmi) AS bmi FROM person GROUP BY practice_code HAVING count(*) > 100 AND avg(bmi) > 20 ORDER BY bmi DESC;

-- name: distinct_methods
SELECT DISTINCT method FROM admission ORDER BY method;

-- name: distinct_years
SELECT DISTINCT extract(year FROM admitted) AS year FROM admission ORDER BY year;

-- name: distinct_of_aggregates
SELECT DISTINCT n FROM (SELECT provider_code, count(*) > 1000 AS n FROM admission GROUP BY provider_code) t ORDER BY n;

-- name: month_on_month_change
WITH m AS (SELECT date_trunc('month', admitted)::date AS month, count(*) AS n FROM admission WHERE admitted >= '2023-01-01' AND admitted < '2024-01-01' GROUP BY 1)
SELECT month, n, n - lag(n) OVER (ORDER BY month) AS change FROM m ORDER BY month;

-- name: moving_average
WITH m AS (SELECT date_trunc('month', admitted)::date AS month, count(*) AS n FROM admission WHERE admitted >= '2023-01-01' AND admitted < '2024-01-01' GROUP BY 1)
SELECT month, n, avg(n) OVER (ORDER BY month ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) AS ma3 FROM m ORDER BY month;

-- name: year_on_year
WITH y AS (SELECT extract(year FROM admitted)::int AS year, count(*) AS n FROM admission GROUP BY 1)
SELECT a.year, a.n, b.n AS n_before, round(100.0 * (a.n - b.n) / b.n, 1) AS pct_change FROM y a JOIN y b ON b.year = a.year - 1 ORDER BY a.year;

-- name: share_within_provider
SELECT provider_code, method, count(*) AS n, round(100.0 * count(*) / sum(count(*)) OVER (PARTITION BY provider_code), 1) AS pct FROM admission GROUP BY provider_code, method ORDER BY 1, 2;

-- name: running_total
-- within: 0.1
SELECT extract(year FROM admitted) AS year, count(*) AS n, sum(count(*)) OVER (ORDER BY extract(year FROM admitted)) AS running FROM admission GROUP BY 1 ORDER BY 1;

-- name: first_value_window
WITH y AS (SELECT extract(year FROM admitted)::int AS year, count(*) AS n FROM admission GROUP BY 1)
SELECT year, n, round(100.0 * n / first_value(n) OVER (ORDER BY year), 1) AS index_2021 FROM y ORDER BY year;

-- name: busiest_method_per_provider
SELECT provider_code, method, n FROM (SELECT provider_code, method, count(*) AS n, row_number() OVER (PARTITION BY provider_code ORDER BY count(*) DESC, method) AS rn FROM admission GROUP BY provider_code, method) t WHERE rn = 1 ORDER BY provider_code;

-- name: dense_rank_window
SELECT provider_code, count(*) AS n, dense_rank() OVER (ORDER BY count(*) DESC) AS place FROM admission GROUP BY provider_code ORDER BY place;

-- name: percent_rank_of_practices
SELECT practice_code, count(*) AS n, percent_rank() OVER (ORDER BY count(*)) AS pr, ntile(4) OVER (ORDER BY count(*), practice_code) AS quartile FROM person GROUP BY practice_code ORDER BY practice_code;

-- name: calendar_months
SELECT m::date AS month, count(a.admission_id) AS n FROM generate_series(date '2023-01-01', date '2023-12-01', interval '1 month') AS m LEFT JOIN admission a ON date_trunc('month', a.admitted) = m GROUP BY m ORDER BY m;

-- name: calendar_joined_above
WITH calendar AS (SELECT generate_series(date '2023-01-01', date '2023-12-01', interval '1 month')::date AS month),
     counted AS (SELECT date_trunc('month', admitted)::date AS month, count(*) AS n FROM admission WHERE admitted >= '2023-01-01' AND admitted < '2024-01-01' GROUP BY 1)
SELECT c.month, coalesce(x.n, 0) AS n FROM calendar c LEFT JOIN counted x ON x.month = c.month ORDER BY c.month;

-- name: bed_occupancy_by_month
SELECT m::date AS month, count(*) AS n FROM generate_series(date '2024-01-01', date '2024-12-01', interval '1 month') AS m JOIN admission a ON a.admitted <= m AND (a.discharged > m OR a.discharged IS NULL) GROUP BY m ORDER BY m;

-- name: years_series
SELECT y.year, count(a.admission_id) AS n FROM generate_series(2021, 2026) AS y(year) LEFT JOIN admission a ON extract(year FROM a.admitted) = y.year GROUP BY y.year ORDER BY y.year;

-- name: occupied_on_a_day
SELECT provider_code, count(*) AS n FROM admission WHERE admitted <= date '2024-01-01' AND coalesce(discharged, date '2026-10-01') > date '2024-01-01' GROUP BY provider_code ORDER BY 1;

-- name: mortality_in_hospital
SELECT provider_code, count(*) AS n, count(*) FILTER (WHERE destination = '79') AS n_died, round(100.0 * count(*) FILTER (WHERE destination = '79') / count(*), 2) AS crude_rate FROM admission WHERE discharged IS NOT NULL AND method LIKE '2%' GROUP BY 1 ORDER BY 1;

-- name: mortality_30_days
SELECT a.provider_code, count(*) AS n, count(*) FILTER (WHERE p.date_of_death <= a.admitted + 30) AS n_dead FROM admission a JOIN person p USING (person_id) WHERE a.method LIKE '2%' GROUP BY 1 ORDER BY 1;

-- name: mortality_one_year_after_discharge
SELECT count(DISTINCT p.person_id) AS n FROM person p JOIN admission a ON a.person_id = p.person_id WHERE p.date_of_death BETWEEN a.discharged AND a.discharged + interval '1 year';

-- name: person_years
-- within: 0.1
SELECT sum(least(coalesce(date_of_death, date '2025-01-01'), date '2025-01-01') - greatest(registered, date '2024-01-01')) / 365.25 AS person_years FROM person WHERE registered < '2025-01-01' AND (date_of_death IS NULL OR date_of_death >= '2024-01-01');

-- name: person_years_simple
-- within: 0.1
SELECT sum(coalesce(date_of_death, current_date) - registered) / 365.25 AS person_years FROM person;

-- name: incidence_rate
WITH cases AS (SELECT count(DISTINCT a.person_id) AS n FROM admission a JOIN episode e USING (admission_id) WHERE e.main_diagnosis LIKE 'I21%' AND a.admitted >= '2024-01-01' AND a.admitted < '2025-01-01'),
     pop AS (SELECT count(*) AS n FROM person WHERE registered < '2024-01-01' AND (date_of_death IS NULL OR date_of_death >= '2024-01-01'))
SELECT cases.n AS n_cases, pop.n AS n_people, 100000.0 * cases.n / pop.n AS per_100000 FROM cases, pop;

-- name: scalar_subquery_share
SELECT sex, count(*) AS n, round(count(*) * 100.0 / (SELECT count(*) FROM person), 1) AS pct FROM person GROUP BY sex ORDER BY sex;

-- name: cross_join_totals
SELECT t.sex, t.n, 1.0 * t.n / a.n AS share FROM (SELECT sex, count(*) AS n FROM person GROUP BY sex) t CROSS JOIN (SELECT count(*) AS n FROM person) a ORDER BY t.sex;

-- name: relative_risk
WITH t AS (SELECT smoker, count(*) AS n, count(*) FILTER (WHERE date_of_death IS NOT NULL) AS dead FROM person WHERE smoker IS NOT NULL GROUP BY smoker)
SELECT (e.dead::numeric / e.n) / (u.dead::numeric / u.n) AS relative_risk FROM t e JOIN t u ON e.smoker AND NOT u.smoker;

-- name: odds_ratio
SELECT (a * d)::numeric / (b * c) AS odds_ratio FROM (
  SELECT count(*) FILTER (WHERE smoker AND date_of_death IS NOT NULL) AS a, count(*) FILTER (WHERE smoker AND date_of_death IS NULL) AS b,
         count(*) FILTER (WHERE NOT smoker AND date_of_death IS NOT NULL) AS c, count(*) FILTER (WHERE NOT smoker AND date_of_death IS NULL) AS d FROM person) t;

-- name: standard_error_of_proportion
SELECT sex, p, sqrt(p * (1 - p) / n) AS se FROM (SELECT sex, avg(CASE WHEN smoker THEN 1.0 ELSE 0.0 END) AS p, count(*) AS n FROM person WHERE smoker IS NOT NULL GROUP BY sex) t ORDER BY sex;

-- name: poisson_limits
SELECT provider_code, n, n - 1.96 * sqrt(n) AS lower, n + 1.96 * sqrt(n) AS upper FROM (SELECT provider_code, count(*) AS n FROM admission WHERE method = '21' GROUP BY provider_code) t ORDER BY provider_code;

-- name: log_cost
SELECT provider_code, exp(avg(ln(cost))) AS geometric_mean FROM admission WHERE cost > 0 GROUP BY provider_code ORDER BY 1;

-- name: procedures_by_chapter
SELECT o.chapter, o.description, count(*) AS n FROM procedure p JOIN opcs4 o ON o.code = p.opcs4 GROUP BY o.chapter, o.description ORDER BY n DESC, o.description;

-- name: hip_replacement_los
-- within: 0.1
SELECT count(DISTINCT a.admission_id) AS n, avg(a.discharged - a.admitted) AS mean_los FROM admission a WHERE a.admission_id IN (SELECT admission_id FROM procedure WHERE opcs4 LIKE 'W37%');

-- name: hip_replacement_exists
SELECT p.sex, count(*) AS n FROM person p WHERE EXISTS (SELECT 1 FROM admission a JOIN procedure o ON o.admission_id = a.admission_id WHERE a.person_id = p.person_id AND o.opcs4 LIKE 'W37%') GROUP BY p.sex ORDER BY 1;

-- name: preoperative_days
-- within: 0.5
SELECT o.opcs4, avg(o.done - a.admitted) AS mean_days, count(*) AS n FROM procedure o JOIN admission a USING (admission_id) GROUP BY o.opcs4 ORDER BY o.opcs4;

-- name: ward_activity
SELECT w.name, w.critical_care, count(*) AS n FROM episode e JOIN ward w ON w.ward_code = e.ward_code GROUP BY w.name, w.critical_care ORDER BY 1;

-- name: critical_care_share
SELECT pr.name, round(100.0 * count(*) FILTER (WHERE w.critical_care) / count(*), 1) AS pct FROM episode e JOIN ward w USING (ward_code) JOIN provider pr ON pr.provider_code = w.provider_code GROUP BY pr.name ORDER BY pr.name;

-- name: bed_ratio
SELECT pr.provider_code, pr.beds, count(*) AS n, round(count(*)::numeric / pr.beds, 1) AS stays_per_bed FROM admission a JOIN provider pr USING (provider_code) GROUP BY pr.provider_code, pr.beds ORDER BY 1;

-- name: specialty_transfer
SELECT e1.specialty_code AS first, e2.specialty_code AS second, count(*) AS n FROM episode e1 JOIN episode e2 ON e2.admission_id = e1.admission_id AND e1.episode_order = 1 AND e2.episode_order = 2 GROUP BY 1, 2 ORDER BY 1, 2;

-- name: make_date_bound
SELECT count(*) AS n FROM admission WHERE admitted >= make_date(2024, 4, 1) AND admitted < make_date(2025, 4, 1);

-- name: to_date_bound
SELECT count(*) AS n FROM admission WHERE admitted >= to_date('01/04/2024', 'DD/MM/YYYY');

-- name: cast_date_bound
SELECT count(*) AS n FROM admission WHERE admitted >= '2024-04-01'::date AND admitted < ('2024-04-01'::date + interval '1 year')::date;

-- name: date_trunc_equality
SELECT count(*) AS n FROM admission WHERE date_trunc('month', admitted) = date '2024-05-01';

-- name: extract_in
SELECT extract(month FROM admitted) AS month, count(*) AS n FROM admission WHERE extract(year FROM admitted) IN (2023, 2024) GROUP BY 1 ORDER BY 1;

-- name: winter_admissions
-- within: 0.1
SELECT CASE WHEN extract(month FROM admitted) IN (12, 1, 2) THEN 'winter' ELSE 'rest' END AS season, count(*) AS n, avg(discharged - admitted) AS los FROM admission GROUP BY 1 ORDER BY 1;

-- name: overlaps_period
SELECT count(*) AS n FROM admission WHERE (admitted, discharged) OVERLAPS (date '2024-01-01', date '2024-02-01');

-- name: row_constructor_in
SELECT count(*) AS n FROM admission WHERE (provider_code, method) IN (('RA1', '21'), ('RB2', '11'));

-- name: row_constructor_equal
SELECT count(*) AS n FROM person WHERE (sex, smoker) = ('F', true);

-- name: between_symmetric
SELECT count(*) AS n FROM person WHERE bmi BETWEEN SYMMETRIC 30 AND 25;

-- name: is_distinct_from
SELECT count(*) AS n FROM person WHERE ethnicity IS DISTINCT FROM 'A';

-- name: nullif_and_coalesce
SELECT coalesce(nullif(ethnicity, 'Z'), 'unknown') AS ethnicity, count(*) AS n FROM person GROUP BY 1 ORDER BY 1;

-- name: concat_key
SELECT p.sex || '/' || a.provider_code AS stratum, count(*) AS n FROM admission a JOIN person p USING (person_id) GROUP BY 1 ORDER BY 1;

-- name: upper_label
SELECT upper(g.lad_name) AS district, count(*) AS n FROM person p JOIN geography g ON g.lsoa = p.lsoa GROUP BY 1 ORDER BY 1;

-- name: initcap_lower
SELECT initcap(lower(s.name)) AS specialty, count(*) AS n FROM outpatient o JOIN specialty s USING (specialty_code) GROUP BY 1 ORDER BY 1;

-- name: group_by_boolean_expression
SELECT discharged - admitted > 7 AS long_stay, count(*) AS n FROM admission GROUP BY 1 ORDER BY 1 NULLS LAST;

-- name: order_by_expression
SELECT method, count(*) AS n, avg(cost) AS cost FROM admission GROUP BY method ORDER BY sum(cost) DESC NULLS LAST;

-- name: limit_offset
SELECT practice_code, count(*) AS n FROM person GROUP BY practice_code ORDER BY practice_code LIMIT 3 OFFSET 2;

-- name: nested_ctes
-- within: 0.2
WITH adults AS (SELECT * FROM person WHERE extract(year FROM age(current_date, date_of_birth)) >= 18),
     stays AS (SELECT a.person_id, a.method, a.discharged - a.admitted AS los FROM admission a JOIN adults p ON p.person_id = a.person_id),
     summary AS (SELECT method, count(*) AS n, avg(los) AS los FROM stays GROUP BY method)
SELECT method, n, round(los, 1) AS los FROM summary WHERE n > 50 ORDER BY method;

-- name: lateral_last_admission
SELECT l.method, count(*) AS n FROM person p CROSS JOIN LATERAL (SELECT a.method FROM admission a WHERE a.person_id = p.person_id ORDER BY a.admitted DESC, a.admission_id DESC LIMIT 1) l GROUP BY l.method ORDER BY l.method;

-- name: correlated_count
SELECT stays, count(*) AS n FROM (SELECT p.person_id, (SELECT count(*) FROM admission a WHERE a.person_id = p.person_id) AS stays FROM person p) t GROUP BY stays ORDER BY stays;

-- name: correlated_having
SELECT count(*) AS n FROM person p WHERE (SELECT count(*) FROM admission a WHERE a.person_id = p.person_id AND a.method LIKE '2%') >= 3;

-- name: full_join_of_aggregates
SELECT coalesce(a.year, o.year) AS year, a.n AS n_stays, o.n AS n_visits FROM (SELECT extract(year FROM admitted)::int AS year, count(*) AS n FROM admission GROUP BY 1) a FULL JOIN (SELECT extract(year FROM appointment)::int AS year, count(*) AS n FROM outpatient GROUP BY 1) o ON o.year = a.year ORDER BY 1;

-- name: case_of_aggregates
SELECT provider_code, CASE WHEN count(*) >= 3000 THEN 'large' WHEN count(*) >= 1000 THEN 'medium' ELSE 'small' END AS size FROM admission GROUP BY provider_code ORDER BY 1;

-- name: min_max_of_aggregates
SELECT min(n) AS smallest, max(n) AS largest, avg(n) AS mean FROM (SELECT practice_code, count(*) AS n FROM person GROUP BY practice_code) t;

-- name: median_of_aggregates
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY n) AS median FROM (SELECT practice_code, count(*) AS n FROM person GROUP BY practice_code) t;

-- name: data_quality
SELECT count(*) AS n, count(*) FILTER (WHERE ethnicity IS NULL) AS n_no_ethnicity, count(*) FILTER (WHERE bmi IS NULL) AS n_no_bmi, count(*) FILTER (WHERE smoker IS NULL) AS n_no_smoking FROM person;

-- name: data_quality_dates
SELECT count(*) AS n FROM admission WHERE discharged < admitted;

-- name: stays_of_the_dead
SELECT count(*) AS n FROM admission a JOIN person p USING (person_id) WHERE a.admitted > p.date_of_death;

-- name: distinct_pairs
SELECT count(DISTINCT (provider_code, method)) AS n FROM admission;

-- name: distinct_codes
SELECT count(DISTINCT main_diagnosis) AS n FROM episode;

-- name: patients_per_code_distinct
SELECT e.main_diagnosis, count(DISTINCT a.person_id) AS n FROM episode e JOIN admission a ON a.admission_id = e.admission_id GROUP BY e.main_diagnosis HAVING count(DISTINCT a.person_id) >= 20 ORDER BY 2 DESC, 1;

-- name: bmi_zscore_input
SELECT sex, avg(bmi) AS mean, stddev_pop(bmi) AS sd FROM person WHERE bmi IS NOT NULL GROUP BY sex ORDER BY 1;

-- name: select_without_from
SELECT 1 AS one, current_date AS today, 'x' || 'y' AS xy;

-- name: reference_only
SELECT division, count(*) AS n, min(name) AS first, max(name) AS last FROM specialty GROUP BY division ORDER BY division;

-- name: reference_string_functions
SELECT lower(name) AS name, length(name) AS letters, replace(name, ' ', '_') AS slug, lpad(specialty_code, 5, '0') AS padded FROM specialty ORDER BY specialty_code;

-- name: survival_by_quarter
SELECT floor((date_of_death - registered) / 91.25) AS quarter, count(*) AS n FROM person WHERE date_of_death >= registered GROUP BY 1 ORDER BY 1;

-- name: survival_year_bands
SELECT CASE WHEN date_of_death - registered < 1825 THEN 'under 5 years' WHEN date_of_death - registered < 3650 THEN '5 to 10 years' ELSE 'over 10 years' END AS survived, count(*) AS n FROM person WHERE date_of_death >= registered GROUP BY 1 ORDER BY 1;

-- name: hospital_spells_over_time
SELECT a.provider_code, extract(year FROM a.admitted)::int AS year, count(*) AS n, round(avg(a.cost)) AS mean_cost, round(sum(a.cost) / 1000) AS cost_thousands FROM admission a GROUP BY a.provider_code, year ORDER BY a.provider_code, year;

-- name: greatest_least_of_columns
-- within: 0.1
SELECT avg(greatest(p.date_of_death, a.discharged) - a.admitted) AS mean FROM admission a JOIN person p USING (person_id) WHERE p.date_of_death IS NOT NULL AND a.discharged IS NOT NULL;

-- name: mode_of_admission
SELECT provider_code, mode() WITHIN GROUP (ORDER BY method) AS commonest FROM admission GROUP BY provider_code ORDER BY provider_code;

-- name: string_agg_methods
SELECT provider_code, string_agg(DISTINCT method, ',') AS methods FROM admission GROUP BY provider_code ORDER BY 1;

-- name: rows_of_people
SELECT person_id, sex, date_of_birth FROM person LIMIT 10;

-- name: one_person
SELECT count(*) AS n FROM admission WHERE person_id = 42;

-- name: free_text
SELECT count(*) AS n FROM person WHERE notes ILIKE '%dementia%';

-- name: first_stay_by_whether_drugs
SELECT f.on_drugs, count(*) AS n, avg(f.cost) AS mean_cost FROM (
  SELECT a.person_id, a.cost, row_number() OVER (PARTITION BY a.person_id ORDER BY a.admitted, a.admission_id) AS rn,
         CASE WHEN EXISTS (SELECT 1 FROM prescription r WHERE r.person_id = a.person_id) THEN 1 ELSE 0 END AS on_drugs
  FROM admission a WHERE a.cost IS NOT NULL) f
WHERE f.rn = 1 GROUP BY f.on_drugs ORDER BY 1;

-- name: stays_per_person_summary
SELECT count(*) AS rows_of_people, count(DISTINCT t.person_id) AS people, avg(t.n) AS mean_stays FROM (SELECT person_id, count(*) AS n FROM admission GROUP BY person_id) t WHERE t.n > 1;

-- name: code_list_distinct_cte
WITH ihd AS (SELECT DISTINCT code FROM icd10 WHERE chapter = 'IX') SELECT count(*) AS n FROM episode WHERE main_diagnosis IN (SELECT code FROM ihd);

-- name: code_list_distinct_joined
WITH ihd AS (SELECT DISTINCT code, description FROM icd10 WHERE chapter = 'IX') SELECT i.description, count(*) AS n FROM episode e JOIN ihd i ON i.code = e.main_diagnosis GROUP BY 1 ORDER BY 1;

-- name: code_list_grouped
SELECT count(*) AS n FROM episode WHERE main_diagnosis IN (SELECT code FROM icd10 WHERE description ILIKE '%diabetes%' GROUP BY code);

-- name: people_of_distinct_diagnoses
WITH d AS (SELECT DISTINCT a.person_id, e.main_diagnosis FROM admission a JOIN episode e ON e.admission_id = a.admission_id) SELECT count(*) AS n FROM person p WHERE EXISTS (SELECT 1 FROM d WHERE d.person_id = p.person_id AND d.main_diagnosis LIKE 'E11%');
