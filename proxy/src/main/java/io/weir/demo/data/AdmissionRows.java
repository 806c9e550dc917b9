package io.weir.demo.data;

import io.weir.demo.data.Codes.Diagnosis;
import java.io.IOException;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@code hospital.admissions}: who is ill is in hospital more often, respiratory illness comes in winter, one stay in six leads to
 * another within 28 days, most go to the hospital nearby, and one patient costs more than all others of the same diagnosis there.
 */
final class AdmissionRows {
    private static final int[] AGE_BANDS = {1, 5, 18, 45, 65, 80, 200};
    private static final int[] SEASON = {100, 92, 75, 50, 30, 12, 0, 5, 18, 40, 65, 90};

    private final Population people;
    private final Draw draw;
    private final List<Diagnosis> diagnoses = Codes.diagnoses();
    private final Map<Condition, Weighted> byCondition = new EnumMap<>(Condition.class);
    private final Weighted[][] general = new Weighted[AGE_BANDS.length][2];
    private final Diagnosis haemophilia = byCode("D66X");
    private final Diagnosis birth = byCode("Z380");
    private final Weighted anyProvider = Weighted.zipf(Places.providers(), 0.8);
    private final int start = (int) DemoSizes.START.toEpochDay();
    private final int end = (int) DemoSizes.SNAPSHOT.toEpochDay() - 1;

    AdmissionRows(long seed, Population people) {
        this.people = people;
        this.draw = new Draw(seed, "admissions");
        for (Condition condition : Condition.values()) {
            byCondition.put(
                    condition,
                    Weighted.of(
                            diagnoses.size(),
                            d -> diagnoses.get(d).condition() == condition
                                    ? diagnoses.get(d).weight()
                                    : 0));
        }
        for (int band = 0; band < AGE_BANDS.length; band++) {
            int age = band == 0 ? 0 : AGE_BANDS[band - 1];
            for (int s = 0; s < 2; s++) {
                String sex = s == 0 ? "F" : "M";
                general[band][s] = Weighted.of(
                        diagnoses.size(),
                        d -> diagnoses.get(d).condition() == null
                                        && diagnoses.get(d).fits(age, sex)
                                ? diagnoses.get(d).weight()
                                : 0);
            }
        }
    }

    void write(CopyText rows, int total) throws IOException {
        int[] counts = people.share(draw, total, people.admissionWeight);
        int sequence = 0;
        long modulus = total;
        long step = coprime(modulus);
        for (int i = 0; i < people.size(); i++) {
            Stay stay = null;
            for (int n = 0; n < counts[i]; n++) {
                stay = next(i, stay);
                long id = 20_000_000 + (sequence++ * step + 77) % modulus;
                write(rows, id, i, stay);
            }
        }
    }

    /** One stay; {@code discharged} after the snapshot means still in hospital. */
    private record Stay(Diagnosis diagnosis, int admitted, int discharged) {}

    private Stay next(int i, @Nullable Stay previous) {
        int earliest = Math.max(start, people.born[i]);
        if (previous == null && people.born[i] >= start && draw.chance(0.9)) {
            return new Stay(birth, people.born[i], people.born[i] + nights(birth));
        }
        if (previous != null && previous.discharged < end - 30 && draw.chance(0.17)) {
            Diagnosis again = draw.chance(0.6) && !previous.diagnosis.equals(birth)
                    ? previous.diagnosis
                    : diagnosis(i, people.ageOn(i, previous.discharged));
            int admitted = previous.discharged + draw.between(0, 28);
            return new Stay(again, admitted, admitted + nights(again));
        }
        Diagnosis diagnosis = haemophilia;
        int admitted = earliest;
        for (int attempt = 0; attempt < 12; attempt++) {
            admitted = draw.between(earliest, end);
            diagnosis = i == Population.EXPENSIVE_PATIENT ? haemophilia : diagnosis(i, people.ageOn(i, admitted));
            double season = SEASON[LocalDate.ofEpochDay(admitted).getMonthValue() - 1] / 100.0;
            if (draw.chance((1 + (diagnosis.winter() - 1) * season) / Math.max(1, diagnosis.winter()))) {
                break;
            }
        }
        return new Stay(diagnosis, admitted, admitted + nights(diagnosis));
    }

    private Diagnosis diagnosis(int i, int age) {
        int band = 0;
        while (age >= AGE_BANDS[band]) {
            band++;
        }
        int sex = people.sex[i] == 'M' ? 1 : 0;
        if (people.conditions[i] != 0 && draw.chance(0.55)) {
            Condition condition = anyOf(people.conditions[i]);
            for (int attempt = 0; attempt < 6; attempt++) {
                Diagnosis found = diagnoses.get(draw.index(Objects.requireNonNull(byCondition.get(condition))));
                if (found.fits(age, sex == 0 ? "F" : "M")) {
                    return found;
                }
            }
        }
        return diagnoses.get(draw.index(general[band][sex]));
    }

    private Condition anyOf(int mask) {
        int skip = draw.below(Integer.bitCount(mask));
        for (Condition condition : Condition.values()) {
            if (condition.in(mask) && skip-- == 0) {
                return condition;
            }
        }
        throw new IllegalStateException("no condition in the mask");
    }

    private int nights(Diagnosis diagnosis) {
        if (diagnosis.stay() == 0) {
            return draw.chance(0.94) ? 0 : 1;
        }
        return (int) Math.min(240, StrictMath.round(draw.spread(diagnosis.stay(), 0.8)));
    }

    private void write(CopyText rows, long id, int i, Stay stay) throws IOException {
        Diagnosis diagnosis = stay.diagnosis;
        boolean expensive = i == Population.EXPENSIVE_PATIENT && diagnosis.equals(haemophilia);
        rows.number(id).number(people.patientId(i)).date(stay.admitted);
        if (stay.discharged > end || draw.chance(0.003)) {
            rows.nil();
        } else {
            rows.date(stay.discharged);
        }
        rows.text(method(diagnosis));
        rows.text(draw.chance(0.012) && !expensive ? null : diagnosis.code());
        rows.text(Places.providerCode(
                expensive || (diagnosis.equals(haemophilia) && draw.chance(0.8)) ? Places.TEACHING : provider(i)));
        if (draw.chance(0.012) && !expensive) {
            rows.nil();
        } else {
            double typical = diagnosis.cost() * (1 + 0.06 * (stay.discharged - stay.admitted - diagnosis.stay()));
            double cost = expensive ? draw.spread(340_000, 0.3) : draw.spread(Math.max(typical, 180), 0.35);
            rows.money(StrictMath.round(cost * 100));
        }
        rows.flag(people.optedOut[i]).text(draw.chance(0.25) ? note(i, diagnosis) : null);
        rows.endRow();
    }

    /** Admission method (NHS Data Dictionary): 11 to 13 elective, 21 to 28 emergency, 31 maternity, 82 birth. */
    private String method(Diagnosis diagnosis) {
        if (diagnosis.equals(birth)) {
            return "82";
        }
        if (diagnosis.chapter().equals("XV")) {
            return "31";
        }
        if (draw.chance(diagnosis.emergency())) {
            return draw.chance(0.8) ? "21" : draw.any("22", "23", "24", "28");
        }
        return draw.any("11", "12", "13");
    }

    private int provider(int i) {
        return draw.chance(0.82) ? Places.nearestProvider(people.district(i)) : draw.index(anyProvider);
    }

    private String note(int i, Diagnosis diagnosis) {
        String name = people.givenName(i) + " " + people.familyName(i);
        return draw.any(
                        "Discharge summary for " + name + ": " + diagnosis.description() + ", home with family.",
                        name + " seen on ward round, wife asks for news.",
                        "Transferred by ambulance, brought by neighbour of Mr/Ms " + people.familyName(i) + ".")
                + " [canary-" + people.patientId(i) + "]";
    }

    private Diagnosis byCode(String code) {
        return diagnoses.stream().filter(d -> d.code().equals(code)).findFirst().orElseThrow();
    }

    /** A step through all residues, so that ids are unique and say nothing about order. */
    static long coprime(long modulus) {
        long step = (long) (modulus * 0.618_034) | 1;
        while (java.math.BigInteger.valueOf(step)
                        .gcd(java.math.BigInteger.valueOf(modulus))
                        .longValue()
                != 1) {
            step += 2;
        }
        return step;
    }
}
