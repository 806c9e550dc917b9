package io.weir.query;

/** A dataset about the demo's patients, as the policy writes it: linked to them, without those who have opted out. */
public final class PersonalDataset {
    private PersonalDataset() {}

    /**
     * @param name with schema
     * @param key column of its record number, a bigint
     * @param namespace of the record number's pseudonyms
     * @param columns lines of the columns besides record number, patient and opt-out, each with {@code - } before it and a line's end
     */
    public static String yaml(String name, String key, String namespace, String columns) {
        return """
                name: %s
                source: hospital
                kind: personal
                description: Of the tests
                owner: aldermere-trust
                recordKey: [%s]
                links:
                  - columns: [patient_id]
                    target: hospital.patients
                    targetColumns: [patient_id]
                    carriesSubject: true
                optOut:
                  - column: opted_out
                    in: ["false"]
                columns:
                  - {name: %s, type: bigint, class: identifier, description: Number, nullable: false, namespace: %s}
                  - {name: patient_id, type: bigint, class: identifier, description: Patient, nullable: false, namespace: patient}
                  - {name: opted_out, type: boolean, class: attribute, description: Opt-out, nullable: false}
                """.formatted(name, key, key, namespace) + columns.indent(2);
    }
}
