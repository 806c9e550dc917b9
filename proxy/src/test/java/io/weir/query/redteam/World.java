package io.weir.query.redteam;

import io.weir.connector.postgresql.PostgresSourceConnector;
import io.weir.embedded.TestPostgres.TestDatabase;
import io.weir.query.DemoRoad;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The demo hospital with some pairs of people more, a target and a decoy each, who look alike to every analyst: the same year of birth, sex, home as it
 * is shown, practice, months of registration, of stays and of prescriptions, age at each of them. In all worlds but the first they have exchanged a secret.
 *
 * @param name what was exchanged
 */
record World(String name, TestDatabase database, PostgresSourceConnector connector) {
    /** What a pair exchanges. */
    enum Exchange {
        NOTHING(""),
        /** What a stay was for and what it cost, and what was dispensed. */
        DIAGNOSIS("""
                update hospital.admissions a set icd10 = b.icd10, cost = b.cost, notes = b.notes from hospital.admissions b
                where a.admission_id in (%1$d, %2$d) and b.admission_id = %1$d + %2$d - a.admission_id;
                update hospital.prescriptions a set bnf_code = b.bnf_code, quantity = b.quantity, cost = b.cost
                from hospital.prescriptions b
                where a.prescription_id in (%1$d, %2$d) and b.prescription_id = %1$d + %2$d - a.prescription_id"""),
        /** Whose stay it was, and whose prescription. */
        OWNER("""
                update hospital.admissions set patient_id = %1$d + %2$d - patient_id where admission_id in (%1$d, %2$d);
                update hospital.prescriptions set patient_id = %1$d + %2$d - patient_id
                where prescription_id in (%1$d, %2$d)"""),
        /** Names, NHS number and everything about the person that is shown coarsened. */
        IDENTITY("""
                create temp table was as select * from hospital.patients where patient_id in (%1$d, %2$d);
                update hospital.patients set nhs_number = null where patient_id in (%1$d, %2$d);
                update hospital.patients a set nhs_number = b.nhs_number, given_name = b.given_name,
                    family_name = b.family_name, date_of_birth = b.date_of_birth, lsoa = b.lsoa,
                    registered = b.registered, notes = b.notes
                from was b where a.patient_id in (%1$d, %2$d) and b.patient_id = %1$d + %2$d - a.patient_id;
                drop table was""");

        private final String sql;

        Exchange(String sql) {
            this.sql = sql;
        }
    }

    /** The first pair is {@code TARGET} and {@code TARGET + 1}; the next ones follow in steps of ten. */
    static final long TARGET = 9_000_010;

    /** Conditions on the person that the pair is modelled on: of a large group, of a small one, of one with missing values. */
    private static final List<String> MODELS = List.of(
            "ethnicity = 'A' and lsoa is not null and sex = 'F'",
            "ethnicity in ('G', 'T', 'S', 'E') and lsoa is not null and sex = 'M'",
            "ethnicity is null",
            "lsoa is null");

    /** The same hospital once for each exchange, the first one untouched. */
    static List<World> all() throws SQLException {
        List<World> worlds = new ArrayList<>();
        for (Exchange exchange : Exchange.values()) {
            worlds.add(of(exchange));
        }
        return List.copyOf(worlds);
    }

    private static World of(Exchange exchange) throws SQLException {
        TestDatabase database = DemoRoad.hospital();
        database.run(pairs().toArray(String[]::new));
        if (exchange != Exchange.NOTHING) {
            database.run(exchanging(exchange).toArray(String[]::new));
        }
        return new World(exchange.name().toLowerCase(java.util.Locale.ROOT), database, DemoRoad.connector(database));
    }

    /** Statements that add the pairs to a demo hospital. */
    static List<String> pairs() {
        List<String> statements = new ArrayList<>();
        for (int pair = 0; pair < MODELS.size(); pair++) {
            long target = TARGET + 10L * pair;
            for (long person = target; person <= target + 1; person++) {
                statements.add(person(person, target, MODELS.get(pair)));
                statements.add(stays(person, target));
                statements.add(prescriptions(person, target));
            }
        }
        return statements;
    }

    /** The numbers of the people of all pairs. */
    static Stream<Long> people() {
        return IntStream.range(0, MODELS.size())
                .mapToObj(pair -> TARGET + 10L * pair)
                .flatMap(target -> Stream.of(target, target + 1));
    }

    /** Statements that exchange something between the two of every pair. */
    static List<String> exchanging(Exchange exchange) {
        List<String> statements = new ArrayList<>();
        for (int pair = 0; pair < MODELS.size(); pair++) {
            long target = TARGET + 10L * pair;
            statements.add(exchange.sql.formatted(target, target + 1));
        }
        return statements;
    }

    /** What PostgreSQL itself answers, as it writes the values. */
    List<List<String>> truth(String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<List<String>> all = new ArrayList<>();
            while (rows.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    row.add(String.valueOf(rows.getString(i)));
                }
                all.add(row);
            }
            return all;
        }
    }

    /**
     * The decoy's exact values differ from the target's: day of birth and of registration, small area of the same kind. Ages in whole years do not: nothing happens to
     * either of the two between their birthdays, which are after March, May and June, and not on two sides of the month of registration.
     */
    private static String person(long id, long target, String model) {
        long other = id - target;
        return """
                insert into hospital.patients
                select %1$d, '00000%3$05d', 'Given%1$d', 'Family%1$d', date_trunc('year', p.date_of_birth)::date
                    + case when extract(month from registered) between 7 and 10 then 311 + 40 * %2$d else 200 + 100 * %2$d end, sex, ethnicity,
                    (select min(g.lsoa) from hospital.geography g join hospital.geography h using (lad, imd_decile)
                     where h.lsoa = p.lsoa and (%2$d = 0 or g.lsoa > p.lsoa or g.lsoa = p.lsoa)),
                    practice_code, imd_decile, false, date_trunc('month', registered)::date + 3 + 9 * %2$d, 'Notes %1$d'
                from hospital.patients p
                where patient_id = (select min(patient_id) from hospital.patients where not opted_out and %4$s)""".formatted(id, other, id % 100_000, model);
    }

    /** The first stay is the secret one; the second is alike. Stays are as long, and as far from each other. */
    private static String stays(long id, long target) {
        long other = id - target;
        return """
                insert into hospital.admissions
                select %1$d, %1$d, date '2024-03-04' + 8 * %2$d, date '2024-03-07' + 8 * %2$d, '21',
                    case when %2$d = 0 then 'C189' else 'E112' end, min(provider_code),
                    case when %2$d = 0 then 54321.09 else 100 end, false, 'Stay of %1$d' from hospital.providers
                union all
                select %1$d + 500000, %1$d, date '2024-06-04' + 8 * %2$d, null, '11', 'I10X', max(provider_code), 2500, false, null
                from hospital.providers""".formatted(id, other);
    }

    private static String prescriptions(long id, long target) {
        long other = id - target;
        return """
                insert into hospital.prescriptions
                select %1$d, %1$d, date '2024-05-02' + 11 * %2$d, case when %2$d = 0 then min(code) else max(code) end,
                    case when %2$d = 0 then 987 else 28 end, case when %2$d = 0 then 4321.09 else 1.5 end, false from hospital.bnf""".formatted(id, other);
    }
}
