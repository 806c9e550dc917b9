package io.weir.disclosure.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.disclosure.history.Asked.Cut;
import io.weir.disclosure.history.Asked.Domain;
import io.weir.disclosure.history.Asked.In;
import io.weir.disclosure.history.Asked.Range;
import io.weir.disclosure.history.Asked.Value;
import io.weir.disclosure.history.Selection.Condition;
import io.weir.disclosure.history.Selection.Nature;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StructureTest {
    private static final Optional<Domain> NO_DOMAIN = Optional.empty();
    private static final Asked WOMEN = value("sex", "F");
    private static final Asked MEN = value("sex", "M");
    private static final Asked ILL = new Asked.Wording("ill");

    private static Asked value(String subject, String... values) {
        return new In(
                subject, Arrays.stream(values).<Asked.Piece>map(Value::new).toList(), NO_DOMAIN);
    }

    private static Asked between(String subject, @Nullable Integer from, @Nullable Integer until) {
        return new In(subject, List.of(new Range(cut(from), cut(until))), NO_DOMAIN);
    }

    private static @Nullable Cut cut(@Nullable Integer at) {
        return at == null ? null : new Cut(BigDecimal.valueOf(at), false);
    }

    private static Form form(Asked... asked) {
        return Form.of(selection(List.of(asked)));
    }

    private static Selection selection(List<Asked> asked) {
        Set<Condition> conditions = asked.stream()
                .map(a -> new Condition(
                        a.toString(), Set.of(), a instanceof Asked.Present ? Nature.PRESENCE : Nature.OTHER, () -> a))
                .collect(Collectors.toSet());
        return new Selection("stays", conditions);
    }

    private static boolean isNothing(Form whole, Form... parts) {
        List<Form> forms = new ArrayList<>(List.of(whole));
        forms.addAll(List.of(parts));
        List<Integer> times = new ArrayList<>(List.of(-1));
        times.addAll(java.util.Collections.nCopies(parts.length, 1));
        return Structure.isNothing(forms, times, true);
    }

    @Test
    void partsOfARangeAreTheRange() {
        assertThat(isNothing(
                        form(between("day", 0, 365), ILL),
                        form(ILL, between("day", 0, 31)),
                        form(between("day", 31, 59), ILL),
                        form(between("day", 59, 365), ILL)))
                .isTrue();
        assertThat(isNothing(form(between("day", 0, 365)), form(between("day", 0, 31)), form(between("day", 32, 365))))
                .isFalse();
    }

    @Test
    void partsOfDifferentRowsAreNot() {
        Form others = Form.of(new Selection("others", selection(List.of(WOMEN)).conditions()));
        assertThat(isNothing(form(value("sex", "F", "M")), form(MEN), form(WOMEN)))
                .isTrue();
        assertThat(isNothing(form(value("sex", "F", "M")), form(MEN), others)).isFalse();
    }

    @Test
    void whoHasNoValueIsNeitherAboveNorBelow() {
        Asked below = between("age", null, 65);
        Asked above = between("age", 65, null);
        assertThat(isNothing(form(), form(below), form(above))).isFalse();
        assertThat(isNothing(form(), form(below), form(above), form(new Asked.Missing("age"))))
                .isTrue();
        assertThat(isNothing(form(new Asked.Present("age")), form(below), form(above)))
                .isTrue();
    }

    @Test
    void thatAValueIsThereSinglesNobodyOut() {
        assertThat(isNothing(form(ILL), form(ILL, new Asked.Present("cost")))).isTrue();
        assertThat(isNothing(form(ILL), form(ILL, new Asked.Missing("cost")))).isFalse();
    }

    @Test
    void everybodyIsTheDomain() {
        Optional<Domain> sexes = Optional.of(new Domain(List.of(new Value("F"), new Value("M")), false));
        Asked men = new In("sex", List.of(new Value("M")), sexes);
        assertThat(isNothing(form(ILL), form(WOMEN, ILL), form(men, ILL))).isTrue();
        assertThat(isNothing(form(ILL), form(WOMEN, ILL), form(MEN, ILL)))
                .as("who else may be there")
                .isFalse();
    }

    @Test
    void aDomainIsOfRowsOfOneKind() {
        Optional<Domain> sexes = Optional.of(new Domain(List.of(new Value("F"), new Value("M")), false));
        Asked men = new In("sex", List.of(new Value("M")), sexes);
        Selection others = new Selection("staff", Set.of(new Condition("men", Set.of(), Nature.OTHER, () -> men)));
        List<Form> forms = List.of(form(ILL), form(WOMEN, ILL), form(MEN, ILL), Form.of(others), Form.of(others));
        assertThat(Structure.isNothing(forms, List.of(-1, 1, 1, 1, -1), true)).isFalse();
    }

    @Test
    void thatAllIsThereIsNotToBeExpectedOfAnyData() {
        List<Form> forms = List.of(form(ILL), form(ILL, new Asked.Present("cost")));
        assertThat(Structure.isNothing(forms, List.of(1, -1), true)).isTrue();
        assertThat(Structure.isNothing(forms, List.of(1, -1), false)).isFalse();
    }

    /** Who lacks a cost need not lack a day: the numbers are the same where each lacks one of them. */
    @Test
    void whatLacksOnBothSidesMayBeMade() {
        Asked cost = new Asked.Present("cost");
        Asked day = new Asked.Present("day");
        assertThat(isNothing(form(ILL, cost), form(ILL, day))).isFalse();
        assertThat(isNothing(form(ILL, cost, day), form(ILL, cost))).isTrue();
        assertThat(isNothing(form(ILL, cost), form(ILL, cost, WOMEN), form(ILL, cost, others(WOMEN))))
                .isTrue();
        assertThat(isNothing(form(ILL, cost), form(ILL, day, WOMEN), form(ILL, day, others(WOMEN))))
                .isFalse();
        assertThat(isNothing(form(ILL), form(ILL, day, WOMEN), form(ILL, cost, others(WOMEN))))
                .isTrue();
    }

    @Test
    void aValueInsideAnotherConditionIsNotTakenToBeThere() {
        assertThat(isNothing(form(others(new Asked.Present("cost"), WOMEN)), form(others(WOMEN))))
                .isFalse();
    }

    private static Asked others(Asked... all) {
        return new Asked.Unless(List.of(all), true);
    }

    @Test
    void whatADomainDoesNotHaveIsNotNothing() {
        Optional<Domain> sexes = Optional.of(new Domain(List.of(new Value("F"), new Value("M")), false));
        Asked men = new In("sex", List.of(new Value("M")), sexes);
        for (Asked beyond : List.of(value("sex", "X"), new Asked.Missing("sex"))) {
            assertThat(Structure.isNothing(
                            List.of(form(beyond), form(), form(WOMEN), form(men)), List.of(1, -1, 1, 1), true))
                    .isFalse();
        }
    }

    @Test
    void valuesThatACollationMayTakeForOneAreNotTakenForTwo() {
        assertThat(Structure.isNothing(List.of(form(value("code", "a"), value("code", "b"))), List.of(1), true))
                .isTrue();
        assertThat(Structure.isNothing(List.of(form(value("code", "a"), value("code", "A "))), List.of(1), true))
                .isFalse();
        assertThat(isNothing(form(value("code", "e", "é")), form(value("code", "e")), form(value("code", "é"))))
                .isFalse();
    }

    @Test
    void aConditionAndThatItIsNotTrueAreEverybody() {
        Asked neither = new Asked.Unless(List.of(WOMEN, ILL), true);
        assertThat(isNothing(form(), form(neither), form(WOMEN, ILL))).isTrue();
        assertThat(isNothing(form(), form(new Asked.Unless(List.of(WOMEN, ILL), false)), form(WOMEN, ILL)))
                .isFalse();
    }

    @Test
    void eitherIsInclusionAndExclusion() {
        Asked either = new Asked.Either(List.of(List.of(WOMEN), List.of(ILL)));
        assertThat(Structure.isNothing(
                        List.of(form(either), form(WOMEN), form(ILL), form(WOMEN, ILL)), List.of(1, -1, -1, 1), true))
                .isTrue();
    }

    @Test
    void aDifferenceOfDifferencesIsNot() {
        Asked others = new Asked.Unless(List.of(value("name", "target"), ILL), true);
        assertThat(Structure.isNothing(
                        List.of(form(), form(WOMEN), form(others), form(WOMEN, others)), List.of(1, -1, -1, 1), true))
                .isFalse();
    }

    @Test
    void longCalculationsAreGivenUp() {
        Asked[] many = IntStream.range(0, 20)
                .mapToObj(i -> value("column " + i, "a", "b", "c"))
                .toArray(Asked[]::new);
        assertThat(Structure.isNothing(List.of(form(many), form(many)), List.of(1, -1), true))
                .as("the same is not calculated")
                .isTrue();
        assertThat(Structure.isNothing(List.of(form(many), form(ILL), form(ILL, ILL)), List.of(1, -1, 1), true))
                .isFalse();
    }

    /** What is said to be nothing on any data is nothing on drawn data. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatIsNothingIsNothing(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int found = 0;
        for (int round = 0; round < 4_000; round++) {
            List<List<Asked>> selections = IntStream.range(0, 2 + random.nextInt(3))
                    .mapToObj(i -> conditions(random, 0))
                    .toList();
            List<Integer> times =
                    selections.stream().map(s -> random.nextInt(2) * 2 - 1).toList();
            List<Form> forms =
                    selections.stream().map(s -> Form.of(selection(s))).toList();
            if (Structure.isNothing(forms, times, true)) {
                found++;
                for (int row = 0; row < 50; row++) {
                    Map<String, String> values = row(random);
                    int sum = 0;
                    for (int s = 0; s < times.size(); s++) {
                        sum += holds(selections.get(s), values) ? times.get(s) : 0;
                    }
                    assertThat(sum).as("%s %s in %s", selections, times, values).isZero();
                }
            }
        }
        assertThat(found).isPositive();
    }

    private static List<Asked> conditions(SplittableRandom random, int depth) {
        return IntStream.range(0, random.nextInt(depth == 0 ? 3 : 2) + (depth == 0 ? 0 : 1))
                .mapToObj(i -> condition(random, depth))
                .toList();
    }

    private static Asked condition(SplittableRandom random, int depth) {
        return switch (random.nextInt(depth < 2 ? 6 : 4)) {
            case 0 -> value("sex", random.nextBoolean() ? "F" : "M");
            case 1 -> {
                int from = random.nextInt(4);
                yield between("age", from == 0 ? null : from, random.nextBoolean() ? null : from + 1);
            }
            case 2 -> new Asked.Wording(random.nextBoolean() ? "ill" : "old");
            case 3 -> value("sex", "F", "M");
            case 4 -> new Asked.Unless(conditions(random, depth + 1), true);
            default -> new Asked.Either(List.of(conditions(random, depth + 1), conditions(random, depth + 1)));
        };
    }

    private static Map<String, String> row(SplittableRandom random) {
        Map<String, String> row = new java.util.HashMap<>();
        put(row, "sex", random, "F", "M", "X");
        put(row, "age", random, "0", "1", "2", "3", "4", "5");
        put(row, "ill", random, "yes");
        put(row, "old", random, "yes");
        return row;
    }

    private static void put(Map<String, String> row, String column, SplittableRandom random, String... values) {
        int which = random.nextInt(values.length + 1);
        if (which < values.length) {
            row.put(column, values[which]);
        }
    }

    private static boolean holds(List<Asked> all, Map<String, String> row) {
        return all.stream().allMatch(condition -> holds(condition, row));
    }

    private static boolean holds(Asked condition, Map<String, String> row) {
        return switch (condition) {
            case Asked.Wording(String text) -> row.containsKey(text);
            case Asked.Present(String subject) -> row.containsKey(subject);
            case Asked.Missing(String subject) -> !row.containsKey(subject);
            case Asked.Unless(List<Asked> all, boolean unknown) -> !holds(all, row);
            case Asked.Either(List<List<Asked>> options) -> options.stream().anyMatch(option -> holds(option, row));
            case In(String subject, List<Asked.Piece> pieces, Optional<Domain> domain) ->
                row.containsKey(subject) && pieces.stream().anyMatch(piece -> isIn(row.get(subject), piece));
        };
    }

    private static boolean isIn(String value, Asked.Piece piece) {
        return switch (piece) {
            case Value(String text) -> text.equals(value);
            case Range(Cut from, Cut until) ->
                (from == null || Integer.parseInt(value) >= from.at().intValueExact())
                        && (until == null
                                || Integer.parseInt(value) < until.at().intValueExact());
        };
    }
}
