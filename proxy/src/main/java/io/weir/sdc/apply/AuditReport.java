package io.weir.sdc.apply;

import io.weir.disclosure.interval.FeasibleInterval;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What readers of a protected table can work out.
 *
 * @param cells hidden ones, by row and measure, and shown ones that should not be
 * @param notes what was assumed
 * @param withTruth whether the true values were known, so that intervals could be judged
 * @param forReview whether something was not looked at, whatever the cells are; a note says what
 */
public record AuditReport(List<AuditedCell> cells, List<String> notes, boolean withTruth, boolean forReview) {
    private static final double EXACT = 1e-6;

    /** What binary numbers of that size can be off by. */
    private static final double NOISE = 1e-13;

    private static final int DECIMALS = 4;

    public AuditReport {
        cells = List.copyOf(cells);
        notes = List.copyOf(notes);
    }

    /** How a cell fares. */
    public enum Status {
        /** Everything that is required of it holds. */
        ENOUGH,
        /** There is an interval; whether it is wide enough is not known. */
        NOT_JUDGED,
        /** It could not be worked out what readers know. */
        NOT_AUDITED,
        /** It is printed otherwise than the profile would. */
        OTHERWISE,
        /** Its marker says what is not true. */
        UNTRUE,
        /** It can be worked out too closely. */
        TOO_NARROW,
        /** It can be worked out exactly. */
        EXACT,
        /** It is shown, and a rule says that it must not. */
        SHOWN
    }

    /**
     * @param place where it stands
     * @param measure its measure
     * @param printed what is in its place
     * @param lower null when nothing bounds it
     * @param upper null when nothing bounds it
     * @param sentence why, where the status does not say everything
     */
    public record AuditedCell(
            List<List<String>> place,
            String measure,
            String printed,
            @Nullable BigDecimal lower,
            @Nullable BigDecimal upper,
            Status status,
            String sentence) {
        AuditedCell as(Status other, String why) {
            return new AuditedCell(place, measure, printed, lower, upper, other, why);
        }
    }

    /**
     * A cell of a table alone.
     *
     * @param unbounded amounts from which on an end counts as none
     */
    static AuditedCell cell(
            List<List<String>> place,
            String measure,
            String printed,
            @Nullable FeasibleInterval interval,
            double unbounded) {
        if (interval == null) {
            return new AuditedCell(place, measure, printed, null, null, Status.NOT_AUDITED, "");
        }
        return new AuditedCell(
                place,
                measure,
                printed,
                end(interval.lower(), unbounded),
                end(interval.upper(), unbounded),
                isExact(interval) ? Status.EXACT : Status.NOT_JUDGED,
                "");
    }

    static boolean isExact(FeasibleInterval interval) {
        double most = Math.max(Math.abs(interval.lower()), Math.abs(interval.upper()));
        return interval.width() <= EXACT || interval.width() <= NOISE * most;
    }

    private static @Nullable BigDecimal end(double bound, double unbounded) {
        return Double.isInfinite(bound) || Math.abs(bound) >= unbounded
                ? null
                : plain(BigDecimal.valueOf(bound).setScale(DECIMALS, RoundingMode.HALF_UP));
    }

    private static BigDecimal plain(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    /** Whether anything is wrong. */
    public boolean fails() {
        return cells.stream().anyMatch(cell -> switch (cell.status()) {
            case UNTRUE, TOO_NARROW, EXACT, SHOWN -> true;
            case ENOUGH, NOT_JUDGED, NOT_AUDITED, OTHERWISE -> false;
        });
    }

    /** Whether a person has to look. */
    public boolean needsReview() {
        return forReview
                || cells.stream()
                        .anyMatch(cell -> cell.status() == Status.NOT_AUDITED || cell.status() == Status.OTHERWISE);
    }
}
