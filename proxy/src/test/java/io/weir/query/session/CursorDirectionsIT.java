package io.weir.query.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.query.wire.MessageOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows, counts, tags and errors of DECLARE, FETCH and MOVE beside those of PostgreSQL 16. */
class CursorDirectionsIT extends OnBothServers {
    private static final List<String> DIRECTIONS = List.of(
            "",
            "NEXT",
            "PRIOR",
            "FIRST",
            "LAST",
            "0",
            "1",
            "2",
            "3",
            "7",
            "-1",
            "-2",
            "-7",
            "ALL",
            "FORWARD",
            "FORWARD 0",
            "FORWARD 2",
            "FORWARD ALL",
            "FORWARD -2",
            "BACKWARD",
            "BACKWARD 0",
            "BACKWARD 2",
            "BACKWARD -2",
            "BACKWARD ALL",
            "ABSOLUTE 0",
            "ABSOLUTE 1",
            "ABSOLUTE 2",
            "ABSOLUTE 4",
            "ABSOLUTE 5",
            "ABSOLUTE 6",
            "ABSOLUTE 9",
            "ABSOLUTE -1",
            "ABSOLUTE -2",
            "ABSOLUTE -5",
            "ABSOLUTE -9",
            "RELATIVE 0",
            "RELATIVE 1",
            "RELATIVE 2",
            "RELATIVE 9",
            "RELATIVE -1",
            "RELATIVE -2",
            "RELATIVE -9",
            "FORWARD 2147483647",
            "-2147483648",
            "RELATIVE -2147483648",
            "ABSOLUTE 2147483647");

    /** A cursor and where it is moved first. */
    private static final Map<String, List<String>> PLACES = places();

    /** Too long for PostgreSQL's grammar, which ends a walk. */
    private static final List<String> STEPS =
            DIRECTIONS.stream().filter(d -> !d.endsWith("-2147483648")).toList();

    private static Map<String, List<String>> places() {
        Map<String, List<String>> places = new LinkedHashMap<>();
        for (String scroll : List.of("NO SCROLL", "SCROLL")) {
            for (String first : List.of("MOVE 0 c", "MOVE 1 c", "MOVE 3 c", "MOVE 5 c", "MOVE ALL c")) {
                places.put(scroll + ", " + first, List.of(declare(scroll, 5), first));
            }
            places.put(scroll + ", no rows", List.of(declare(scroll, 0), "MOVE 0 c"));
            places.put(scroll + ", behind no rows", List.of(declare(scroll, 0), "FETCH c"));
        }
        places.put("SCROLL, back from the end", List.of(declare("SCROLL", 5), "MOVE ALL c", "MOVE -2 c"));
        places.put("SCROLL, back to the start", List.of(declare("SCROLL", 5), "MOVE 4 c", "MOVE BACKWARD ALL c"));
        return places;
    }

    private static String declare(String options, int rows) {
        return "DECLARE c " + options + " CURSOR FOR SELECT n FROM numbers(" + rows + ") AS n";
    }

    static Stream<String> placesOfCursors() {
        return PLACES.keySet().stream();
    }

    @Tag("S39")
    @ParameterizedTest
    @MethodSource("placesOfCursors")
    void everyDirectionGivesWhatPostgresGives(String place) throws IOException {
        List<byte[]> frames = new ArrayList<>();
        for (String verb : List.of("FETCH ", "MOVE ")) {
            for (String direction : DIRECTIONS) {
                frames.add(WireClient.query("BEGIN"));
                PLACES.get(place).forEach(sql -> frames.add(WireClient.query(sql)));
                frames.add(WireClient.query(verb + direction + " FROM c"));
                // Where it stands then; forwards is the way that every cursor may go.
                frames.add(WireClient.query("FETCH c"));
                frames.add(WireClient.query("ROLLBACK"));
            }
        }
        assertSame(frames, place);
    }

    @Test
    void anyWalkOfAScrollCursorIsTheSame() throws IOException {
        Random random = new Random(42);
        for (int walk = 0; walk < 5; walk++) {
            List<byte[]> frames = new ArrayList<>();
            frames.add(WireClient.query("BEGIN"));
            frames.add(WireClient.query(declare("SCROLL", random.nextInt(8))));
            List<String> steps = IntStream.range(0, 60)
                    .mapToObj(i -> (random.nextBoolean() ? "FETCH " : "MOVE ") + STEPS.get(random.nextInt(STEPS.size()))
                            + " FROM c")
                    .toList();
            steps.forEach(step -> frames.add(WireClient.query(step)));
            assertSame(frames, steps.toString());
        }
    }

    static Stream<List<String>> conversations() {
        return Stream.of(
                List.of("DECLARE c CURSOR FOR SELECT 1"),
                List.of("BEGIN", "FETCH nobody", "ROLLBACK"),
                List.of("MOVE nobody"),
                List.of("CLOSE nobody"),
                List.of("BEGIN", declare("", 3), declare("", 3), "ROLLBACK"),
                List.of("BEGIN", declare("", 3), "FETCH 2 c", "CLOSE c", "FETCH c"),
                List.of("BEGIN", declare("SCROLL NO SCROLL", 3)),
                List.of("BEGIN", declare("INSENSITIVE ASENSITIVE", 3)),
                List.of("BEGIN", declare("SENSITIVE", 3)),
                List.of(
                        "BEGIN",
                        declare("BINARY SCROLL INSENSITIVE", 3),
                        "FETCH ALL c",
                        "FETCH LAST c",
                        "MOVE FIRST c"),
                List.of("BEGIN", declare("BINARY NO SCROLL", 3), "FETCH 2 c", "FETCH PRIOR c"),
                List.of("BEGIN", declare("ASENSITIVE", 3), "FETCH ALL c", "FETCH c", "COMMIT", "FETCH c"),
                List.of(
                        "DECLARE c SCROLL CURSOR WITH HOLD FOR SELECT n FROM numbers(4) AS n",
                        "FETCH 3 c",
                        "FETCH BACKWARD ALL c",
                        "FETCH ABSOLUTE -2 c",
                        "CLOSE ALL"),
                List.of("BEGIN", declare("", 3), "FETCH 1 c; FETCH 1 c; MOVE 1 c; FETCH 1 c", "COMMIT"),
                List.of("BEGIN", declare("NO SCROLL", 3), "FETCH 2 c; FETCH PRIOR c; FETCH 1 c", "COMMIT"),
                List.of("FETCH ABSOLUTE c"),
                List.of("FETCH ALL"),
                List.of("FETCH 3000000000 FROM c"),
                List.of(
                        "BEGIN",
                        "DECLARE next CURSOR FOR SELECT n FROM numbers(3) AS n",
                        "FETCH next",
                        "FETCH NEXT next"));
    }

    @ParameterizedTest
    @MethodSource("conversations")
    void conversationsGoAsWithPostgres(List<String> statements) throws IOException {
        assertSame(statements.stream().map(WireClient::query).toList(), statements.toString());
    }

    /** In the extended protocol the formats are those of the Bind of FETCH, whatever the cursor says. */
    @Tag("S38")
    @Test
    void theExtendedProtocolFetchesAlike() throws IOException {
        for (String options : List.of("SCROLL", "BINARY SCROLL")) {
            List<byte[]> frames = new ArrayList<>();
            frames.add(WireClient.query("BEGIN"));
            frames.add(WireClient.query(declare(options, 5)));
            for (String sql : List.of("FETCH 2 c", "FETCH PRIOR c", "MOVE ALL c", "FETCH -2 c")) {
                for (int format : new int[] {0, 1}) {
                    frames.add(extended(sql, format));
                }
            }
            // The cursor's own portal, described and executed.
            frames.add(WireClient.query("MOVE ABSOLUTE 1 c"));
            frames.add(WireClient.message('D', "Pc\0".getBytes(StandardCharsets.UTF_8)));
            for (int rows : new int[] {2, 9, 1}) {
                frames.add(WireClient.message(
                        'E', new MessageOutput(8).string("c").int32(rows).drain()));
            }
            assertSame(frames, options);
        }
    }

    private static byte[] extended(String sql, int format) {
        return new MessageOutput(64)
                .bytes(WireClient.message(
                        'P',
                        new MessageOutput(64).string("").string(sql).int16(0).drain()))
                .bytes(WireClient.message(
                        'B',
                        new MessageOutput(64)
                                .string("")
                                .string("")
                                .int16(0)
                                .int16(0)
                                .int16(sql.startsWith("MOVE") ? 0 : 1)
                                .bytes(sql.startsWith("MOVE") ? new byte[0] : new byte[] {0, (byte) format})
                                .drain()))
                .bytes(WireClient.message('D', "P\0".getBytes(StandardCharsets.UTF_8)))
                .bytes(WireClient.message(
                        'E', new MessageOutput(8).string("").int32(0).drain()))
                .bytes(WireClient.message('S', new byte[0]))
                .drain();
    }

    private static void assertSame(List<byte[]> frames, String what) throws IOException {
        List<String> postgres = both.postgres(frames);
        List<String> weir = both.weir(frames);
        int same = 0;
        while (same < Math.min(postgres.size(), weir.size())
                && postgres.get(same).equals(weir.get(same))) {
            same++;
        }
        assertThat(from(weir, same)).as(what + ", from " + same).isEqualTo(from(postgres, same));
    }

    private static List<String> from(List<String> said, int first) {
        return said.subList(Math.max(0, first - 6), Math.min(said.size(), first + 6));
    }
}
