ALTER TABLE hospital.sexes ADD PRIMARY KEY (code);
ALTER TABLE hospital.ethnicities ADD PRIMARY KEY (code);
ALTER TABLE hospital.geography ADD PRIMARY KEY (lsoa);
ALTER TABLE hospital.providers ADD PRIMARY KEY (provider_code);
ALTER TABLE hospital.practices ADD PRIMARY KEY (practice_code), ADD FOREIGN KEY (lsoa) REFERENCES hospital.geography;
ALTER TABLE hospital.icd10 ADD PRIMARY KEY (code);
ALTER TABLE hospital.bnf ADD PRIMARY KEY (code);
ALTER TABLE hospital.patients
    ADD PRIMARY KEY (patient_id),
    ADD UNIQUE (nhs_number),
    ADD FOREIGN KEY (sex) REFERENCES hospital.sexes,
    ADD FOREIGN KEY (ethnicity) REFERENCES hospital.ethnicities,
    ADD FOREIGN KEY (lsoa) REFERENCES hospital.geography,
    ADD FOREIGN KEY (practice_code) REFERENCES hospital.practices;
ALTER TABLE hospital.admissions
    ADD PRIMARY KEY (admission_id),
    ADD FOREIGN KEY (patient_id) REFERENCES hospital.patients,
    ADD FOREIGN KEY (icd10) REFERENCES hospital.icd10,
    ADD FOREIGN KEY (provider_code) REFERENCES hospital.providers;
ALTER TABLE hospital.prescriptions
    ADD PRIMARY KEY (prescription_id),
    ADD FOREIGN KEY (patient_id) REFERENCES hospital.patients,
    ADD FOREIGN KEY (bnf_code) REFERENCES hospital.bnf;
CREATE INDEX ON hospital.admissions (patient_id);
CREATE INDEX ON hospital.admissions (admitted);
CREATE INDEX ON hospital.admissions (icd10 varchar_pattern_ops);
CREATE INDEX ON hospital.prescriptions (patient_id);
CREATE INDEX ON hospital.prescriptions (prescribed);
ANALYZE;
