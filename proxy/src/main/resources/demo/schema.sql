-- The demo hospital: synthetic people, invented places. Created and filled in one transaction; keys and indexes follow in keys.sql.
CREATE SCHEMA hospital;

CREATE TABLE hospital.sexes (
    code        varchar(1)  NOT NULL,
    description varchar(40) NOT NULL
);
CREATE TABLE hospital.ethnicities (
    code        varchar(2)  NOT NULL,
    description varchar(60) NOT NULL,
    ethnic_group varchar(30) NOT NULL
);
CREATE TABLE hospital.geography (
    lsoa       varchar(9)  NOT NULL,
    msoa       varchar(9)  NOT NULL,
    lad        varchar(9)  NOT NULL,
    lad_name   varchar(40) NOT NULL,
    region     varchar(20) NOT NULL,
    imd_decile smallint    NOT NULL,
    population integer     NOT NULL
);
CREATE TABLE hospital.providers (
    provider_code varchar(3)  NOT NULL,
    name          varchar(60) NOT NULL,
    kind          varchar(20) NOT NULL,
    region        varchar(20) NOT NULL
);
CREATE TABLE hospital.practices (
    practice_code varchar(6)  NOT NULL,
    name          varchar(60) NOT NULL,
    lsoa          varchar(9)  NOT NULL,
    region        varchar(20) NOT NULL
);
CREATE TABLE hospital.icd10 (
    code        varchar(4)  NOT NULL,
    description varchar(90) NOT NULL,
    category    varchar(3)  NOT NULL,
    chapter     varchar(5)  NOT NULL
);
CREATE TABLE hospital.bnf (
    code      varchar(9)  NOT NULL,
    name      varchar(60) NOT NULL,
    chapter   varchar(2)  NOT NULL
);
CREATE TABLE hospital.patients (
    patient_id    bigint      NOT NULL,
    nhs_number    char(10),
    given_name    varchar(40) NOT NULL,
    family_name   varchar(40) NOT NULL,
    date_of_birth date        NOT NULL,
    sex           varchar(1)  NOT NULL,
    ethnicity     varchar(2),
    lsoa          varchar(9),
    practice_code varchar(6)  NOT NULL,
    imd_decile    smallint,
    opted_out     boolean     NOT NULL,
    registered    date        NOT NULL,
    notes         text
);
CREATE TABLE hospital.admissions (
    admission_id  bigint     NOT NULL,
    patient_id    bigint     NOT NULL,
    admitted      date       NOT NULL,
    discharged    date,
    method        varchar(2) NOT NULL,
    icd10         varchar(4),
    provider_code varchar(3) NOT NULL,
    cost          numeric(10, 2),
    opted_out     boolean    NOT NULL,
    notes         text
);
CREATE TABLE hospital.prescriptions (
    prescription_id bigint     NOT NULL,
    patient_id      bigint     NOT NULL,
    prescribed      date       NOT NULL,
    bnf_code        varchar(9) NOT NULL,
    quantity        integer    NOT NULL,
    cost            numeric(8, 2),
    opted_out       boolean    NOT NULL
);
