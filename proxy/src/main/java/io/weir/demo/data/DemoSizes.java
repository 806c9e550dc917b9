package io.weir.demo.data;

import java.time.LocalDate;

/**
 * How large the demo hospital is.
 *
 * @param patients people, at most 600,000 (the test range of NHS numbers is finite)
 * @param admissions stays in hospital
 * @param prescriptions dispensed items
 */
public record DemoSizes(int patients, int admissions, int prescriptions) {
    /** What the quickstart shows. */
    public static final DemoSizes FULL = new DemoSizes(60_000, 200_000, 300_000);

    /** For tests: about a second to fill. */
    public static final DemoSizes SMALL = new DemoSizes(3_000, 10_000, 15_000);

    /** The day after the last event: the data snapshot's day, {@code CURRENT_DATE} of every statement. */
    public static final LocalDate SNAPSHOT = LocalDate.of(2026, 9, 30);

    /** The first day of the events. */
    public static final LocalDate START = LocalDate.of(2021, 4, 1);

    public DemoSizes {
        if (patients < 500 || patients > 600_000 || admissions < patients || prescriptions < patients) {
            throw new IllegalArgumentException(
                    "the demo needs 500 to 600,000 patients and at least as many admissions and prescriptions");
        }
    }
}
