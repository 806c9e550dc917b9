package io.weir.demo.data;

import io.weir.demo.data.Codes.Medicine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Writes {@code hospital.prescriptions}: repeats for long-term conditions, and what anybody may need. */
final class PrescriptionRows {
    private final Population people;
    private final Draw draw;
    private final List<Medicine> medicines = Codes.medicines();

    PrescriptionRows(long seed, Population people) {
        this.people = people;
        this.draw = new Draw(seed, "prescriptions");
    }

    void write(CopyText rows, int total) throws IOException {
        double[] weights = new double[people.size()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = draw.spread(0.35 + 1.6 * Integer.bitCount(people.conditions[i]), 0.6);
        }
        int[] counts = people.share(draw, total, weights);
        Weighted acute = Weighted.of(
                medicines.size(),
                m -> medicines.get(m).condition() == null ? medicines.get(m).weight() : 0);
        int end = (int) DemoSizes.SNAPSHOT.toEpochDay() - 1;
        long step = AdmissionRows.coprime(total);
        long sequence = 0;
        for (int i = 0; i < people.size(); i++) {
            if (counts[i] == 0) {
                continue;
            }
            List<Medicine> regimen = regimen(i);
            int earliest = Math.max((int) DemoSizes.START.toEpochDay(), people.born[i]);
            int day = draw.between(earliest, end);
            for (int n = 0; n < counts[i]; n++) {
                boolean repeat = !regimen.isEmpty() && draw.chance(0.8);
                Medicine medicine = repeat ? regimen.get(draw.below(regimen.size())) : medicines.get(draw.index(acute));
                day = day + 28 <= end && draw.chance(0.7) ? day + 28 : draw.between(earliest, end);
                int packs = draw.chance(0.75) ? 1 : draw.between(2, 4);
                int quantity = medicine.pack() * packs;
                rows.number(50_000_000 + (sequence++ * step + 13) % total);
                rows.number(people.patientId(i)).date(day).text(medicine.code()).number(quantity);
                if (draw.chance(0.01)) {
                    rows.nil();
                } else {
                    rows.money(Math.max(1, StrictMath.round(draw.spread(medicine.unitCost(), 0.08) * quantity * 100)));
                }
                rows.flag(people.optedOut[i]);
                rows.endRow();
            }
        }
    }

    /** What somebody takes for good: one or two medicines a condition. */
    private List<Medicine> regimen(int i) {
        List<Medicine> chosen = new ArrayList<>();
        for (Condition condition : Condition.values()) {
            if (people.has(condition, i)) {
                List<Medicine> fitting = medicines.stream()
                        .filter(m -> m.condition() == condition)
                        .toList();
                if (!fitting.isEmpty()) {
                    Weighted weighted =
                            Weighted.of(fitting.size(), m -> fitting.get(m).weight());
                    chosen.add(fitting.get(draw.index(weighted)));
                    chosen.add(fitting.get(draw.index(weighted)));
                }
            }
        }
        return chosen;
    }
}
