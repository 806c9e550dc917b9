package io.weir.query.redteam;

import io.weir.query.redteam.Ward.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Against tables with margins: what is hidden in them is worked out from margins, and from what other questions told. */
final class MarginAttacks {
    private static final String STAYS = Attack.STAYS;
    private static final String HAS_IT = Attacks.HAS_IT;
    private static final String BAND =
            "case when p.imd_decile <= 3 then 1 when p.imd_decile <= 6 then 2 when p.imd_decile <= 10 then 3 else 4 end";
    private static final String TAKEN =
            "case when p.imd_decile <= 3 then 1 when p.imd_decile <= 6 then 2 when p.imd_decile <= 10 then 3 else 4 end = 3 and p.sex = 'F'";

    private MarginAttacks() {}

    static List<Attack> margins() {
        String key = "case when " + HAS_IT + " then 0 else " + BAND + " end";
        String table = "select " + key + " k, count(*)" + STAYS + "group by rollup (" + key + ")";
        String bands = "select " + BAND + " k, count(*)" + STAYS;
        String where = "where not " + HAS_IT + " and not (" + TAKEN + ") ";
        return List.of(
                new SumsAttack(
                        "a margin of groups that are known",
                        Secret.DIAGNOSIS,
                        List.of(band(1), band(2), band(3), band(4), table),
                        answers -> SumsAttack.less(
                                answers.get(4).at("null"),
                                SumsAttack.plus(
                                        SumsAttack.plus(
                                                answers.get(0).number(0),
                                                answers.get(1).number(0)),
                                        SumsAttack.plus(
                                                answers.get(2).number(0),
                                                answers.get(3).number(0))))),
                new SumsAttack(
                        "a margin of groups that are known, afterwards",
                        Secret.DIAGNOSIS,
                        List.of(table, band(1), band(2), band(3), band(4)),
                        answers -> SumsAttack.less(
                                answers.get(0).at("null"),
                                SumsAttack.plus(
                                        SumsAttack.plus(
                                                answers.get(1).number(0),
                                                answers.get(2).number(0)),
                                        SumsAttack.plus(
                                                answers.get(3).number(0),
                                                answers.get(4).number(0))))),
                new SumsAttack(
                        "two tables with margins",
                        Secret.DIAGNOSIS,
                        List.of(
                                bands + "group by rollup (" + BAND + ")",
                                bands + where + "group by rollup (" + BAND + ")"),
                        MarginAttacks::betweenMargins),
                new SumsAttack(
                        "two tables, one with margins",
                        Secret.DIAGNOSIS,
                        List.of(bands + "group by 1", bands + where + "group by rollup (" + BAND + ")"),
                        answers -> SumsAttack.less(
                                SumsAttack.less(
                                        answers.get(0).total(), answers.get(0).at(3)),
                                rest(answers.get(1)))));
    }

    /** The same with four questions. */
    static Attack fourQuestions() {
        String count = "select count(*)" + STAYS;
        String where = "where not " + HAS_IT + " and not (" + TAKEN + ")";
        return new SumsAttack(
                "a difference of differences",
                Secret.DIAGNOSIS,
                List.of(
                        count,
                        count + "where " + BAND + " = 3",
                        count + where,
                        count + where + " and " + BAND + " = 3"),
                answers -> SumsAttack.less(
                        SumsAttack.less(answers.get(0).number(0), answers.get(1).number(0)),
                        SumsAttack.less(answers.get(2).number(0), answers.get(3).number(0))));
    }

    private static String band(int band) {
        return Attacks.COUNT + "not " + HAS_IT + " and " + BAND + " = " + band;
    }

    private static @Nullable Double betweenMargins(List<Table> answers) {
        return SumsAttack.less(rest(answers.get(0)), rest(answers.get(1)));
    }

    private static @Nullable Double rest(Table table) {
        return SumsAttack.less(table.at("null"), table.at(3));
    }
}
