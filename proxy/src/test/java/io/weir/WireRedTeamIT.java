package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.query.FrontEndCrash;
import io.weir.query.redteam.WireAttacks;
import io.weir.query.redteam.WireAttacks.Exchanged;
import io.weir.query.session.WireClient;
import io.weir.query.wire.MessageOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The red team's statements through the whole of Weir, in the simple and in the extended protocol with parameters for literals, while pairs of people who look alike have
 * exchanged a secret, one kind after the other, and while they have not. Every byte that the server sends after the login is compared, but for the random name of the session in the reference
 * of a problem; what else differs by its nature (the nonce and proof of SCRAM, process and key for cancelling) comes before.
 */
class WireRedTeamIT {
    private static final RunningWeir WEIR = RunningWeir.shared();
    private static final byte[] SYNC = WireClient.message('S', new byte[0]);
    private static final Pattern REFERENCE = Pattern.compile("reference [0-9a-f]{16}-(\\d+)");

    private static final Pattern NUMBERED = Pattern.compile("reference \\(session\\)-(\\d+)");

    private static final Map<String, List<String>> FIRST = new LinkedHashMap<>();
    private static final Map<Exchanged, Map<String, List<String>>> OTHERS = new EnumMap<>(Exchanged.class);

    @BeforeAll
    static void askInAllWorlds() throws SQLException, IOException, InterruptedException {
        run(source(), WireAttacks.goodbye());
        run(source(), WireAttacks.pairs());
        // There and back: rows that were never written anew lie elsewhere in the table, and who asks for "the first"
        // without saying which gets another one.
        for (Exchanged exchanged : Exchanged.values()) {
            run(source(), exchanged.statements());
            run(source(), exchanged.statements());
        }
        WEIR.startAgain();
        ask(FIRST);
        for (Exchanged exchanged : Exchanged.values()) {
            run(source(), exchanged.statements());
            WEIR.startAgain();
            Map<String, List<String>> said = new LinkedHashMap<>();
            ask(said);
            OTHERS.put(exchanged, said);
            run(source(), exchanged.statements());
        }
    }

    @AfterAll
    static void forget() throws SQLException, IOException, InterruptedException {
        run(source(), WireAttacks.goodbye());
        forgetAnswers();
        WEIR.startAgain();
    }

    private static DataSource source() {
        return WEIR.servers().source().owner();
    }

    private static void forgetAnswers() throws SQLException {
        run(WEIR.servers().control().owner(), List.of("delete from published_answers"));
    }

    private static void run(DataSource database, List<String> statements) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static void ask(Map<String, List<String>> transcripts) throws SQLException, IOException {
        // Each once: under one name only one transcript is kept, and problems are counted in the order of the names.
        List<String> statements = Stream.concat(WireAttacks.written().stream(), WireAttacks.grown(77, 60).stream())
                .distinct()
                .toList();
        try (Connection control = WEIR.servers().control().owner().getConnection();
                Statement forget = control.createStatement();
                WireClient client = WireClient.overTls(WEIR.postgresPort())) {
            assertThat(client.login("ada", "diabetes", WEIR.password("ada")).tag())
                    .isEqualTo('Z');
            client.patience(60_000);
            client.send(WireClient.query("set weir.flags = 'on'"));
            transcripts.put("flags", said(client));
            client.send(WireClient.query("set statement_timeout = '1s'"));
            transcripts.put("time", said(client));
            for (String sql : statements) {
                forget.execute("delete from published_answers");
                client.send(WireClient.query(sql));
                transcripts.put("simple " + sql, said(client));
                forget.execute("delete from published_answers");
                extended(client, WireParameters.of(sql));
                transcripts.put("extended " + sql, said(client));
            }
        }
    }

    /** Parse, Describe of the statement, Bind, Describe of the portal, Execute: results as text. */
    private static void extended(WireClient client, WireParameters statement) throws IOException {
        MessageOutput parse = new MessageOutput(256)
                .string("")
                .string(statement.sql())
                .int16(statement.types().size());
        statement.types().forEach(parse::int32);
        MessageOutput bind = new MessageOutput(256)
                .string("")
                .string("")
                .int16(0)
                .int16(statement.values().size());
        for (String value : statement.values()) {
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            bind.int32(bytes.length).bytes(bytes);
        }
        client.send(
                WireClient.message('P', parse.drain()),
                WireClient.message(
                        'D', new MessageOutput(8).int8('S').string("").drain()),
                WireClient.message('B', bind.int16(0).drain()),
                WireClient.message(
                        'D', new MessageOutput(8).int8('P').string("").drain()),
                WireClient.message('E', new MessageOutput(8).string("").int32(0).drain()),
                SYNC);
    }

    /** All that is said until the next ReadyForQuery; a transaction that a statement began is ended. */
    private static List<String> said(WireClient client) throws IOException {
        List<String> said = new ArrayList<>();
        WireClient.Message message;
        do {
            message = client.read();
            said.add(message.tag() + " " + comparable(message));
        } while (message.tag() != 'Z');
        if (message.body()[0] != 'I') {
            client.send(WireClient.query("rollback"));
            said.addAll(said(client));
        }
        return said;
    }

    /**
     * One character a byte. The reference of a problem keeps its number and loses the session's random part; of table OIDs is kept whether there is one: the catalogue's
     * tables are made anew at every start.
     */
    private static String comparable(WireClient.Message message) {
        byte[] body = message.body().clone();
        if (message.tag() == 'T') {
            ByteBuffer columns = ByteBuffer.wrap(body);
            for (int left = columns.getShort(); left > 0; left--) {
                while (columns.get() != 0) {
                    // the label
                }
                int table = columns.getInt(columns.position());
                columns.putInt(table == 0 ? 0 : 1);
                columns.position(columns.position() + 14);
            }
        }
        return REFERENCE.matcher(new String(body, StandardCharsets.ISO_8859_1)).replaceAll("reference (session)-$1");
    }

    private static long withTag(String protocol, char tag) {
        return FIRST.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(protocol))
                .filter(entry -> entry.getValue().stream().anyMatch(line -> line.charAt(0) == tag))
                .count();
    }

    /** What the pairs are at the source: what each has, which stay is whose, and who they are. */
    private static List<String> secrets() throws SQLException {
        List<String> secrets = new ArrayList<>();
        try (Connection connection = source().getConnection();
                Statement statement = connection.createStatement()) {
            for (String what : List.of(
                    "patient_id || icd10 || a.cost || r.bnf_code || r.quantity || r.cost",
                    "a.admission_id || ' ' || r.prescription_id || ' ' || patient_id",
                    "patient_id || p.nhs_number || p.date_of_birth")) {
                try (ResultSet secret =
                        statement.executeQuery("select string_agg(x, ';' order by x) from (select " + what
                                + " from hospital.patients p join hospital.admissions a using (patient_id)"
                                + " join hospital.prescriptions r using (patient_id) where patient_id in ("
                                + WireAttacks.people() + ")) x (x)")) {
                    secret.next();
                    secrets.add(String.valueOf(secret.getString(1)));
                }
            }
        }
        return secrets;
    }

    /** Worlds that are all the same would pass whatever Weir does; and so would exchanges that take each other back. */
    @ParameterizedTest
    @EnumSource(Exchanged.class)
    void anExchangeExchangesAtTheSource(Exchanged exchanged) throws SQLException {
        List<String> before = secrets();
        assertThat(before).noneMatch("null"::equals);
        run(source(), exchanged.statements());
        List<String> during = secrets();
        run(source(), exchanged.statements());
        assertThat(IntStream.range(0, before.size())
                        .mapToObj(i -> !during.get(i).equals(before.get(i)))
                        .toList())
                .isEqualTo(
                        switch (exchanged) {
                            case DIAGNOSIS -> List.of(true, false, false);
                            case OWNER -> List.of(true, true, false);
                            case IDENTITY -> List.of(false, false, true);
                        });
        assertThat(secrets()).isEqualTo(before);
    }

    @Test
    void bothProtocolsAnswerAndRefuse() {
        for (String protocol : List.of("simple", "extended")) {
            assertThat(withTag(protocol, 'D')).as(protocol).isGreaterThan(80);
            assertThat(withTag(protocol, 'N')).as(protocol).isGreaterThan(40);
            assertThat(withTag(protocol, 'E')).as(protocol).isGreaterThan(80);
        }
        assertThat(FIRST.keySet().stream()
                        .filter(key -> key.startsWith("extended"))
                        .filter(key -> !WireParameters.of(key).values().isEmpty())
                        .filter(key -> FIRST.get(key).stream().anyMatch(line -> line.startsWith("D ")))
                        .count())
                .as("answered with parameters")
                .isGreaterThan(30);
    }

    /** What the front end does not get through was not tried. */
    @Test
    void noStatementIsTooMuchForTheFrontEnd() {
        assertThat(FIRST)
                .allSatisfy(
                        (sql, lines) -> assertThat(lines).as(sql).noneMatch(line -> line.contains(FrontEndCrash.TOLD)));
    }

    @Tag("S38")
    @ParameterizedTest
    @EnumSource(Exchanged.class)
    void everyByteIsTheSameWhateverWasExchanged(Exchanged exchanged) {
        Map<String, List<String>> other = Objects.requireNonNull(OTHERS.get(exchanged));
        assertThat(other.keySet()).isEqualTo(FIRST.keySet());
        Map<String, List<String>> first = withoutTimeOuts(FIRST, other);
        Map<String, List<String>> second = withoutTimeOuts(other, FIRST);
        // What took too long was not compared.
        assertThat(first).hasSizeGreaterThan(FIRST.size() * 19 / 20);
        List<String> different = first.keySet().stream()
                .filter(key -> second.containsKey(key) && !first.get(key).equals(second.get(key)))
                .map(key -> key + "\n  " + first.get(key) + "\n  " + second.get(key))
                .toList();
        assertThat(different).isEmpty();
    }

    /** What is too slow in one world fails there, and in the other it is answered, or fails for another reason. */
    @Test
    void whatTookTooLongShiftsNoNumbers() {
        String late = "E SERROR\0C57014\0 reference (session)-1";
        Map<String, List<String>> tooLate = transcripts(List.of(late), "2");
        Map<String, List<String>> tooLarge = transcripts(List.of("E C54000 reference (session)-1"), "2");
        Map<String, List<String>> inTime = transcripts(List.of("D 1"), "1");
        for (Map<String, List<String>> other : List.of(tooLate, tooLarge, inTime)) {
            assertThat(withoutTimeOuts(tooLate, other)).isEqualTo(withoutTimeOuts(other, tooLate));
        }
        assertThat(withoutTimeOuts(tooLarge, inTime)).isNotEqualTo(withoutTimeOuts(inTime, tooLarge));
    }

    private static Map<String, List<String>> transcripts(List<String> slow, String number) {
        Map<String, List<String>> transcripts = new LinkedHashMap<>();
        transcripts.put("slow", slow);
        transcripts.put("refused", List.of("E C42501 reference (session)-" + number));
        return transcripts;
    }

    /** What was said, in order, without statements that took too long in either world, and with problems counted as if they had not been asked. */
    private static Map<String, List<String>> withoutTimeOuts(
            Map<String, List<String>> said, Map<String, List<String>> other) {
        Map<String, List<String>> kept = new LinkedHashMap<>();
        long[] left = {0};
        said.forEach((key, lines) -> {
            if (isTimedOut(lines) || isTimedOut(other.get(key))) {
                left[0] += lines.stream().filter(NUMBERED.asPredicate()).count();
            } else {
                kept.put(
                        key,
                        lines.stream()
                                .map(line -> NUMBERED.matcher(line)
                                        .replaceAll(
                                                number -> "reference " + (Long.parseLong(number.group(1)) - left[0])))
                                .toList());
            }
        });
        return kept;
    }

    /** How long something takes depends on the machine. */
    private static boolean isTimedOut(@Nullable List<String> said) {
        return said == null || said.stream().anyMatch(line -> line.startsWith("E ") && line.contains("\0C57014\0"));
    }
}
