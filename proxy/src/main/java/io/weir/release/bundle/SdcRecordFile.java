package io.weir.release.bundle;

import io.weir.query.answer.FrozenAnswer;
import io.weir.query.answer.FrozenAnswer.Cell;
import io.weir.release.request.CanonicalJson;
import io.weir.release.request.ReleaseRequest;
import io.weir.release.request.Vote;
import io.weir.release.review.ApprovedRelease;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * {@code sdc-record.json}: how disclosure was controlled (SATRE 3.3.09), for the recipient and whoever asks later.
 *
 * <p>It leaves the environment, so it holds nothing that helps to undo the protection: how many cells are hidden, not which rule hid how
 * many; no parameters of the dominance rules (their values are confidential by custom: Hundepool et al., Statistical Disclosure Control,
 * section 4.2). Those and the query stay in the control store, under the digest given here. The digests are salted with a nonce that stays
 * there, too: guesses cannot be tested against them.
 */
final class SdcRecordFile {
    private static final Set<String> PUBLIC_PARAMETERS =
            Set.of("threshold", "zeros", "roundingbase", "rounding", "history", "family", "source", "marker", "name");

    private SdcRecordFile() {}

    static byte[] write(ApprovedRelease release, String toolVersion) {
        ReleaseRequest request = release.request();
        FrozenAnswer answer = release.frozen().answer();
        FrozenAnswer.Facts facts = answer.facts();
        Map<String, Object> root = new HashMap<>();
        root.put("format", "weir-sdc-record/1");
        root.put("tool", Map.of("name", "weir", "version", toolVersion));
        root.put("request", request.id().value());
        root.put("title", request.title());
        root.put("project", request.project().value());
        root.put("agreement", request.agreement());
        root.put("purpose", facts.purpose());
        root.put("requested_at", request.createdAt().toString());
        root.put("policy", Map.of("at_query", facts.policyDigest(), "at_sealing", release.policyDigest()));
        root.put("frozen_sha256", release.frozen().digest());
        root.put("case_sha256", request.caseDigest());
        root.put("datasets", facts.datasets());
        root.put("snapshots", snapshots(facts));
        root.put("mode", facts.mode());
        root.put("criteria", criteria(facts));
        root.put("rules_applied", facts.ruling());
        root.put("cells", verdicts(answer));
        root.put("review", review(release));
        return (CanonicalJson.write(root) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, Object> snapshots(FrozenAnswer.Facts facts) {
        Map<String, Object> out = new HashMap<>();
        facts.snapshots().forEach((source, day) -> out.put(source, day.toString()));
        return out;
    }

    private static Map<String, Object> criteria(FrozenAnswer.Facts facts) {
        Map<String, Object> shown = new TreeMap<>();
        TreeMap<String, String> withheld = new TreeMap<>();
        facts.profileParameters().forEach((name, value) -> {
            if (PUBLIC_PARAMETERS.contains(
                    name.replace("_", "").replace("-", "").toLowerCase(Locale.ROOT))) {
                shown.put(name, value);
            } else {
                withheld.put(name, value);
            }
        });
        return Map.of(
                "profile", facts.profile(),
                "marker", facts.marker(),
                "parameters", shown,
                "withheld", List.copyOf(withheld.keySet()));
    }

    private static Map<String, Object> verdicts(FrozenAnswer answer) {
        int shown = 0;
        int rounded = 0;
        int hidden = 0;
        for (List<Cell> row : answer.rows()) {
            for (Cell cell : row) {
                switch (cell) {
                    case Cell.Shown(Object ignored, boolean wasRounded) -> {
                        shown++;
                        rounded += wasRounded ? 1 : 0;
                    }
                    case Cell.Hidden ignored -> hidden++;
                }
            }
        }
        return Map.of(
                "rows", answer.rows().size(),
                "columns", answer.columns().size(),
                "shown", shown,
                "rounded", rounded,
                "hidden", hidden);
    }

    private static Map<String, Object> review(ApprovedRelease release) {
        List<Map<String, Object>> approvals =
                release.approvals().stream().map(SdcRecordFile::approval).toList();
        return Map.of("required", release.agreement().reviewersRequired(), "approvals", approvals);
    }

    private static Map<String, Object> approval(Vote vote) {
        return Map.of(
                "checker", vote.checker().value(),
                "outcome", vote.ballot().label(),
                "case_sha256", vote.caseDigest(),
                "at", vote.at().toString());
    }
}
