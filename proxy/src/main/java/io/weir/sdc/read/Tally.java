package io.weir.sdc.read;

import io.weir.disclosure.cellkey.CellKey;
import io.weir.disclosure.cellkey.RecordKeys;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The units of a cell, each with what it contributes. */
final class Tally {
    private final int sums;
    private final Map<Person, Share> shares = new LinkedHashMap<>();
    private final boolean[] negatives;

    Tally(int sums) {
        this.sums = sums;
        this.negatives = new boolean[sums];
    }

    /** What one unit has in the cell. A sum is null while the unit has no value. */
    private static final class Share {
        private int records;
        private final @Nullable BigDecimal[] amounts;

        Share(int sums) {
            amounts = new BigDecimal[sums];
        }
    }

    /** A unit and its sum. */
    record Contribution(Person person, BigDecimal amount) {}

    void add(Person person, List<Optional<BigDecimal>> amounts) {
        Share share = shares.computeIfAbsent(person, fresh -> new Share(sums));
        share.records++;
        for (int i = 0; i < sums; i++) {
            BigDecimal amount = amounts.get(i).orElse(null);
            if (amount != null) {
                BigDecimal before = share.amounts[i];
                share.amounts[i] = before == null ? amount : before.add(amount);
                negatives[i] |= amount.signum() < 0;
            }
        }
    }

    long units() {
        return shares.size();
    }

    long records() {
        return shares.values().stream().mapToLong(share -> share.records).sum();
    }

    /** How many records each unit has at least; 0 when there is none. */
    long fewestRecords() {
        return shares.values().stream().mapToLong(share -> share.records).min().orElse(0);
    }

    /** Units without a record outside the cell. */
    long whollyInside() {
        return shares.entrySet().stream()
                .filter(entry -> entry.getValue().records == entry.getKey().records)
                .count();
    }

    List<Person> people() {
        return List.copyOf(shares.keySet());
    }

    /** Of the units that have a value. */
    List<Contribution> contributions(int sum) {
        List<Contribution> all = new ArrayList<>();
        shares.forEach((person, share) -> {
            BigDecimal amount = share.amounts[sum];
            if (amount != null) {
                all.add(new Contribution(person, amount));
            }
        });
        return all;
    }

    /** Whether any value is negative, also where the unit's sum is not. */
    boolean negatives(int sum) {
        return negatives[sum];
    }

    CellKey key(String namespace, RecordKeys secret) {
        CellKey key = CellKey.NOBODY;
        for (Person person : shares.keySet()) {
            key = key.with(secret.of(namespace, person.identifier()));
        }
        return key;
    }

    @Override
    public String toString() {
        return "Tally[***]";
    }
}
