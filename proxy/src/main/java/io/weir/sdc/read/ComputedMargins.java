package io.weir.sdc.read;

import io.weir.disclosure.evidence.Evidence;
import io.weir.disclosure.evidence.EvidenceRow;
import io.weir.sdc.describe.Description;
import io.weir.sdc.describe.MarginPlan;
import io.weir.sdc.describe.Population;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Margins of a file of cells in which no unit stands twice: counts and totals add up, and the largest contributions of a margin are among those of its
 * cells. What is unknown of one cell is unknown of its margins. Owners, requests and missing units are not carried over: an owner can be in several cells.
 */
record ComputedMargins(Description description, Places places) {
    void addTo(List<List<List<String>>> at, List<EvidenceRow> rows, @Nullable Long total) {
        List<List<List<String>>> finest = List.copyOf(at);
        Set<List<List<String>>> done = new HashSet<>(finest);
        for (List<Integer> depths : MarginPlan.all(description.dimensions())) {
            if (at.size() > Description.MAX_ROWS) {
                return; // whoever called says so
            }
            Map<List<List<String>>, List<EvidenceRow>> parts = new LinkedHashMap<>();
            for (int row = 0; row < finest.size(); row++) {
                parts.computeIfAbsent(Places.at(depths, finest.get(row)), place -> new ArrayList<>())
                        .add(rows.get(row));
            }
            parts.forEach((place, cells) -> {
                if (done.add(place)) {
                    at.add(place);
                    rows.add(margin(place, cells, total));
                }
            });
        }
    }

    private EvidenceRow margin(List<List<String>> place, List<EvidenceRow> cells, @Nullable Long total) {
        Long population = switch (description.population()) {
            case Population.OfTheTotal ofTheTotal -> total;
            case Population.Given(long number) -> Long.valueOf(number);
            case Population.Column column -> null;
            case Population.Unknown unknown -> null;
        };
        boolean everybody = description.population() instanceof Population.OfTheTotal && Places.isTotal(place);
        List<Evidence> evidence = new ArrayList<>();
        for (int m = 0; m < description.measures().size(); m++) {
            int measure = m;
            evidence.add(
                    sum(cells.stream().map(cell -> cell.evidence().get(measure)).toList()));
        }
        return new EvidenceRow(
                places.address(place), added(cells, EvidenceRow::units), population, null, everybody, evidence);
    }

    private static Evidence sum(List<Evidence> parts) {
        List<Evidence> some = parts.stream().filter(part -> !part.isEmpty()).toList();
        List<BigDecimal> largest = some.stream()
                .map(Evidence::largest)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
        List<BigDecimal> seconds = some.stream()
                .map(Evidence::secondLargest)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
        boolean known = !some.isEmpty() && largest.size() == some.size() && seconds.size() == some.size();
        List<BigDecimal> descending = new ArrayList<>(largest);
        descending.addAll(seconds);
        descending.sort(Comparator.reverseOrder());
        boolean negative = some.stream().anyMatch(part -> Boolean.TRUE.equals(part.negatives()));
        boolean unsigned = some.stream().allMatch(part -> Boolean.FALSE.equals(part.negatives()));
        return new Evidence(
                some.isEmpty() && parts.stream().allMatch(part -> part.value() == null)
                        ? null
                        : total(some, Evidence::value),
                added(parts, Evidence::contributingUnits),
                known ? descending.getFirst() : null,
                known ? descending.get(1) : null,
                total(some, Evidence::absoluteTotal),
                negative || unsigned ? Boolean.valueOf(negative) : null,
                !some.isEmpty() && some.stream().allMatch(part -> part.smallest() != null)
                        ? some.stream()
                                .map(Evidence::smallest)
                                .map(Objects::requireNonNull)
                                .min(Comparator.naturalOrder())
                                .orElse(null)
                        : null);
    }

    private static @Nullable BigDecimal total(List<Evidence> parts, Function<Evidence, @Nullable BigDecimal> of) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Evidence part : parts) {
            BigDecimal value = of.apply(part);
            if (value == null) {
                return null;
            }
            sum = sum.add(value);
        }
        return sum;
    }

    private static <T> @Nullable Long added(List<T> parts, Function<T, @Nullable Long> of) {
        long sum = 0;
        for (T part : parts) {
            Long value = of.apply(part);
            if (value == null) {
                return null;
            }
            sum += value;
        }
        return sum;
    }
}
