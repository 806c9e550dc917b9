package io.weir.query.parse;

import io.weir.policy.DatasetName;
import io.weir.query.catalog.GovernedSchema;
import io.weir.query.type.ColumnType;
import io.weir.query.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Part of the OMOP common data model 5.4 (OHDSI), and one table of awkward types, as a governed schema. */
final class OmopSchema {
    private static final Pattern COLUMN =
            Pattern.compile("(?:\"([^\"]+)\"|(\\w+)) (\\w+)(?:\\((\\d+)(?:\\.(\\d+))?\\))?(!?)");

    private static final List<String> TABLES = List.of(
            "person/person_id: person_id int4!, gender_concept_id int4!, year_of_birth int4!, month_of_birth int4, day_of_birth int4, birth_datetime timestamp, race_concept_id int4!, ethnicity_concept_id int4!, location_id int4, provider_id int4, care_site_id int4, person_source_value varchar(50), gender_source_value varchar(50)",
            "visit_occurrence/visit_occurrence_id: visit_occurrence_id int4!, person_id int4!, visit_concept_id int4!, visit_start_date date!, visit_start_datetime timestamp, visit_end_date date!, visit_end_datetime timestamp, visit_type_concept_id int4!, provider_id int4, care_site_id int4",
            "condition_occurrence/condition_occurrence_id: condition_occurrence_id int4!, person_id int4!, condition_concept_id int4!, condition_start_date date!, condition_start_datetime timestamp, condition_end_date date, condition_type_concept_id int4!, visit_occurrence_id int4",
            "drug_exposure/drug_exposure_id: drug_exposure_id int4!, person_id int4!, drug_concept_id int4!, drug_exposure_start_date date!, drug_exposure_end_date date!, refills int4, quantity numeric, days_supply int4, visit_occurrence_id int4",
            "drug_era/drug_era_id: drug_era_id int4!, person_id int4!, drug_concept_id int4!, drug_era_start_date date!, drug_era_end_date date!, drug_exposure_count int4, gap_days int4",
            "device_exposure/device_exposure_id: device_exposure_id int4!, person_id int4!, device_concept_id int4!, device_exposure_start_date date!",
            "measurement/measurement_id: measurement_id int4!, person_id int4!, measurement_concept_id int4!, measurement_date date!, value_as_number numeric, value_as_concept_id int4, unit_concept_id int4, visit_occurrence_id int4",
            "observation_period/observation_period_id: observation_period_id int4!, person_id int4!, observation_period_start_date date!, observation_period_end_date date!, period_type_concept_id int4!",
            "death/person_id: person_id int4!, death_date date!, death_datetime timestamp, cause_concept_id int4",
            "location/location_id: location_id int4!, city varchar(50), state varchar(2), zip varchar(9), county varchar(20)",
            "provider/provider_id: provider_id int4!, specialty_concept_id int4, care_site_id int4, year_of_birth int4",
            "care_site/care_site_id: care_site_id int4!, care_site_name varchar(255), place_of_service_concept_id int4, location_id int4",
            "concept/concept_id: concept_id int4!, concept_name varchar(255)!, domain_id varchar(20)!, vocabulary_id varchar(20)!, concept_class_id varchar(20)!, standard_concept varchar(1), concept_code varchar(50)!, valid_start_date date!, valid_end_date date!",
            "domain/domain_id: domain_id varchar(20)!, domain_name varchar(255)!, domain_concept_id int4!",
            "concept_class/concept_class_id: concept_class_id varchar(20)!, concept_class_name varchar(255)!, concept_class_concept_id int4!",
            "patient_ext/person_id: person_id int4!, nhs_number char(10), lsoa varchar(11), flag bool, score numeric(8.3), ratio float4, small int2, big int8, seen_at timestamptz, t_of_day time, ivl interval, uid uuid, \"Mixed Case\" text, \"order\" int4");

    private OmopSchema() {}

    static GovernedSchema schema() {
        List<GovernedSchema.Table> tables = new ArrayList<>();
        for (String definition : TABLES) {
            String head = definition.substring(0, definition.indexOf(':'));
            List<GovernedSchema.Column> columns = new ArrayList<>();
            Matcher m = COLUMN.matcher(definition.substring(definition.indexOf(':') + 2));
            while (m.find()) {
                String name = m.group(1) != null ? m.group(1) : m.group(2);
                columns.add(new GovernedSchema.Column(name, type(m), m.group(6).isEmpty(), ""));
            }
            tables.add(new GovernedSchema.Table(
                    new DatasetName("cdm", head.substring(0, head.indexOf('/'))),
                    "",
                    columns,
                    List.of(head.substring(head.indexOf('/') + 1)),
                    List.of()));
        }
        return new GovernedSchema("0".repeat(64), tables);
    }

    private static ColumnType type(Matcher m) {
        SqlType type = SqlType.byName(m.group(3)).orElseThrow();
        if (m.group(4) == null) {
            return ColumnType.of(type);
        }
        int length = Integer.parseInt(m.group(4));
        return m.group(5) == null
                ? new ColumnType(type, length + 4)
                : new ColumnType(type, (length << 16 | Integer.parseInt(m.group(5))) + 4);
    }
}
