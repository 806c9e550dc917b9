package io.weir.disclosure.protection;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.disclosure.evidence.Evidence;
import io.weir.disclosure.evidence.EvidenceRow;
import io.weir.disclosure.table.Address;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ranks of codes give the order that comparing the addresses gives. */
class AddressOrderTest {

    /** With many keys the ranks do not fit into one number, and are compared one by one. */
    @ParameterizedTest
    @CsvSource({"1,5", "2,4", "3,40", "4,3", "9,300", "12,40"})
    void isThatOfAddresses(int mostKeys, int codes) {
        Random random = new Random(31L * mostKeys + codes);
        for (int round = 0; round < 30; round++) {
            Set<Address> addresses = new HashSet<>();
            for (int row = 0; row < 200; row++) {
                int keys = random.nextInt(4) == 0 ? random.nextInt(mostKeys + 1) : mostKeys;
                addresses.add(new Address(
                        random.nextInt(3) - 1,
                        IntStream.range(0, keys)
                                .mapToObj(key -> Integer.toString(random.nextInt(codes), 36))
                                .toList()));
            }
            List<Address> shuffled = new ArrayList<>(addresses);
            Collections.shuffle(shuffled, random);
            assertThat(AddressOrder.of(rows(shuffled)))
                    .isEqualTo(IntStream.range(0, shuffled.size())
                            .boxed()
                            .sorted(Comparator.comparing(shuffled::get))
                            .toList());
        }
    }

    @Test
    void ofNothingIsNothing() {
        assertThat(AddressOrder.of(List.of())).isEmpty();
        assertThat(AddressOrder.of(rows(List.of(new Address(7, List.of()))))).containsExactly(0);
    }

    private static List<EvidenceRow> rows(List<Address> addresses) {
        return addresses.stream()
                .map(address -> new EvidenceRow(address, 1L, 1L, List.of(Evidence.missing())))
                .toList();
    }
}
