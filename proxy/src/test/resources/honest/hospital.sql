-- The hospital of the honest statements: nobody in it exists. All numbers come from h(): the same on every machine.
CREATE SCHEMA hospital;
CREATE FUNCTION hospital.h(seed int, id bigint) RETURNS double precision LANGUAGE sql IMMUTABLE
    AS $$ SELECT ((hashint8extended(id, seed) & 4294967295)::double precision) / 4294967296.0 $$;
CREATE FUNCTION hospital.pick(seed int, id bigint, choices text[]) RETURNS text LANGUAGE sql IMMUTABLE
    AS $$ SELECT choices[1 + floor(hospital.h(seed, id) * array_length(choices, 1))::int] $$;

CREATE TABLE hospital.practice (practice_code varchar(6) PRIMARY KEY, name varchar(60) NOT NULL, region varchar(20) NOT NULL, list_size int NOT NULL);
INSERT INTO hospital.practice SELECT 'P' || lpad(i::text, 5, '0'), 'Practice ' || i, (ARRAY['North','South','East'])[1 + i % 3], 5000 + 500 * i FROM generate_series(1, 8) i;
CREATE TABLE hospital.provider (provider_code varchar(3) PRIMARY KEY, name varchar(60) NOT NULL, kind varchar(20) NOT NULL, beds int NOT NULL);
INSERT INTO hospital.provider VALUES ('RA1', 'Aldermere General', 'acute', 600), ('RB2', 'Fells Teaching', 'teaching', 900), ('RC3', 'Saltcoast Orthopaedic', 'specialist', 120);
CREATE TABLE hospital.specialty (specialty_code varchar(3) PRIMARY KEY, name varchar(60) NOT NULL, division varchar(20) NOT NULL);
INSERT INTO hospital.specialty VALUES ('100', 'General surgery', 'surgical'), ('110', 'Trauma and orthopaedics', 'surgical'), ('300', 'General medicine', 'medical'), ('320', 'Cardiology', 'medical'), ('340', 'Respiratory medicine', 'medical'), ('501', 'Obstetrics', 'women and children');
CREATE TABLE hospital.ward (ward_code varchar(4) PRIMARY KEY, name varchar(60) NOT NULL, provider_code varchar(3) NOT NULL REFERENCES hospital.provider, critical_care boolean NOT NULL);
INSERT INTO hospital.ward VALUES ('W1', 'Ash', 'RA1', false), ('W2', 'Birch', 'RA1', false), ('W3', 'Intensive care', 'RA1', true), ('W4', 'Cedar', 'RB2', false), ('W5', 'High dependency', 'RB2', true), ('W6', 'Elm', 'RC3', false);
CREATE TABLE hospital.icd10 (code varchar(4) PRIMARY KEY, description varchar(90) NOT NULL, category varchar(3) NOT NULL, chapter varchar(5) NOT NULL);
INSERT INTO hospital.icd10 VALUES ('E119', 'Type 2 diabetes mellitus without complications', 'E11', 'IV'), ('E112', 'Type 2 diabetes mellitus with renal complications', 'E11', 'IV'), ('E109', 'Type 1 diabetes mellitus without complications', 'E10', 'IV'),
    ('I219', 'Acute myocardial infarction', 'I21', 'IX'), ('I500', 'Congestive heart failure', 'I50', 'IX'), ('I10X', 'Essential hypertension', 'I10', 'IX'), ('I639', 'Cerebral infarction', 'I63', 'IX'), ('I48X', 'Atrial fibrillation', 'I48', 'IX'),
    ('J449', 'Chronic obstructive pulmonary disease', 'J44', 'X'), ('J459', 'Asthma', 'J45', 'X'), ('J189', 'Pneumonia', 'J18', 'X'), ('S720', 'Fracture of neck of femur', 'S72', 'XIX'), ('C509', 'Malignant neoplasm of breast', 'C50', 'II'), ('C349', 'Malignant neoplasm of lung', 'C34', 'II'), ('N179', 'Acute renal failure', 'N17', 'XIV'), ('O800', 'Spontaneous vertex delivery', 'O80', 'XV');
CREATE TABLE hospital.opcs4 (code varchar(4) PRIMARY KEY, description varchar(90) NOT NULL, chapter varchar(1) NOT NULL);
INSERT INTO hospital.opcs4 VALUES ('W371', 'Primary total hip replacement', 'W'), ('W401', 'Primary total knee replacement', 'W'), ('K491', 'Coronary angioplasty', 'K'), ('K401', 'Coronary bypass', 'K'), ('H221', 'Colonoscopy', 'H'), ('C712', 'Cataract extraction', 'C'), ('R172', 'Emergency caesarean', 'R');
CREATE TABLE hospital.bnf (code varchar(9) PRIMARY KEY, name varchar(60) NOT NULL, chapter varchar(2) NOT NULL);
INSERT INTO hospital.bnf VALUES ('0601022B0', 'Metformin', '06'), ('0601011A0', 'Insulin', '06'), ('0212000B0', 'Atorvastatin', '02'), ('0205051R0', 'Ramipril', '02'), ('0301011R0', 'Salbutamol', '03'), ('0407010H0', 'Paracetamol', '04'), ('0501013B0', 'Amoxicillin', '05');
CREATE TABLE hospital.lab_test (test_code varchar(8) PRIMARY KEY, name varchar(60) NOT NULL, unit varchar(20) NOT NULL);
INSERT INTO hospital.lab_test VALUES ('HBA1C', 'Glycated haemoglobin', 'mmol/mol'), ('EGFR', 'Estimated filtration rate', 'mL/min/1.73m2'), ('CRP', 'C-reactive protein', 'mg/L'), ('HB', 'Haemoglobin', 'g/L');
CREATE TABLE hospital.ethnicity (code varchar(2) PRIMARY KEY, description varchar(60) NOT NULL, ethnic_group varchar(30) NOT NULL);
INSERT INTO hospital.ethnicity VALUES ('A', 'British', 'White'), ('B', 'Irish', 'White'), ('F', 'White and Asian', 'Mixed'), ('H', 'Indian', 'Asian'), ('J', 'Pakistani', 'Asian'), ('M', 'Caribbean', 'Black'), ('Z', 'Not stated', 'Unknown');
CREATE TABLE hospital.sex (code varchar(1) PRIMARY KEY, description varchar(40) NOT NULL);
INSERT INTO hospital.sex VALUES ('F', 'Female'), ('M', 'Male');
CREATE TABLE hospital.geography (lsoa varchar(9) PRIMARY KEY, lad varchar(9) NOT NULL, lad_name varchar(40) NOT NULL, region varchar(20) NOT NULL, imd_decile smallint NOT NULL, rural boolean NOT NULL);
INSERT INTO hospital.geography SELECT 'E' || lpad(i::text, 8, '0'), 'L0' || i % 4, (ARRAY['Aldermere','Fells','Saltcoast','Moor'])[1 + i % 4], (ARRAY['North','North','South','South'])[1 + i % 4], 1 + i % 10, i % 5 = 0 FROM generate_series(1, 40) i;
CREATE TABLE hospital.standard_population (age_band varchar(5), sex varchar(1), weight int NOT NULL, PRIMARY KEY (age_band, sex));
INSERT INTO hospital.standard_population SELECT b, s, w FROM (VALUES ('0-17', 20000), ('18-39', 30000), ('40-64', 32000), ('65-79', 13000), ('80+', 5000)) v(b, w), (VALUES ('F'), ('M')) x(s);

CREATE TABLE hospital.person (person_id bigint PRIMARY KEY, nhs_number char(10), date_of_birth date NOT NULL, sex varchar(1) NOT NULL, ethnicity varchar(2), lsoa varchar(9) NOT NULL, practice_code varchar(6) NOT NULL,
    registered date NOT NULL, date_of_death date, smoker boolean, bmi numeric(4,1), notes text);
INSERT INTO hospital.person
SELECT i, lpad((9000000000 + i * 7)::text, 10, '0'), date '1932-01-01' + floor(hospital.h(1, i) * 32800)::int, CASE WHEN hospital.h(2, i) < 0.52 THEN 'F' ELSE 'M' END,
    CASE WHEN hospital.h(3, i) < 0.08 THEN NULL WHEN hospital.h(3, i) < 0.6 THEN 'A' ELSE hospital.pick(4, i, ARRAY['B','F','H','J','M','Z']) END,
    'E' || lpad((1 + floor(hospital.h(5, i) * 40))::int::text, 8, '0'), 'P' || lpad((1 + floor(hospital.h(6, i) * 8))::int::text, 5, '0'),
    date '2010-01-01' + floor(hospital.h(7, i) * 4000)::int,
    CASE WHEN hospital.h(8, i) < 0.06 THEN date '2022-06-01' + floor(hospital.h(9, i) * 1400)::int END,
    CASE WHEN hospital.h(10, i) < 0.1 THEN NULL ELSE hospital.h(10, i) < 0.35 END,
    CASE WHEN hospital.h(11, i) > 0.12 THEN round((17 + hospital.h(12, i) * 26)::numeric, 1) END, 'seen ' || i
FROM generate_series(1, 3000) i;

CREATE TABLE hospital.admission (admission_id bigint PRIMARY KEY, person_id bigint NOT NULL REFERENCES hospital.person, provider_code varchar(3) NOT NULL, admitted date NOT NULL, discharged date, admitted_at timestamp NOT NULL,
    method varchar(2) NOT NULL, destination varchar(2), day_case boolean NOT NULL, cost numeric(10,2));
INSERT INTO hospital.admission
SELECT a, p, provider, admitted, CASE WHEN admitted + stay <= date '2026-09-30' AND hospital.h(36, a) > 0.01 THEN admitted + stay END, admitted + make_interval(hours => floor(hospital.h(30, a) * 24)::int, mins => floor(hospital.h(31, a) * 60)::int),
    CASE WHEN stay = 0 THEN '11' ELSE method END, CASE WHEN admitted + stay <= date '2026-09-30' AND hospital.h(36, a) > 0.01 THEN CASE WHEN hospital.h(32, a) < 0.8 THEN '19' ELSE hospital.pick(33, a, ARRAY['51','54','79']) END END, stay = 0,
    CASE WHEN hospital.h(34, a) > 0.03 THEN round((400 + 350 * stay + 3000 * hospital.h(35, a))::numeric, 2) END
FROM (SELECT a, 1 + floor(power(hospital.h(20, a), 1.5) * 2990)::int AS p, hospital.pick(21, a, ARRAY['RA1','RA1','RB2','RB2','RC3']) AS provider, date '2021-04-01' + floor(hospital.h(22, a) * 2005)::int AS admitted,
    CASE WHEN hospital.h(23, a) < 0.3 THEN 0 ELSE 1 + floor(-ln(1 - hospital.h(24, a)) * 5)::int END AS stay, hospital.pick(25, a, ARRAY['11','12','13','21','21','21','22','24','28','31']) AS method
    FROM generate_series(1, 9000) a) x;

CREATE TABLE hospital.episode (episode_id bigint PRIMARY KEY, admission_id bigint NOT NULL REFERENCES hospital.admission, episode_order smallint NOT NULL, started date NOT NULL, ended date, specialty_code varchar(3) NOT NULL, ward_code varchar(4) NOT NULL, main_diagnosis varchar(4));
INSERT INTO hospital.episode
SELECT admission_id * 10 + n, admission_id, n, admitted + n - 1, discharged, hospital.pick(40, admission_id * 10 + n, ARRAY['100','110','300','300','320','340','501']),
    CASE provider_code WHEN 'RA1' THEN hospital.pick(41, admission_id * 10 + n, ARRAY['W1','W2','W3']) WHEN 'RB2' THEN hospital.pick(41, admission_id * 10 + n, ARRAY['W4','W5']) ELSE 'W6' END,
    CASE WHEN hospital.h(42, admission_id * 10 + n) > 0.02 THEN hospital.pick(43, admission_id * 10 + n, ARRAY['E119','E112','E109','I219','I500','I10X','I639','I48X','J449','J459','J189','S720','C509','C349','N179','O800']) END
FROM hospital.admission, generate_series(1, 2) n WHERE n = 1 OR hospital.h(44, admission_id) < 0.3 AND NOT day_case;

CREATE TABLE hospital.diagnosis (episode_id bigint NOT NULL REFERENCES hospital.episode, position smallint NOT NULL, icd10 varchar(4) NOT NULL, PRIMARY KEY (episode_id, position));
INSERT INTO hospital.diagnosis
SELECT episode_id, n, CASE WHEN n = 1 AND main_diagnosis IS NOT NULL THEN main_diagnosis ELSE hospital.pick(50 + n, episode_id, ARRAY['E119','E112','E109','I500','I10X','I10X','I48X','J449','J459','N179']) END
FROM hospital.episode, generate_series(1, 4) n WHERE n = 1 OR hospital.h(60 + n, episode_id) < 0.5;

CREATE TABLE hospital.procedure (procedure_id bigint PRIMARY KEY, admission_id bigint NOT NULL REFERENCES hospital.admission, opcs4 varchar(4) NOT NULL, done date NOT NULL);
INSERT INTO hospital.procedure SELECT admission_id * 10 + n, admission_id, hospital.pick(70, admission_id * 10 + n, ARRAY['W371','W401','K491','K401','H221','C712','R172']), admitted + floor(hospital.h(71, admission_id) * 2)::int
FROM hospital.admission, generate_series(1, 2) n WHERE hospital.h(72 + n, admission_id) < 0.35;

CREATE TABLE hospital.prescription (prescription_id bigint PRIMARY KEY, person_id bigint NOT NULL REFERENCES hospital.person, prescribed date NOT NULL, bnf_code varchar(9) NOT NULL, quantity int NOT NULL, days_supply int NOT NULL, cost numeric(8,2) NOT NULL);
INSERT INTO hospital.prescription
SELECT i, 1 + floor(hospital.h(80, i) * 2800)::int, date '2021-04-01' + floor(hospital.h(81, i) * 2005)::int, hospital.pick(82, i, ARRAY['0601022B0','0601011A0','0212000B0','0205051R0','0301011R0','0407010H0','0501013B0']),
    (ARRAY[28, 56, 84, 100])[1 + floor(hospital.h(83, i) * 4)::int], (ARRAY[7, 28, 56])[1 + floor(hospital.h(84, i) * 3)::int], round((1 + hospital.h(85, i) * 40)::numeric, 2)
FROM generate_series(1, 20000) i;

CREATE TABLE hospital.lab_result (result_id bigint PRIMARY KEY, person_id bigint NOT NULL REFERENCES hospital.person, test_code varchar(8) NOT NULL, taken date NOT NULL, value numeric, abnormal boolean NOT NULL);
INSERT INTO hospital.lab_result
SELECT i, p, test, taken, CASE WHEN hospital.h(94, i) > 0.03 THEN v END, v > 60 FROM (
    SELECT i, 1 + floor(hospital.h(90, i) * 2700)::int AS p, hospital.pick(91, i, ARRAY['HBA1C','EGFR','CRP','HB']) AS test, date '2021-04-01' + floor(hospital.h(92, i) * 2005)::int AS taken, round((20 + hospital.h(93, i) * 80)::numeric, 0) AS v
    FROM generate_series(1, 15000) i) x;

CREATE TABLE hospital.outpatient (appointment_id bigint PRIMARY KEY, person_id bigint NOT NULL REFERENCES hospital.person, specialty_code varchar(3) NOT NULL, referred date NOT NULL, appointment date NOT NULL, attended boolean, first_visit boolean NOT NULL);
INSERT INTO hospital.outpatient
SELECT i, 1 + floor(hospital.h(100, i) * 2900)::int, hospital.pick(101, i, ARRAY['100','110','300','320','340','501']), d, d + floor(hospital.h(103, i) * 300)::int, CASE WHEN hospital.h(104, i) > 0.05 THEN hospital.h(104, i) < 0.9 END, hospital.h(105, i) < 0.4
FROM (SELECT i, date '2021-04-01' + floor(hospital.h(102, i) * 1900)::int AS d FROM generate_series(1, 12000) i) x;
DROP FUNCTION hospital.pick(int, bigint, text[]);
DROP FUNCTION hospital.h(int, bigint);
CREATE INDEX ON hospital.admission (person_id);
CREATE INDEX ON hospital.episode (admission_id);
CREATE INDEX ON hospital.procedure (admission_id);
CREATE INDEX ON hospital.prescription (person_id);
CREATE INDEX ON hospital.lab_result (person_id);
CREATE INDEX ON hospital.outpatient (person_id);
ANALYZE;
