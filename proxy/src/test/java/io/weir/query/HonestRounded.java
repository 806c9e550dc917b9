package io.weir.query;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A statement as PostgreSQL would answer it if its aggregates of people were rounded as the profile says: each of them is written as a function of {@code rounded.sql}, with the person beside
 * the value. Read from the text alone, by rules of thumb that hold for the honest statements: which SELECT is about people, which about one person, which stands above aggregates. Knows
 * nothing of the product's trees.
 */
final class HonestRounded {
    private static final Pattern AGGREGATE = Pattern.compile(
            "(?i)\\b(count|sum|avg|stddev|stddev_samp|stddev_pop|variance|var_samp|var_pop|corr|covar_\\w+|regr_\\w+|percentile_cont|percentile_disc|mode|min|max)\\s*\\(");
    private static final Pattern SOURCE = Pattern.compile(
            "(?i)(\\bFROM|\\bJOIN|,)\\s+(?:LATERAL\\s+)?([\\w.]+|\\(\u0001*\\))(?:\\s+(?:AS\\s+)?(\\w+))?");
    private static final Pattern NO_ALIAS = Pattern.compile(
            "(?i)on|using|where|group|order|left|join|inner|cross|full|right|having|limit|union|natural|fetch|offset|except|intersect|from|tablesample");
    private static final String KEY = "(?i)(\\w+\\.)?\\w+_id";
    /** Of what the policy gives no step: five times twenty days where days are known by the month ten times as many, five times a hundred years. */
    private static final int DAYS = 1_000;

    private static final int YEARS = 500;

    private enum Kind {
        PUBLIC,
        PEOPLE,
        AGGREGATED
    }

    private record Source(Kind kind, String alias, Optional<String> person) {}

    /** @param own its text, of the same length as the statement: sub-queries, other texts and literals are blanked out */
    private record Block(int from, int to, String own, String name, List<Block> inside) {}

    /** Tables about people, and the steps of their columns. */
    private static final Map<String, Map<String, String>> TABLES = tables();

    private final String sql;
    private final String blank;
    private final Block whole;
    private final Map<String, Block> named = new HashMap<>();
    private final TreeMap<Integer, String> replaced = new TreeMap<>();
    private final Map<Integer, Integer> ends = new HashMap<>();

    private final Optional<String> shift;

    private HonestRounded(String sql, Optional<String> shift) {
        this.shift = shift;
        this.sql = sql;
        this.blank = blanked(sql);
        this.whole = block(0, sql.length(), "");
    }

    static String of(String sql) {
        return of(sql, Optional.empty());
    }

    /** With percentiles at a place so much farther up. */
    static String of(String sql, String shift) {
        return of(sql, Optional.of(shift));
    }

    private static String of(String sql, Optional<String> shift) {
        HonestRounded statement = new HonestRounded(sql, shift);
        statement.kind(statement.whole);
        return statement.written(0, sql.length());
    }

    private String written(int from, int to) {
        StringBuilder text = new StringBuilder();
        int at = from;
        for (Map.Entry<Integer, String> edit : replaced.subMap(from, to).entrySet()) {
            if (edit.getKey() >= at) {
                text.append(sql, at, edit.getKey()).append(edit.getValue());
                at = Objects.requireNonNull(ends.get(edit.getKey()));
            }
        }
        return text.append(sql, at, to).toString();
    }

    private static String blanked(String sql) {
        Matcher literals = Pattern.compile("'(?:[^']|'')*'").matcher(sql);
        return literals.replaceAll(m -> "'" + " ".repeat(m.group().length() - 2) + "'");
    }

    private Block block(int from, int to, String name) {
        StringBuilder own = new StringBuilder(blank);
        List<Block> inside = new ArrayList<>();
        Matcher sub = Pattern.compile("(?i)\\((?=[\\s(]*(SELECT|WITH)\\b)").matcher(blank);
        sub.region(from, to);
        int at = from;
        while (sub.find(at)) {
            if (sub.start() >= to) {
                break;
            }
            int end = closing(sub.start());
            Matcher cte = Pattern.compile("(?i)(\\w+)(?:\\s*\\([^()]*\\))?\\s+AS\\s+(?:NOT\\s+)?(?:MATERIALIZED\\s+)?$")
                    .matcher(blank.substring(from, sub.start()));
            String called = cte.find() ? cte.group(1) : "";
            Block child = block(sub.start() + 1, end, called);
            if (!called.isEmpty()) {
                named.put(called, child);
            }
            inside.add(child);
            for (int i = sub.start() + 1; i < end; i++) {
                own.setCharAt(i, '\u0001');
            }
            at = end;
        }
        for (int i = 0; i < own.length(); i++) {
            if (i < from || i >= to) {
                own.setCharAt(i, ' ');
            }
        }
        return new Block(from, to, own.toString(), name, inside);
    }

    /** Place of the bracket that closes the one at a place. */
    private int closing(int open) {
        int depth = 0;
        for (int i = open; i < blank.length(); i++) {
            depth += blank.charAt(i) == '(' ? 1 : blank.charAt(i) == ')' ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        throw new IllegalStateException("brackets of " + sql);
    }

    private Kind kind(Block block) {
        block.inside().forEach(this::kind);
        Kind all = Kind.PUBLIC;
        Matcher cuts =
                Pattern.compile("(?i)\\b(UNION(\\s+ALL)?|EXCEPT|INTERSECT)\\b").matcher(block.own());
        int from = block.from();
        while (cuts.find()) {
            all = more(all, part(block, from, cuts.start()));
            from = cuts.end();
        }
        return more(all, part(block, from, block.to()));
    }

    private static Kind more(Kind a, Kind b) {
        return a.compareTo(b) > 0 ? a : b;
    }

    /** One SELECT: writes its aggregates anew where they are of people. */
    private Kind part(Block block, int from, int to) {
        String own = " ".repeat(from) + block.own().substring(from, to);
        List<Source> sources = sources(block, own);
        if (sources.stream().anyMatch(s -> s.kind() == Kind.AGGREGATED)) {
            return Kind.AGGREGATED;
        }
        if (sources.stream().noneMatch(s -> s.kind() == Kind.PEOPLE)) {
            return Kind.PUBLIC;
        }
        List<Integer> calls = calls(own);
        Matcher groups = Pattern.compile("(?is)\\bGROUP BY\\b(.*?)(\\bHAVING\\b|\\bORDER BY\\b|\\bLIMIT\\b|$)")
                .matcher(own);
        boolean grouped = groups.find();
        boolean distinct = own.matches("(?is)\\s*(WITH\\b.*)?SELECT\\s+DISTINCT\\b.*");
        boolean ofOne = grouped
                        && groups.group(1)
                                .matches(
                                        "(?is).*\\b(person|admission|episode|visit_occurrence|observation_period)_id\\b.*")
                || block != whole && block.name().isEmpty() && correlated(own, sources);
        if (ofOne || calls.isEmpty() && !grouped) {
            return distinct
                            && !own.matches(
                                    "(?is).*\\b(person|admission|episode|visit_occurrence|observation_period)_id\\b.*")
                    ? Kind.AGGREGATED
                    : Kind.PEOPLE;
        }
        Optional<String> person = sources.stream()
                .filter(s -> s.kind() == Kind.PEOPLE)
                .findFirst()
                .flatMap(Source::person);
        calls.forEach(call -> replace(call, sources, person));
        return Kind.AGGREGATED;
    }

    /** Whether it names a table that stands outside of it. */
    private static boolean correlated(String own, List<Source> sources) {
        Matcher qualified = Pattern.compile("\\b([a-z]\\w*)\\.\\w+").matcher(own);
        Predicate<String> inside = q -> sources.stream().anyMatch(s -> s.alias().equalsIgnoreCase(q));
        return qualified
                .results()
                .map(m -> m.group(1))
                .anyMatch(q -> !inside.test(q)
                        && !q.equals("cdm")
                        && !q.equals("hospital")
                        && !Pattern.compile("\\)\\s*(?:AS\\s+)?%1$s\\b|\\b%1$s\\s*\\(".formatted(q))
                                .matcher(own)
                                .find());
    }

    private List<Source> sources(Block block, String own) {
        List<Source> all = new ArrayList<>();
        Matcher items = SOURCE.matcher(own);
        int at = 0;
        while (items.find(at)) {
            at = items.end(2);
            String item = items.group(2).toLowerCase(Locale.ROOT);
            int end = items.end(2);
            String alias =
                    items.group(3) == null || NO_ALIAS.matcher(items.group(3)).matches() ? "" : items.group(3);
            String before = own.substring(0, items.start());
            boolean listed = !items.group(1).equals(",")
                    || before.toUpperCase(Locale.ROOT).lastIndexOf("FROM ")
                            > Math.max(
                                    lastOf(before, "SELECT"),
                                    Math.max(lastOf(before, "WHERE"), lastOf(before, " BY ")));
            if (!listed) {
                continue;
            }
            if (item.startsWith("(")) {
                block.inside().stream()
                        .filter(child -> child.to() == end - 1)
                        .findFirst()
                        .ifPresent(child -> all.add(derived(child, alias)));
            } else if (named.containsKey(item)) {
                all.add(derived(Objects.requireNonNull(named.get(item)), alias.isEmpty() ? item : alias));
            } else {
                String table = item.substring(item.lastIndexOf('.') + 1);
                boolean schema = item.equals(table)
                        || item.startsWith("cdm.")
                        || item.startsWith("hospital.")
                        || item.startsWith("spike.");
                if (schema && TABLES.containsKey(table)) {
                    String own2 = alias.isEmpty() ? table : alias;
                    all.add(new Source(Kind.PEOPLE, own2, Optional.of(person(table, own2))));
                } else if (!alias.isEmpty() || item.equals(table)) {
                    all.add(new Source(Kind.PUBLIC, alias.isEmpty() ? table : alias, Optional.empty()));
                }
            }
        }
        return all;
    }

    private static int lastOf(String text, String word) {
        return text.toUpperCase(Locale.ROOT).lastIndexOf(word);
    }

    private Source derived(Block child, String alias) {
        Kind kind = kind(child);
        boolean known = child.own().matches("(?is).*(\\bperson_id\\b|SELECT \\*).*");
        return new Source(kind, alias, known ? Optional.of(alias + ".person_id") : Optional.empty());
    }

    private static String person(String table, String alias) {
        return switch (table) {
            case "episode", "procedure" ->
                "(SELECT z.person_id FROM hospital.admission z WHERE z.admission_id = %s.admission_id)"
                        .formatted(alias);
            case "diagnosis" ->
                "(SELECT z.person_id FROM hospital.admission z JOIN hospital.episode y ON y.admission_id = z.admission_id WHERE y.episode_id = %s.episode_id)"
                        .formatted(alias);
            default -> alias + ".person_id";
        };
    }

    /** Places of the aggregates that are no windows. */
    private List<Integer> calls(String own) {
        List<Integer> calls = new ArrayList<>();
        Matcher found = AGGREGATE.matcher(own);
        while (found.find()) {
            if (!own.substring(end(found.end() - 1)).matches("(?is)\\s*OVER\\b.*")) {
                calls.add(found.start());
            }
        }
        return calls;
    }

    private static final Pattern CLAUSE = Pattern.compile("(?i)\\s*(FILTER|WITHIN\\s+GROUP)\\s*\\(");

    /** Where a call ends that opens at a place, with its clauses. */
    private int end(int open) {
        int end = closing(open) + 1;
        Matcher clause = CLAUSE.matcher(blank);
        while (clause.region(end, blank.length()).lookingAt()) {
            end = closing(clause.end() - 1) + 1;
        }
        return end;
    }

    private void replace(int call, List<Source> sources, Optional<String> person) {
        int open = blank.indexOf('(', call);
        int close = closing(open);
        int end = end(open);
        String function = blank.substring(call, open).strip().toLowerCase(Locale.ROOT);
        String argument = sql.substring(open + 1, close).strip();
        Matcher filter =
                Pattern.compile("(?is)^\\s*FILTER\\s*\\(\\s*WHERE\\b(.*)\\)$").matcher(sql.substring(close + 1, end));
        Optional<String> where = filter.matches() ? Optional.of(filter.group(1)) : Optional.empty();
        boolean clear = where.isPresent() || sql.substring(close + 1, end).isBlank();
        String text = "rounded.unclear(count(*))";
        if (function.startsWith("percentile_") && shift.isPresent() && argument.matches("[0-9.]+")) {
            text = "%s(least(1, greatest(0, %s + %s)))%s"
                    .formatted(function, argument, shift.get(), sql.substring(close + 1, end));
        } else if (clear && person.isPresent()) {
            text = ofPeople(function, argument, where, sources, person.get()).orElse(text);
        }
        replaced.put(call, text);
        ends.put(call, end);
    }

    private static Optional<String> ofPeople(
            String function, String argument, Optional<String> where, List<Source> sources, String person) {
        if (function.equals("count")) {
            if (argument.equals("*")) {
                return Optional.of("rounded.count(%s)".formatted(rows("", person, "1", "true", where)));
            }
            Matcher distinct = Pattern.compile("(?is)DISTINCT\\s+(.*)").matcher(argument);
            if (!distinct.matches()) {
                return Optional.of(
                        "rounded.count(%s)".formatted(rows("", person, "1", "(" + argument + ") IS NOT NULL", where)));
            }
            String key = distinct.group(1).strip();
            if (!key.matches(KEY)) {
                return Optional.empty();
            }
            return Optional.of((key.matches("(?i)(\\w+\\.)?person_id") ? "rounded.units(%s)" : "rounded.count(%s)")
                    .formatted(rows("DISTINCT ", person, key, key + " IS NOT NULL", where)));
        }
        String values = rows("", person, "(" + argument + ")", "(" + argument + ") IS NOT NULL", where);
        if (argument.matches("(?is)CASE WHEN .* THEN 1(\\.0)? ELSE 0(\\.0)? END|.*::int(eger)?")) {
            String bits = rows("", person, "(" + argument + ")::int", "(" + argument + ") IS NOT NULL", where);
            return switch (function) {
                case "sum" -> Optional.of("rounded.ones(%s)".formatted(bits));
                case "avg" -> Optional.of("rounded.share(%s)".formatted(bits));
                default -> Optional.empty();
            };
        }
        return step(argument, sources).flatMap(step -> switch (function) {
            case "sum" ->
                Optional.of(
                        "rounded.sum(%s, %s)%s".formatted(values, step, whole(argument, sources) ? "::bigint" : ""));
            case "avg" -> Optional.of("rounded.avg(%s, %s)".formatted(values, step));
            case "variance", "var_samp" -> Optional.of("rounded.variance(%s, %s, 1)".formatted(values, step));
            case "var_pop" -> Optional.of("rounded.variance(%s, %s, 0)".formatted(values, step));
            case "stddev", "stddev_samp" ->
                Optional.of("rounded.root(rounded.variance(%s, %s, 1))".formatted(values, step));
            case "stddev_pop" -> Optional.of("rounded.root(rounded.variance(%s, %s, 0))".formatted(values, step));
            default -> Optional.empty();
        });
    }

    private static String rows(String distinct, String person, String value, String present, Optional<String> where) {
        return "array_agg(%sROW(%s, %s)::rounded.contribution) FILTER (WHERE %s%s)"
                .formatted(
                        distinct,
                        person,
                        value,
                        present,
                        where.map(w -> " AND (" + w + ")").orElse(""));
    }

    private static Optional<String> step(String argument, List<Source> sources) {
        if (argument.matches("(?is)extract\\s*\\(\\s*year FROM age\\s*\\(.*\\)\\s*\\)")) {
            return Optional.of(String.valueOf(YEARS));
        }
        if (argument.matches(
                "(?i)(\\w\\.)?(discharged|appointment|done|admitted) - (\\w\\.)?(admitted|referred|registered|discharged)")) {
            return Optional.of(String.valueOf(DAYS));
        }
        return column(argument, sources).map(c -> c.replaceAll("\\D+$", ""));
    }

    private static boolean whole(String argument, List<Source> sources) {
        return column(argument, sources).map(c -> c.endsWith("w")).orElse(argument.contains(" - "));
    }

    /** Step of a column, and a w where its numbers are whole. */
    private static Optional<String> column(String argument, List<Source> sources) {
        if (!argument.matches("(\\w+\\.)?\\w+")) {
            return Optional.empty();
        }
        String name = argument.substring(argument.indexOf('.') + 1);
        List<String> found = new ArrayList<>();
        TABLES.forEach((table, columns) -> {
            boolean here = sources.stream()
                    .anyMatch(s -> s.kind() == Kind.PEOPLE
                            && (!argument.contains(".") || argument.startsWith(s.alias() + "."))
                            && (s.alias().equals(table)
                                    || s.person().orElse("").startsWith(s.alias()) && aliasOf(s, table)));
            String step = columns.get(name);
            if (here && step != null) {
                found.add(step);
            }
        });
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    /** One letter stands for the table that begins with it. */
    private static boolean aliasOf(Source source, String table) {
        return table.startsWith(source.alias()) || source.alias().equals("r") && table.equals("prescription");
    }

    private static Map<String, Map<String, String>> tables() {
        Map<String, Map<String, String>> tables = new LinkedHashMap<>();
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/honest/policy/datasets"))) {
            for (Path file : files.sorted().toList()) {
                String text = Files.readString(file);
                if (!text.contains("kind: personal")) {
                    continue;
                }
                Matcher name = Pattern.compile("(?m)^name: \\w+\\.(\\w+)$").matcher(text);
                Map<String, String> steps = new HashMap<>();
                Pattern.compile("\\{name: (\\w+), type: \"?(\\w+).*roundingStep: ([0-9.]+)")
                        .matcher(text)
                        .results()
                        .forEach(m -> steps.put(
                                m.group(1), m.group(3) + (m.group(2).matches("integer|smallint") ? "w" : "")));
                if (name.find()) {
                    tables.put(name.group(1), steps);
                }
            }
            return tables;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was compared with the rounding of the profile, and what could not be; and where the answer says something else. */
    record Compared(long exactly, long otherwise, List<String> differences) {}

    /**
     * What PostgreSQL says with its aggregates rounded.
     *
     * @param lower with percentiles at a place farther down, where there are any
     * @param upper with percentiles at a place farther up, where there are any
     */
    record Expected(
            HonestAnswers.Table exact, HonestAnswers.@Nullable Table lower, HonestAnswers.@Nullable Table upper) {
        /** @param answer rows with the flags behind their values */
        Compared compare(List<List<@Nullable Object>> answer, Set<Integer> measures) {
            List<String> differences = new ArrayList<>();
            long exactly = 0;
            long otherwise = 0;
            for (List<@Nullable Object> row : answer) {
                for (int i : measures) {
                    Object shown = row.get(i);
                    if (shown == null) {
                        continue;
                    }
                    Fate fate = fate(row, i, shown, measures);
                    exactly += fate == Fate.UNKNOWN ? 0 : 1;
                    otherwise += fate == Fate.UNKNOWN ? 1 : 0;
                    if (fate == Fate.WRONG) {
                        differences.add("not as the profile rounds: %s for %s"
                                .formatted(
                                        row.subList(0, exact.columns().size()),
                                        HonestAnswers.onlyTwin(exact, row, measures)));
                    }
                }
            }
            return new Compared(exactly, otherwise, differences);
        }

        private Fate fate(List<@Nullable Object> row, int at, Object shown, Set<Integer> measures) {
            List<@Nullable Object> twin = HonestAnswers.onlyTwin(exact, row, measures);
            if (twin == null) {
                // Of a listed group that nobody is in there is no row.
                boolean none = exact.rows().stream().noneMatch(r -> HonestAnswers.keysAlike(r, row, measures));
                return none && shown instanceof Number n && n.doubleValue() == 0 ? Fate.RIGHT : Fate.UNKNOWN;
            }
            if (!unclear(twin.get(at))) {
                return same(twin.get(at), shown) ? Fate.RIGHT : Fate.WRONG;
            }
            List<@Nullable Object> low = lower == null ? null : HonestAnswers.onlyTwin(lower, row, measures);
            List<@Nullable Object> high = upper == null ? null : HonestAnswers.onlyTwin(upper, row, measures);
            if (low == null
                    || high == null
                    || !(low.get(at) instanceof Number from)
                    || !(high.get(at) instanceof Number to)
                    || unclear(from)) {
                return Fate.UNKNOWN;
            }
            double value = ((Number) shown).doubleValue();
            double step = Math.abs(to.doubleValue()) / 50;
            return value >= from.doubleValue() - step && value <= to.doubleValue() + step ? Fate.RIGHT : Fate.WRONG;
        }
    }

    private enum Fate {
        RIGHT,
        WRONG,
        UNKNOWN
    }

    private static boolean unclear(@Nullable Object value) {
        return value instanceof Number n && Double.isNaN(n.doubleValue());
    }

    private static boolean same(@Nullable Object expected, Object shown) {
        return expected instanceof Number e && shown instanceof Number s
                ? Math.abs(e.doubleValue() - s.doubleValue()) <= 0.000001 * Math.max(1, Math.abs(e.doubleValue()))
                : shown.equals(expected);
    }
}
