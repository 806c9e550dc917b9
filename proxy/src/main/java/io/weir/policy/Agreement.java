package io.weir.policy;

import io.weir.identity.PersonId;
import io.weir.identity.ProjectId;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A data-sharing agreement: the heart of the policy. It grants something only while {@link #problemOn} is null.
 *
 * @param id stable id
 * @param project the project it belongs to
 * @param title in words
 * @param parties organisation ids
 * @param purpose code of {@link Purpose}
 * @param legalBases codes of {@link LegalBasis}
 * @param approvals references (DPIA, ethics, CAG …), by kind
 * @param checklist items with answers; an unanswered item makes the agreement incomplete
 * @param validFrom first day
 * @param validUntil last day, inclusive
 * @param signOffs signatures; every party needs one
 * @param grants datasets
 * @param linkages whose records of several sources may be linked; none when it is empty
 * @param profile disclosure profile for interactive answers
 * @param releaseProfile disclosure profile for releases
 * @param reviewersRequired distinct checkers who must approve, at least 1
 * @param destinations ids of destinations
 * @param rowLevelReleasable whether row_level results may be released
 * @param retentionDays how long releases are kept
 */
public record Agreement(
        String id,
        ProjectId project,
        String title,
        List<String> parties,
        String purpose,
        List<String> legalBases,
        Map<String, String> approvals,
        List<ChecklistItem> checklist,
        LocalDate validFrom,
        LocalDate validUntil,
        List<SignOff> signOffs,
        List<Grant> grants,
        List<Linkage> linkages,
        String profile,
        String releaseProfile,
        int reviewersRequired,
        Set<String> destinations,
        boolean rowLevelReleasable,
        int retentionDays) {
    public Agreement {
        parties = List.copyOf(parties);
        legalBases = List.copyOf(legalBases);
        approvals = Map.copyOf(approvals);
        checklist = List.copyOf(checklist);
        signOffs = List.copyOf(signOffs);
        grants = List.copyOf(grants);
        linkages = List.copyOf(linkages);
        destinations = Set.copyOf(destinations);
    }

    /**
     * @param item what was asked
     * @param answer the answer, or null while open
     * @param evidence where the evidence lies
     */
    public record ChecklistItem(
            String item, @Nullable String answer, @Nullable String evidence) {}

    /**
     * @param organisation party that signs
     * @param by who signs for it
     * @param authority under which delegated authority
     * @param on date of signature
     */
    public record SignOff(String organisation, PersonId by, String authority, LocalDate on) {}

    /** Why this agreement grants nothing on that day, in words for people, or null when it is in force. */
    public @Nullable String problemOn(LocalDate day) {
        if (day.isBefore(validFrom)) {
            return "agreement %s starts on %s".formatted(id, validFrom);
        }
        if (day.isAfter(validUntil)) {
            return "agreement %s expired on %s".formatted(id, validUntil);
        }
        for (String party : parties) {
            if (signOffs.stream().noneMatch(s -> s.organisation().equals(party) && !s.on().isAfter(day))) {
                return "agreement %s is not signed by %s".formatted(id, party);
            }
        }
        for (ChecklistItem item : checklist) {
            if (item.answer() == null) {
                return "agreement %s is incomplete: checklist item '%s' is unanswered".formatted(id, item.item());
            }
        }
        return null;
    }
}
