package io.weir.query.govern;

import static io.weir.query.govern.Refusal.refuse;

import io.weir.policy.Grid;
import io.weir.policy.PolicySnapshot;
import io.weir.policy.Source;
import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Expr;
import io.weir.query.type.TimeZones;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The time zones in which moments of people may be cut into days: UTC, and the zone that the policy gives for all sources that were met. A zone is an
 * offset of the asker's choice: free choice would move every bound and every group by hours or minutes, and make any grid as fine as that.
 * Rows that are granted as rows are seen as they are, so there any zone will do.
 */
final class CutZones {
    private final Scope scope;
    private final PolicySnapshot policy;
    private final ZoneId session;
    private final boolean rowLevel;

    CutZones(Scope scope, PolicySnapshot policy, ZoneId session, boolean rowLevel) {
        this.scope = scope;
        this.policy = policy;
        this.session = session;
        this.rowLevel = rowLevel;
    }

    private List<ZoneId> permitted() {
        List<ZoneId> zones = new ArrayList<>(List.of(ZoneOffset.UTC));
        Set<ZoneId> own = new LinkedHashSet<>();
        scope.scans().forEach(scan -> {
            Source source = policy.sources().get(scan.dataset().source());
            if (source != null) {
                own.add(source.timeZone());
            }
        });
        // The zone of one source would be one of the asker's own choice for the moments of another.
        if (own.size() == 1) {
            zones.addAll(own);
        }
        if (rowLevel) {
            zones.add(session);
        }
        return zones;
    }

    /** Refuses to take moments of people apart in a zone of the asker's own. */
    void require(Expr.AtZone at) {
        if (permitted().stream().noneMatch(z -> TimeZones.areAlike(z, at.zone()))) {
            throw refuse(
                    ProblemCode.COMPARISON,
                    "moments of people are not taken apart in the time zone %s".formatted(at.zone()),
                    hint());
        }
    }

    private String hint() {
        ZoneId own = permitted().stream()
                .filter(z -> !TimeZones.isUtc(z))
                .findFirst()
                .orElse(ZoneOffset.UTC);
        return TimeZones.isUtc(own)
                ? "SET timezone = 'UTC'."
                : "SET timezone = '%s', the zone of the data, or 'UTC'.".formatted(own);
    }

    /** {@link Grids#suggestion}; the bound of a moment lies on the grid where it does in a permitted zone. */
    @Nullable
    String suggestion(Grid grid, Object bound) {
        if (!(bound instanceof Instant moment)) {
            return Grids.suggestion(grid, bound);
        }
        String last = null;
        for (ZoneId zone : permitted()) {
            last = Grids.suggestion(grid, TimeZones.local(moment, zone));
            if (last == null) {
                return null;
            }
        }
        return last + " Moments lie on them at midnight in UTC or in the zone of the data; " + hint();
    }

    boolean isSnapshot(Object value, LocalDate snapshot) {
        LocalDateTime midnight = snapshot.atStartOfDay();
        return value.equals(snapshot)
                || value.equals(midnight)
                || value instanceof Instant moment
                        && permitted().stream()
                                .anyMatch(z -> TimeZones.moment(midnight, z).equals(moment));
    }
}
