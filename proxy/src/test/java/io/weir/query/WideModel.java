package io.weir.query;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The common data model with the tables and columns that OHDSI's characterisation asks for and the honest statements do not: columns of the source, and what an
 * operator's policy says of each by the model's own names.
 */
final class WideModel {
    /** A table, where its rows come from if it is new, and its columns. */
    private static final List<String> TABLES = List.of(
            "condition_occurrence||condition_source_concept_id int, condition_status_concept_id int, provider_id int",
            "drug_exposure||drug_source_concept_id int, drug_type_concept_id int, provider_id int",
            "procedure_occurrence||procedure_source_concept_id int, provider_id int",
            "measurement||measurement_source_concept_id int, measurement_type_concept_id int, operator_concept_id int, provider_id int,"
                    + " range_high numeric, range_low numeric",
            "observation||observation_source_concept_id int, qualifier_concept_id int, unit_concept_id int, value_as_concept_id int, provider_id int,"
                    + " value_as_number numeric, value_as_string varchar(60), visit_occurrence_id int",
            "device_exposure||device_source_concept_id int, device_type_concept_id int, visit_occurrence_id int, provider_id int",
            "death||death_type_concept_id int, cause_source_concept_id int",
            "provider||specialty_source_concept_id int",
            "visit_occurrence||visit_source_concept_id int, discharge_to_concept_id int, discharged_to_concept_id int",
            "visit_detail|visit_occurrence_id AS visit_detail_id, person_id, visit_start_date AS visit_detail_start_date, visit_end_date AS visit_detail_end_date,"
                    + " visit_occurrence_id FROM cdm.visit_occurrence|visit_detail_concept_id int, visit_detail_source_concept_id int,"
                    + " visit_detail_type_concept_id int, discharge_to_concept_id int, discharged_to_concept_id int, provider_id int, care_site_id int",
            "payer_plan_period|observation_period_id AS payer_plan_period_id, person_id, observation_period_start_date AS payer_plan_period_start_date,"
                    + " observation_period_end_date AS payer_plan_period_end_date FROM cdm.observation_period|payer_concept_id int, payer_source_concept_id int",
            "cost|drug_exposure_id AS cost_id, drug_exposure_id AS cost_event_id, person_id FROM cdm.drug_exposure|cost_domain_id varchar(20),"
                    + " total_paid numeric, total_cost numeric, total_charge numeric, paid_by_payer numeric, paid_by_patient numeric, paid_by_primary numeric,"
                    + " paid_patient_copay numeric, paid_patient_coinsurance numeric, paid_patient_deductible numeric, paid_ingredient_cost numeric,"
                    + " paid_dispensing_fee numeric, revenue_code_concept_id int",
            "note|visit_occurrence_id AS note_id, person_id, visit_start_date AS note_date, visit_occurrence_id FROM cdm.visit_occurrence|note_type_concept_id int",
            "specimen|measurement_id AS specimen_id, person_id, measurement_date AS specimen_date FROM cdm.measurement|specimen_concept_id int,"
                    + " specimen_type_concept_id int");

    private WideModel() {}

    /** Tables and columns that the test model lacks, with values that depend on a row's number. */
    static String ddl() {
        StringBuilder sql = new StringBuilder();
        for (String table : TABLES) {
            String[] parts = table.split("\\|", -1);
            String name = "cdm." + parts[0];
            if (!parts[1].isEmpty()) {
                sql.append("CREATE TABLE %s AS SELECT %s;\n".formatted(name, parts[1]));
            }
            List<String> values = new ArrayList<>();
            for (String column : parts[2].split(", *")) {
                sql.append("ALTER TABLE %s ADD COLUMN %s;\n".formatted(name, column));
                values.add(column.split(" ")[0] + " = " + value(column));
            }
            sql.append("UPDATE %s t SET %s;\n".formatted(name, String.join(", ", values)));
        }
        return sql.toString();
    }

    private static String value(String column) {
        String name = column.split(" ")[0];
        return switch (name) {
            case "cost_domain_id" -> "'Drug'";
            case "value_as_string" -> "NULL";
            case "provider_id" -> "1 + person_id % 12";
            case "care_site_id" -> "1 + person_id % 5";
            case "visit_occurrence_id" ->
                "(SELECT min(v.visit_occurrence_id) FROM cdm.visit_occurrence v WHERE v.person_id = t.person_id)";
            case "specialty_source_concept_id" -> "0";
            default -> name.endsWith("concept_id") ? "32817 + person_id % 3" : "person_id % 50";
        };
    }

    /** What the operator writes about them, into a copy of the policy. */
    static void policy(Path directory) throws IOException {
        Path agreement = directory.resolve("agreements/omop.yaml");
        Path profile = directory.resolve("profiles/nearest-5.yaml");
        Files.writeString(profile, Files.readString(profile).stripTrailing() + "\nextremes: hidden\n");
        for (String table : TABLES) {
            String[] parts = table.split("\\|", -1);
            Path file = directory.resolve("datasets/cdm-" + parts[0] + ".yaml");
            StringBuilder text = new StringBuilder();
            if (parts[1].isEmpty()) {
                String own = Files.readString(file).stripTrailing();
                text.append(own.replaceFirst(
                                "links:\n",
                                "links:\n"
                                        + links(parts[2] + (parts[0].equals("visit_occurrence") ? "provider_id" : ""))))
                        .append('\n');
            } else {
                text.append(dataset(parts[0], links(parts[1] + parts[2])));
                for (String column : parts[1].split(" FROM ")[0].split(", *")) {
                    String name = column.replaceAll(".* AS ", "").strip();
                    text.append(line(parts[0], name, name.endsWith("_date") ? "date" : "integer"));
                }
                Files.writeString(
                        agreement,
                        Files.readString(agreement)
                                .replace("grants:\n", "grants:\n  - {dataset: cdm." + parts[0] + ", columns: all}\n"));
            }
            for (String column : parts[2].split(", *")) {
                String[] words = column.split(" ");
                text.append(line(parts[0], words[0], words[1].equals("int") ? "integer" : words[1]));
            }
            Files.writeString(file, text);
        }
        periods(directory);
    }

    /** Keys of other tables lead to them. */
    private static String links(String columns) {
        StringBuilder links = new StringBuilder();
        for (String table : List.of("provider", "care_site", "visit_occurrence")) {
            if (columns.contains(table + "_id")) {
                links.append("  - {columns: [%1$s_id], target: cdm.%1$s, targetColumns: [%1$s_id]}\n".formatted(table));
            }
        }
        return links.toString();
    }

    /** The model's own dates have a period, as an operator declares it. */
    private static void periods(Path directory) throws IOException {
        for (Path file : PolicyEdits.files(directory.resolve("datasets"))) {
            if (file.getFileName().toString().startsWith("cdm-")) {
                Files.writeString(
                        file,
                        Files.readString(file)
                                .replaceAll(
                                        "(type: date, .*nullable: false, grid: \\{dates: month})}",
                                        "$1, domain: {from: 2000-01-01, until: 2026-01-01}}"));
            }
        }
    }

    private static String dataset(String table, String links) {
        String key = table + "_id";
        String drug = table.equals("cost")
                ? "  - {columns: [cost_event_id], target: cdm.drug_exposure, targetColumns: [drug_exposure_id]}\n"
                : "";
        return """
                name: cdm.%s
                source: hospital
                kind: personal
                description: Of the model
                owner: aldermere-trust
                recordKey: [%s]
                links:
                  - {columns: [person_id], target: cdm.person, targetColumns: [person_id], carriesSubject: true}
                %s%scolumns:
                """.formatted(table, key, links, drug);
    }

    private static String line(String table, String name, String type) {
        String rest;
        if (table.equals("provider")) {
            rest = "class: public";
        } else if (name.equals("person_id")) {
            rest = "class: identifier, namespace: omop-person, nullable: false";
        } else if (name.equals("visit_occurrence_id")) {
            rest = "class: identifier, namespace: visit";
        } else if (name.equals("cost_event_id")) {
            rest = "class: identifier, namespace: drug, nullable: false";
        } else if (name.equals(table + "_id")) {
            rest = "class: identifier, namespace: " + table.replace("_", "") + ", nullable: false";
        } else if (name.endsWith("_date")) {
            rest = "class: quasi, nullable: false, grid: {dates: month}, domain: {from: 2000-01-01, until: 2026-01-01}";
        } else if (type.equals("numeric")) {
            rest = "class: attribute, grid: one-two-five, roundingStep: 500";
        } else {
            rest = "class: attribute";
        }
        return "  - {name: %s, type: %s, description: Of the model, %s}\n".formatted(name, quoted(type), rest);
    }

    private static String quoted(String type) {
        return type.contains("(") ? '"' + type + '"' : type;
    }
}
