package io.weir.query.redteam;

/** What an attacker wants to know of one person: one bit, and the statements that make it so. */
enum Secret {
    /** What the stay was for. */
    DIAGNOSIS("update hospital.admissions set icd10 = '%s' where admission_id = %d", "N390", "J189"),
    /** Whether there was a stay at all. */
    STAY("update hospital.admissions set opted_out = %s where admission_id = %d", "false", "true"),
    /** Whether the stay was a dear one. */
    COST("update hospital.admissions set cost = %s where admission_id = %d", "54321.09", "100"),
    /** Whether the person is in the data. */
    PERSON("update hospital.patients set opted_out = %s where patient_id = %d", "false", "true");

    private final String sql;
    private final String one;
    private final String zero;

    Secret(String sql, String one, String zero) {
        this.sql = sql;
        this.one = one;
        this.zero = zero;
    }

    /** The number of the person is that of the stay. */
    String of(boolean bit, long target) {
        return sql.formatted(bit ? one : zero, target);
    }
}
