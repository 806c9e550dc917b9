package io.weir.query.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.query.govern.plan.Op;
import io.weir.query.type.SqlType;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextTreeTest {
    private static TextTree.Leaf leaf(String text) {
        return new TextTree.Leaf(text);
    }

    @Test
    void callsAreReadWithTheirArguments() {
        assertThat(TextTree.read("LESS[a.x, INT8:'5']"))
                .isEqualTo(new TextTree.Call(
                        "LESS[a.x, INT8:'5']",
                        Op.LESS,
                        List.of(leaf("a.x"), new TextTree.Constant("INT8:'5'", SqlType.INT8, "5"))));
        assertThat(TextTree.read("COALESCE[]")).isEqualTo(new TextTree.Call("COALESCE[]", Op.COALESCE, List.of()));
    }

    @Test
    void whatIsInQuotesIsText() {
        assertThat(TextTree.read("TEXT:'it''s, a] ''->'' null'"))
                .isEqualTo(new TextTree.Constant("TEXT:'it''s, a] ''->'' null'", SqlType.TEXT, "it's, a] '->' null"));
        assertThat(TextTree.read("TEXT:''")).isEqualTo(new TextTree.Constant("TEXT:''", SqlType.TEXT, ""));
        assertThat(TextTree.read("TEXT:''''")).isEqualTo(new TextTree.Constant("TEXT:''''", SqlType.TEXT, "'"));
        assertThat(TextTree.read("TEXT:'null'")).isEqualTo(new TextTree.Constant("TEXT:'null'", SqlType.TEXT, "null"));
        assertThat(TextTree.read("TEXT:null")).isEqualTo(new TextTree.Constant("TEXT:null", SqlType.TEXT, null));
    }

    @Test
    void choicesAndCastsAreRead() {
        String text = "case([EQUAL[TEXT:',', a.x]->cast(FLOOR[a.n] as INT4), a.b->INT4:'1'] else INT4:null)";

        assertThat(TextTree.read(text)).isInstanceOfSatisfying(TextTree.Case.class, choice -> {
            assertThat(choice.whens()).hasSize(2);
            assertThat(choice.whens().getFirst().value())
                    .isEqualTo(new TextTree.Cast(
                            "cast(FLOOR[a.n] as INT4)",
                            new TextTree.Call("FLOOR[a.n]", Op.FLOOR, List.of(leaf("a.n"))),
                            SqlType.INT4));
            assertThat(choice.whens().get(1).condition()).isEqualTo(leaf("a.b"));
            assertThat(choice.otherwise()).isEqualTo(new TextTree.Constant("INT4:null", SqlType.INT4, null));
        });
    }

    @Test
    void whatHasBracketsOfItsOwnIsALeaf() {
        for (String text : List.of(
                "a.x",
                "exists({a where [EQUAL[a.k, TEXT:']']]})",
                "SUM(a.x if [LESS[a.y, INT8:'1']]) in per person of [a]",
                "ROW_NUMBER[] by [a.k] in order [a.d false false]")) {
            assertThat(TextTree.read(text)).isEqualTo(leaf(text));
            assertThat(TextTree.read("IS_NULL[" + text + "]"))
                    .isEqualTo(new TextTree.Call("IS_NULL[" + text + "]", Op.IS_NULL, List.of(leaf(text))));
        }
    }

    @Test
    void whatCannotBeReadIsALeafAsAWhole() {
        for (String text : List.of(
                "",
                "LESS[a.x, INT8:'5'",
                "LESS[a.x, INT8:'5']]",
                "LESS[a.x,INT8:'5']",
                "LESS[a.x, INT8:'5'] and more",
                "TEXT:'open",
                "TEXT:'a' 'b'",
                "cast(a.x as NOTHING)",
                "cast(a.x as VARCHAR 5)",
                "case([a.b->a.c] else )",
                "case([a.b] else a.c)",
                "a, b")) {
            assertThat(TextTree.read(text)).isEqualTo(leaf(text));
        }
    }
}
