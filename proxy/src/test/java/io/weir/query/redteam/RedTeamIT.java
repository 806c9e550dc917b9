package io.weir.query.redteam;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements that grow, in worlds that differ in whose secret is whose; see {@link Fuzzer} for longer runs. */
class RedTeamIT {
    private static final Worlds WORLDS = Worlds.shared();
    /** Found by the third seed: a cell of eight people was hidden in the worlds where two of them share a bucket. */
    private static final String SHARED_BUCKET =
            "select p.sex, a.method, percentile_cont(0.25) within group (order by a.cost),"
                    + " count(*) filter (where exists (select 1 from hospital.admissions q where q.patient_id = p.patient_id"
                    + " and q.cost > 50000 and q.method = '21')) from hospital.admissions a"
                    + " join hospital.patients p on p.patient_id = a.patient_id where a.cost >= 100 group by 1, 2";

    private static final List<String> SEEDS = Seeds.answered(WORLDS);

    /** A test of worlds that are all the same would pass whatever the road does. */
    @ParameterizedTest
    @EnumSource(World.Exchange.class)
    void theWorldsDifferAtTheSourceAndNotWherePeopleAreShownCoarsely(World.Exchange exchange) throws SQLException {
        World first = WORLDS.first();
        World other = WORLDS.all().get(exchange.ordinal());
        String exact = "select string_agg(x::text, ';' order by x::text) from ("
                + "select p.*, a.*, r.* from hospital.patients p join hospital.admissions a using (patient_id)"
                + " left join hospital.prescriptions r using (patient_id) where p.patient_id >= " + World.TARGET
                + ") x";
        String coarse =
                "select string_agg(x::text, ';' order by x::text) from (select p.patient_id / 10, date_trunc('year', date_of_birth), sex,"
                        + " ethnicity, practice_code, p.imd_decile, date_trunc('month', registered), date_trunc('month', a.admitted),"
                        + " extract(year from age(registered, date_of_birth)), extract(year from age(a.admitted, date_of_birth)),"
                        + " extract(year from age(a.discharged, date_of_birth)), extract(year from age(r.prescribed, date_of_birth)),"
                        + " a.discharged - a.admitted, a.method, a.icd10, a.cost, r.bnf_code, r.quantity, g.lad, g.region"
                        + " from hospital.patients p join hospital.admissions a using (patient_id)"
                        + " left join hospital.prescriptions r using (patient_id) left join hospital.geography g using (lsoa)"
                        + " where p.patient_id >= " + World.TARGET + ") x";
        assertThat(other.truth(exact).equals(first.truth(exact))).isEqualTo(exchange == World.Exchange.NOTHING);
        assertThat(other.truth(coarse)).isEqualTo(first.truth(coarse));
    }

    /** So that a person more or less in a cell is seen. */
    @Test
    void theBarePolicyRoundsNothing() throws SQLException {
        assertThat(WORLDS.asked(Worlds.Policy.BARE, "select count(*) from hospital.patients p where p.sex = 'F'")
                        .rows()
                        .getFirst()
                        .getFirst())
                .isEqualTo(Long.parseLong(WORLDS.first()
                        .truth("select count(*) from hospital.patients where sex = 'F' and not opted_out")
                        .getFirst()
                        .getFirst()));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void nothingThatIsAnsweredTellsTheWorldsApart(long seed) {
        Fuzzer fuzzer = new Fuzzer(WORLDS, SEEDS, seed);
        for (int i = 0; i < 150; i++) {
            fuzzer.step();
        }
        assertThat(fuzzer.finds()).isEmpty();
        assertThat(fuzzer.outcomes()).containsKeys("answered", "UNKNOWN_FUNCTION");
        assertThat(fuzzer.compared()).isGreaterThan(60);
        assertThat(fuzzer.timedOut()).isLessThan(fuzzer.compared() / 5);
    }

    @Test
    void whoSharesABucketIsNotToldByACellOfJustEnoughPeople() {
        List<Transcript> transcripts = WORLDS.everywhere(Worlds.Policy.DEMO, SHARED_BUCKET);
        assertThat(transcripts.stream().distinct()).hasSize(1);
        assertThat(transcripts.getFirst().values())
                .anyMatch(row -> row.subList(0, 2).equals(List.of("M", "21"))
                        && !row.getLast().equals("null"));
    }

    /** Statements of attackers and of analysts to grow from: those that fit the demo's tables as they are. */
    @Test
    void enoughOfTheSeedsAreAnswered() {
        assertThat(SEEDS).hasSizeGreaterThan(380);
    }

    /** Those of the red team, the attacks that are answered and the honest statements, whatever was exchanged. */
    @Test
    void theSeedsAreAnsweredAlike() {
        Fuzzer fuzzer = new Fuzzer(WORLDS, SEEDS, 0);
        SEEDS.forEach(fuzzer::ask);
        assertThat(fuzzer.finds()).isEmpty();
        assertThat(fuzzer.timedOut()).isLessThan(fuzzer.compared() / 20);
    }

    @Test
    void mostOfTheRedTeamsSeedsAreAnswered() {
        assertThat(Ingredients.SEEDS.stream().filter(SEEDS::contains))
                .hasSizeGreaterThan(Ingredients.SEEDS.size() * 3 / 4);
    }
}
