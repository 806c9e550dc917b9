package io.weir.demo.data;

import io.weir.pseudonym.NhsNumber;
import java.io.IOException;
import java.util.Locale;

/** Writes {@code hospital.patients}. */
final class PatientRows {
    /** NHS numbers from here on are reserved for tests and never issued. */
    private static final long FIRST_TEST_BODY = 999_000_000L;

    private static final long TEST_BODIES = 1_000_000L;

    private final Population people;
    private final Draw draw;
    private long nextBody;

    PatientRows(long seed, Population people) {
        this.people = people;
        this.draw = new Draw(seed, "patients");
        this.nextBody = draw.below((int) TEST_BODIES);
    }

    void write(CopyText rows) throws IOException {
        int today = (int) DemoSizes.SNAPSHOT.toEpochDay();
        for (int i = 0; i < people.size(); i++) {
            rows.number(people.patientId(i));
            String number = nhsNumber();
            rows.text(draw.chance(0.008) && i != Population.EXPENSIVE_PATIENT ? null : number);
            rows.text(people.givenName(i))
                    .text(people.familyName(i))
                    .date(people.born[i])
                    .text(people.sex(i));
            rows.text(people.ethnicity(i));
            if (people.lsoa[i] < 0) {
                rows.nil();
            } else {
                rows.text(Places.lsoaCode(people.lsoa[i]));
            }
            rows.text(Places.practiceCode(people.practice[i]));
            if (people.lsoa[i] < 0) {
                rows.nil();
            } else {
                rows.number(people.places.decile(people.lsoa[i]));
            }
            rows.flag(people.optedOut[i]);
            int latest = Math.min(today - 1 - people.born[i], 14_000);
            rows.date(today - 1 - draw.below(latest + 1));
            rows.text(draw.chance(0.35) ? note(i, number) : null);
            rows.endRow();
        }
    }

    private String nhsNumber() {
        while (true) {
            long body = FIRST_TEST_BODY + nextBody;
            nextBody = (nextBody + 700_001) % TEST_BODIES;
            int check = NhsNumber.check(body);
            if (check < 10) {
                return String.format(Locale.ROOT, "%09d%d", body, check);
            }
        }
    }

    /** Free text as it really is: names, relatives, telephone numbers, numbers of other people. Each carries a canary. */
    private String note(int i, String number) {
        String name = people.givenName(i) + " " + people.familyName(i);
        String text = switch (draw.below(6)) {
            case 0 ->
                name + " rang, asks for repeat prescription. Call back on 01632 960" + draw.between(100, 999) + ".";
            case 1 -> "Spoke with daughter of " + name + " (NHS " + number + ") about carers.";
            case 2 -> name + " did not attend.\tLetter sent.";
            case 3 -> "Safeguarding: see social worker's note.\nDo not discuss with family of " + name + ".";
            case 4 ->
                "Mr/Ms " + people.familyName(i) + " prefers to be called " + people.givenName(i)
                        + "; path C:\\letters\\" + i;
            default ->
                "Lives alone; neighbour " + Names.FEMALE[draw.below(Names.FEMALE.length)] + " holds key for " + name
                        + ".";
        };
        return text + " [canary-" + people.patientId(i) + "]";
    }
}
