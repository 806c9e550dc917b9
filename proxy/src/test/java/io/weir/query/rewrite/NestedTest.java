package io.weir.query.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NestedTest {
    private static void isReadAgain(String name, List<List<String>> lists) {
        assertThat(Nested.read(Nested.write(name, lists))).contains(new Nested(name, lists));
    }

    @Test
    void emptyListsAndTextsAreToldApart() {
        isReadAgain("or", List.of());
        isReadAgain("or", List.of(List.of()));
        isReadAgain("or", List.of(List.of(), List.of()));
        isReadAgain("or", List.of(List.of(""), List.of("", "")));
        assertThat(Nested.write("or", List.of(List.of()))).isNotEqualTo(Nested.write("or", List.of(List.of(""))));
    }

    @Test
    void marksWithoutTheirSignAreText() {
        isReadAgain("not", List.of(List.of("(,;)", "a, b"), List.of("[(]")));
    }

    @Test
    void drawnListsAreReadAgain() {
        Random random = new Random(5);
        for (int i = 0; i < 2_000; i++) {
            isReadAgain("or", lists(random, 3));
        }
    }

    private static List<List<String>> lists(Random random, int depth) {
        List<List<String>> lists = new ArrayList<>();
        for (int l = random.nextInt(3); l > 0; l--) {
            List<String> list = new ArrayList<>();
            for (int t = random.nextInt(3); t > 0; t--) {
                list.add(
                        depth > 0 && random.nextBoolean()
                                ? Nested.write("unless", lists(random, depth - 1))
                                : List.of("", "(", ";", "a\u001fb").get(random.nextInt(4)));
            }
            lists.add(list);
        }
        return lists;
    }

    @Test
    void otherTextsAreNone() {
        String whole = Nested.write("or", List.of(List.of("a", "b")));

        assertThat(Nested.read("")).isEmpty();
        assertThat(Nested.read("a")).isEmpty();
        assertThat(Nested.read("a" + whole)).isEmpty();
        for (int end = 0; end < whole.length(); end++) {
            assertThat(Nested.read(whole.substring(0, end))).isEmpty();
        }
        assertThat(Nested.read(whole + whole)).isEmpty();
        assertThat(Nested.read(whole + "a")).isEmpty();
    }
}
