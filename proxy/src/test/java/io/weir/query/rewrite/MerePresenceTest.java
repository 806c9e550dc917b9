package io.weir.query.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.policy.Column;
import io.weir.policy.ColumnClass;
import io.weir.policy.Dataset;
import io.weir.policy.DatasetName;
import io.weir.policy.Domain;
import io.weir.policy.Generalisation;
import io.weir.policy.Grant;
import io.weir.policy.Grid;
import io.weir.policy.Link;
import io.weir.policy.Missing;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.govern.plan.Rel;
import io.weir.query.type.ColumnType;
import io.weir.query.type.SqlType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MerePresenceTest {
    private static final DatasetName CODES = new DatasetName("hospital", "codes");
    private static final DatasetName OWNERS = new DatasetName("hospital", "people");
    private static final Expr COST = new Expr.Column("a", "cost", SqlType.NUMERIC);
    private static final Expr DAY = new Expr.Column("a", "admitted", SqlType.DATE);
    private static final Expr NAME = new Expr.Column("a", "name", SqlType.TEXT);
    private static final Expr PARTNER = new Expr.Column("b", "code", SqlType.TEXT);
    private static final Expr QUOTIENT = new Expr.Column("d", "quotient", SqlType.NUMERIC);
    private static final Expr ONE = new Expr.Literal(java.math.BigDecimal.ONE, SqlType.NUMERIC);
    private static final Expr NOUGHT = new Expr.Literal(java.math.BigDecimal.ZERO, SqlType.NUMERIC);

    private static final Rel.Scan STAYS = scan(
            "a",
            Dataset.Kind.PERSONAL,
            column("cost", true, Missing.UNINFORMATIVE, new Generalisation.None(), new Domain.Open()),
            column("admitted", false, Missing.INFORMATIVE, new Generalisation.None(), new Domain.Open()),
            column("name", false, Missing.INFORMATIVE, new Generalisation.Prefix(1), new Domain.Open()),
            column("stroke", true, Missing.INFORMATIVE, new Generalisation.None(), new Domain.Open()),
            column(
                    "area",
                    false,
                    Missing.INFORMATIVE,
                    new Generalisation.Lookup(CODES, "area", "region"),
                    new Domain.Open()),
            column("code", false, Missing.INFORMATIVE, new Generalisation.None(), new Domain.Reference(CODES, "code")));
    private static final Rel.Scan LIST = scan("c", Dataset.Kind.REFERENCE);
    private static final Rel.Scan PEOPLE = new Rel.Scan(
            "e",
            new Dataset(
                    OWNERS,
                    "s",
                    "s",
                    "r",
                    Dataset.Kind.PERSONAL,
                    "About.",
                    "org",
                    null,
                    List.of(),
                    List.of(),
                    null,
                    null,
                    List.of()),
            new Grant(OWNERS, Grant.Mode.AGGREGATE, Set.of(), null),
            false);

    private final Map<String, Rel> relations = Map.of(
            "a",
            STAYS,
            "b",
            STAYS,
            "d",
            new Rel.Derived(
                    "d", STAYS, List.of(new Rel.Named("quotient", call(Op.DIVIDE, SqlType.NUMERIC, ONE, COST))), false),
            "p",
            new Rel.PerSubject(
                    "p",
                    STAYS,
                    List.of(new Rel.Named("area", column("area"))),
                    List.of(
                            extreme("most", COST, Expr.always()),
                            extreme("mostOfSome", COST, call(Op.LESS, SqlType.BOOL, COST, ONE)),
                            extreme("last", column("stroke"), Expr.always()))));
    private final MerePresence presence =
            new MerePresence(column -> column.alias().equals("b"), relations::get);

    private static Rel.NamedAggregate extreme(String name, Expr argument, Expr filter) {
        return new Rel.NamedAggregate(
                name, Rel.NamedAggregate.Function.MAXIMUM, argument, filter, false, argument.type());
    }

    private static Expr.Column column(String name) {
        return new Expr.Column("a", name, SqlType.TEXT);
    }

    private static Column column(String name, boolean nullable, Missing missing, Generalisation view, Domain domain) {
        return new Column(
                name,
                ColumnType.of(SqlType.TEXT),
                ColumnClass.ATTRIBUTE,
                "About.",
                nullable,
                missing,
                null,
                view,
                view,
                new Grid.NoRanges(),
                domain,
                Set.of(),
                null);
    }

    private static Rel.Scan scan(String alias, Dataset.Kind kind, Column... columns) {
        DatasetName name = kind == Dataset.Kind.REFERENCE ? CODES : new DatasetName("hospital", "stays");
        return new Rel.Scan(
                alias,
                new Dataset(
                        name,
                        "s",
                        "s",
                        "r",
                        kind,
                        "About.",
                        "org",
                        null,
                        List.of(),
                        List.of(new Link(List.of("name"), OWNERS, List.of("id"), true, Set.of())),
                        null,
                        null,
                        List.of(columns)),
                new Grant(name, Grant.Mode.AGGREGATE, Set.of(), null),
                false);
    }

    private static Expr call(Op op, SqlType type, Expr... arguments) {
        return new Expr.Call(op, List.of(arguments), type);
    }

    private static Expr number(Op op, Expr... arguments) {
        return call(op, SqlType.NUMERIC, arguments);
    }

    private static Expr cast(Expr argument, SqlType type) {
        return new Expr.Cast(argument, type, -1, false);
    }

    @Test
    void whatLacksAValueWithItsColumnsIs() {
        assertThat(List.of(
                        COST,
                        number(Op.ADD, number(Op.MULTIPLY, COST, ONE), ONE),
                        number(Op.DIVIDE, COST, ONE),
                        cast(COST, SqlType.FLOAT8),
                        cast(COST, SqlType.TEXT),
                        call(Op.DAYS_BETWEEN, SqlType.INT4, DAY, call(Op.TRUNCATE_MONTH, SqlType.TIMESTAMP, DAY)),
                        call(Op.YEAR_OF, SqlType.INT4, cast(DAY, SqlType.TIMESTAMP)),
                        call(Op.LESS, SqlType.BOOL, COST, ONE)))
                .allMatch(presence::is);
    }

    @Test
    void whatLacksOneForWhatTheyAreIsNot() {
        Expr later = call(Op.ADD_DAYS, SqlType.DATE, DAY, ONE);
        assertThat(List.of(
                        PARTNER,
                        QUOTIENT,
                        number(Op.DIVIDE, ONE, COST),
                        number(Op.DIVIDE, COST, NOUGHT),
                        number(Op.ADD, ONE, number(Op.LOGARITHM, COST)),
                        number(Op.SQUARE_ROOT, COST),
                        number(Op.MODULO, COST, COST),
                        number(Op.NULLIF, COST, ONE),
                        cast(NAME, SqlType.INT4),
                        cast(NAME, SqlType.DATE),
                        call(Op.YEAR_OF, SqlType.INT4, later),
                        call(Op.AND, SqlType.BOOL, call(Op.LESS, SqlType.BOOL, COST, ONE), Expr.always())))
                .noneMatch(presence::is);
    }

    @Test
    void numbersNeedTheirColumnsAndDaysThemselves() {
        Expr year = call(Op.YEAR_OF, SqlType.INT4, DAY);
        assertThat(presence.needed(number(Op.SUBTRACT, number(Op.DIVIDE, COST, ONE), cast(COST, SqlType.NUMERIC))))
                .containsExactly(COST);
        assertThat(presence.needed(number(Op.ADD, COST, year))).containsExactly(COST, year);
    }

    /** A day of a stroke is missing for who had none, whatever is calculated from it. */
    @Test
    void whatSaysSomethingOfAPersonIsNot() {
        Expr stroke = column("stroke");
        assertThat(List.of(
                        stroke,
                        number(Op.ADD, COST, stroke),
                        column("area"),
                        new Expr.Column("p", "area", SqlType.TEXT),
                        new Expr.Column("p", "mostOfSome", SqlType.NUMERIC),
                        new Expr.Column("p", "last", SqlType.TEXT),
                        new Expr.Column("nowhere", "cost", SqlType.TEXT)))
                .noneMatch(presence::is);
        assertThat(presence.is(new Expr.Column("p", "most", SqlType.NUMERIC))).isTrue();
        assertThat(presence.is(new Expr.Column("a", Rel.RAW + "area", SqlType.TEXT)))
                .isTrue();
    }

    @Test
    void aPartnerIsMissedForNothingWhereThePolicySaysSo() {
        assertThat(presence.isOfPartner(List.of((Expr.Column) COST), LIST)).isTrue();
        assertThat(presence.isOfPartner(List.of(column("code")), LIST)).isTrue();
        assertThat(presence.isOfPartner(List.of(column("name")), LIST)).isFalse();
        assertThat(presence.isOfPartner(List.of(column("name")), PEOPLE)).isTrue();
        assertThat(presence.isOfPartner(List.of(column("name")), STAYS)).isFalse(); // not whose they are
        assertThat(presence.isOfPartner(List.of(column("stroke")), STAYS)).isFalse();
        assertThat(presence.isOfPartner(List.of((Expr.Column) PARTNER), LIST)).isFalse();
        assertThat(presence.isOfPartner(List.of((Expr.Column) QUOTIENT), LIST)).isFalse();
        assertThat(presence.isOfPartner(List.of(column("code")), relations.get("p")))
                .isFalse();
    }

    /** Some record can have the one, and some the other. */
    @Test
    void whatIsAddedUpOfSeveralRowsIsThereForItself() {
        Expr.Column last = new Expr.Column("p", "last", SqlType.TEXT);
        assertThat(presence.telling(last)).containsExactly(last);
        assertThat(presence.telling(new Expr.Column("p", "most", SqlType.NUMERIC)))
                .isEmpty();
    }

    @Test
    void itIsAskedForInSeveralWays() {
        Expr there = Expr.predicate(Op.IS_NOT_NULL, COST);
        assertThat(MerePresence.askedToBeThere(Expr.predicate(Op.IS_TRUE, there)))
                .contains(COST);
        assertThat(MerePresence.askedToBeThere(Expr.predicate(Op.IS_NOT_TRUE, Expr.predicate(Op.IS_NULL, COST))))
                .contains(COST);
        assertThat(MerePresence.askedToBeThere(Expr.predicate(Op.IS_NOT_TRUE, there)))
                .isEmpty();
    }
}
