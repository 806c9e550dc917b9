package io.weir.disclosure.cellkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecordKeysTest {
    private static final byte[] SECRET = secret(0);

    @Test
    void keysAreHmacSha256AndStayWhatTheyAre() {
        // Computed with Python's hmac and hashlib: a change of these values is a change of every published figure.
        RecordKeys keys = new RecordKeys(SECRET);
        assertThat(keys.of("NHS number", "9434765919").bits()).isEqualTo(0xc1dce0276490154dL);
        assertThat(keys.of("NHS number", "\u00c4").bits()).isEqualTo(0xd2a71fa277b70751L);
    }

    @Test
    void anotherSecretNamespaceOrSplitOfTheTextIsAnotherKey() {
        RecordKeys keys = new RecordKeys(SECRET);
        RecordKey key = keys.of("ab", "c");
        assertThat(keys.of("ab", "c")).isEqualTo(key);
        assertThat(keys.of("a", "bc")).isNotEqualTo(key);
        assertThat(keys.of("abc", "")).isNotEqualTo(key);
        assertThat(new RecordKeys(secret(1)).of("ab", "c")).isNotEqualTo(key);
    }

    @Test
    void shortSecretsAreRefusedAndSecretsAreCopied() {
        assertThatThrownBy(() -> new RecordKeys(new byte[RecordKeys.SECRET_BYTES - 1]))
                .isInstanceOf(IllegalArgumentException.class);
        byte[] secret = secret(0);
        RecordKeys keys = new RecordKeys(secret);
        java.util.Arrays.fill(secret, (byte) 0);
        assertThat(keys.of("a", "b")).isEqualTo(new RecordKeys(SECRET).of("a", "b"));
    }

    @Test
    void keysOfUnitsAndOfCellsAreUniform() {
        RecordKeys keys = new RecordKeys(SECRET);
        int[] units = new int[16];
        int[] cells = new int[16];
        CellKey cell = CellKey.NOBODY;
        int people = 40_000;
        for (int person = 0; person < people; person++) {
            RecordKey key = keys.of("person", Integer.toString(person));
            cell = cell.with(key);
            units[(int) (key.bits() >>> 60)]++;
            cells[(int) (cell.fraction() * 16)]++;
        }
        // Chi square with 15 degrees of freedom is below 44.3 in 9,999 of 10,000 cases.
        assertThat(chiSquare(units, people)).isLessThan(44.3);
        assertThat(chiSquare(cells, people)).isLessThan(44.3);
    }

    @Test
    void aCellsKeyDoesNotDependOnOrderAndIsTheSumOfItsParts() {
        RecordKeys keys = new RecordKeys(SECRET);
        List<RecordKey> people = new ArrayList<>();
        for (int person = 0; person < 101; person++) {
            people.add(keys.of("person", "p" + person));
        }
        CellKey all = cell(people);
        Collections.shuffle(people, new Random(5));
        assertThat(cell(people)).isEqualTo(all);
        assertThat(cell(people.subList(0, 40)).plus(cell(people.subList(40, 101))))
                .isEqualTo(all);
        assertThat(all.units()).isEqualTo(101);
        assertThat(all.toString()).doesNotContain("101");
    }

    @Test
    void noKeyRoundsToOne() {
        assertThat(new CellKey(-1L, 1).fraction()).isLessThan(1);
        assertThat(new CellKey(Long.MIN_VALUE, 1).fraction()).isEqualTo(0.5);
        assertThatThrownBy(() -> new CellKey(1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static CellKey cell(List<RecordKey> people) {
        CellKey cell = CellKey.NOBODY;
        for (RecordKey person : people) {
            cell = cell.with(person);
        }
        return cell;
    }

    private static double chiSquare(int[] buckets, int total) {
        double expected = (double) total / buckets.length;
        double sum = 0;
        for (int count : buckets) {
            sum += (count - expected) * (count - expected) / expected;
        }
        return sum;
    }

    private static byte[] secret(int first) {
        byte[] secret = new byte[RecordKeys.SECRET_BYTES];
        for (int i = 0; i < secret.length; i++) {
            secret[i] = (byte) (first + i);
        }
        return secret;
    }
}
