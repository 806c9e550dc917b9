package io.weir.query.redteam;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.query.redteam.Ward.Desk;
import io.weir.query.redteam.Ward.Protection;
import io.weir.query.redteam.Ward.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What is hidden, left out or refused must be the same whether or not one person, whom the asker can single out, has what is asked for. Stronger than any attacker's
 * programme: two worlds that differ in one secret are asked the same questions, and the answers are compared without their numbers.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PatternIT {
    private static final int WORLDS = 6;
    private static final int RANDOM = 60;

    private Ward ward;

    @BeforeAll
    void open() throws SQLException, IOException {
        ward = new Ward();
    }

    @AfterAll
    void close() throws SQLException {
        ward.close();
    }

    @Tag("S35")
    @Test
    void whatIsHiddenDoesNotTellWhoHasIt() throws SQLException {
        assertThat(told(ward, Remainders.sequences(), WORLDS, 700)).isEmpty();
        ward.assertNearlyAllIsAnswered();
    }

    @Test
    void norDoesItWhateverIsPutTogether() throws SQLException {
        SplittableRandom random = new SplittableRandom(4);
        List<List<String>> sequences = Stream.generate(() -> RemainderGrammar.sequence(random))
                .limit(RANDOM)
                .toList();
        assertThat(told(ward, sequences, 2, 800)).isEmpty();
        ward.assertNearlyAllIsAnswered();
    }

    /** What is known: a cell of just as many people as the threshold. When it no longer tells, it belongs to the first test, and out of the known limits. */
    @Test
    void whereTheThresholdLiesIsKnownToTell() throws SQLException {
        String first = "select a.method, p.imd_decile, count(distinct p.patient_id)" + Attack.STAYS
                + "where a.method = '21' group by grouping sets ((1, 2), (1))";
        String it = Attacks.HAS_IT;
        String second = "select case when not " + it + " then p.sex end, case when " + it
                + " then extract(year from p.registered) end, case when " + it
                + " then 'yes' else 'no' end, count(*), count(*) filter (where a.method <> '21')" + Attack.STAYS
                + "where p.imd_decile <= 5 group by rollup (1, 2, 3)";
        assertThat(told(ward, List.of(List.of(first, second)), 1, 867_115)).isNotEmpty();
    }

    /**
     * {@code SEED SEQUENCES}: as many sequences of the grammar, each in one world. {@code FILE WORLDS}: sequences that somebody wrote down, separated by empty lines,
     * their questions by a semicolon at the end of a line: what they show, each in so many worlds, and in how many of them it told.
     */
    public static void main(String[] args) throws SQLException, IOException {
        int number = Integer.parseInt(args[1]);
        try (Ward ward = new Ward()) {
            if (args[0].chars().allMatch(Character::isDigit)) {
                SplittableRandom random = new SplittableRandom(Long.parseLong(args[0]));
                for (int i = 0; i < number; i++) {
                    List<List<String>> sequences = List.of(RemainderGrammar.sequence(random));
                    told(ward, sequences, 1, random.nextInt(1_000_000)).forEach(System.out::println);
                }
                System.out.println(number + " sequences asked");
            } else {
                for (String sequence : Files.readString(Path.of(args[0])).split("\n\n")) {
                    List<String> questions = List.of(sequence.strip().split(";\n"));
                    int telling = 0;
                    System.out.println(patterns(ward.desk(Protection.SHARP), questions));
                    for (int world = 0; world < number; world++) {
                        List<String> told = told(ward, List.of(questions), 1, 1_000L * world);
                        telling += told.isEmpty() ? 0 : 1;
                        told.forEach(System.out::println);
                    }
                    System.out.println("told in " + telling + " of " + number + " worlds: " + questions);
                }
            }
        }
        System.exit(0);
    }

    private static List<String> told(Ward ward, List<List<String>> sequences, int worlds, long seed)
            throws SQLException {
        List<String> told = new ArrayList<>();
        for (int world = 1; world <= worlds; world++) {
            ward.world(seed + world);
            for (Protection protection : List.of(Protection.DEMO, Protection.SHARP)) {
                for (List<String> questions : sequences) {
                    ward.draw(Secret.DIAGNOSIS, true);
                    List<String> one = patterns(ward.desk(protection), questions);
                    ward.draw(Secret.DIAGNOSIS, false);
                    List<String> other = patterns(ward.desk(protection), questions);
                    ward.draw(Secret.DIAGNOSIS, true);
                    if (!one.equals(other)) {
                        told.add(protection + " " + questions + "\n   with    " + one + "\n   without " + other);
                    }
                }
            }
        }
        return told.stream().distinct().toList();
    }

    private static List<String> patterns(Desk desk, List<String> questions) {
        return questions.stream().map(desk::ask).map(PatternIT::pattern).toList();
    }

    /** Keys, and whether there is a number. */
    private static String pattern(Table table) {
        StringBuilder text = new StringBuilder(table.refused() ? "refused" : "");
        for (List<@Nullable Object> row : table.rows()) {
            text.append('[');
            for (@Nullable Object value : row) {
                text.append(value == null ? "-" : value instanceof Number ? "n" : value)
                        .append(' ');
            }
            text.append(']');
        }
        return text + " " + table.notices();
    }
}
