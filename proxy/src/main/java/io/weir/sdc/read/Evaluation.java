package io.weir.sdc.read;

import io.weir.disclosure.evidence.Evidence;
import io.weir.disclosure.evidence.Holdings;
import io.weir.disclosure.evidence.NonZeroUnits;
import io.weir.disclosure.evidence.Requests;
import io.weir.disclosure.evidence.SampledContributions;
import io.weir.disclosure.evidence.SampledContributions.Sampled;
import io.weir.sdc.describe.DescribedMeasure;
import io.weir.sdc.describe.Form;
import io.weir.sdc.read.Tally.Contribution;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The evidence of each measure of a cell of records. */
record Evaluation(List<DescribedMeasure> measures, Form.Records form) {
    List<Evidence> of(Tally tally) {
        List<Evidence> evidence = new ArrayList<>();
        int sum = 0;
        for (DescribedMeasure measure : measures) {
            evidence.add(
                    switch (measure) {
                        case DescribedMeasure.Units units ->
                            byOwner(Evidence.ofCount(tally.units(), tally.units()), ones(tally));
                        case DescribedMeasure.Records records ->
                            byOwner(
                                    Evidence.ofRecords(tally.records(), tally.units(), tally.fewestRecords()),
                                    ones(tally));
                        case DescribedMeasure.Sum amounts -> sum(tally, sum++);
                    });
        }
        return evidence;
    }

    private Evidence sum(Tally tally, int index) {
        List<Contribution> contributions = tally.contributions(index);
        Evidence evidence = form.weight() == null
                ? plain(contributions, tally.negatives(index))
                : SampledContributions.evidence(
                        contributions.stream()
                                .map(c -> new Sampled(
                                        c.amount(),
                                        Objects.requireNonNull(c.person().weight())))
                                .toList(),
                        form.weightsPublished());
        Evidence owned = byOwner(evidence, contributions)
                .with(new NonZeroUnits(contributions.stream()
                        .filter(c -> c.amount().signum() != 0)
                        .count()));
        return form.asked() == null
                ? owned
                : owned.with(new Requests(largest(contributions.stream()
                        .filter(c -> c.person().asked())
                        .map(c -> c.amount().abs())
                        .toList())));
    }

    private static Evidence plain(List<Contribution> contributions, boolean negatives) {
        List<BigDecimal> descending = contributions.stream()
                .map(c -> c.amount().abs())
                .sorted(Comparator.reverseOrder())
                .toList();
        return new Evidence(
                contributions.isEmpty()
                        ? null
                        : total(contributions.stream().map(Contribution::amount).toList()),
                (long) contributions.size(),
                largest(descending),
                descending.size() < 2 ? BigDecimal.ZERO : descending.get(1),
                total(descending),
                negatives,
                descending.stream()
                        .filter(amount -> amount.signum() > 0)
                        .min(Comparator.naturalOrder())
                        .orElse(null));
    }

    private Evidence byOwner(Evidence evidence, List<Contribution> contributions) {
        if (form.owner() == null) {
            return evidence;
        }
        Map<@Nullable String, BigDecimal> byOwner = new HashMap<>();
        contributions.forEach(c -> byOwner.merge(c.person().owner(), c.amount().abs(), BigDecimal::add));
        List<BigDecimal> descending =
                byOwner.values().stream().sorted(Comparator.reverseOrder()).toList();
        return evidence.with(new Holdings(
                descending.size(), largest(descending), descending.size() < 2 ? BigDecimal.ZERO : descending.get(1)));
    }

    /** Every unit counts as one. */
    private static List<Contribution> ones(Tally tally) {
        return tally.people().stream()
                .map(person -> new Contribution(person, BigDecimal.ONE))
                .toList();
    }

    private static BigDecimal largest(List<BigDecimal> amounts) {
        return amounts.stream().max(Comparator.naturalOrder()).orElse(BigDecimal.ZERO);
    }

    private static BigDecimal total(List<BigDecimal> amounts) {
        return amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
