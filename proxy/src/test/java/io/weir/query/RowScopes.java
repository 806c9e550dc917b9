package io.weir.query;

import io.weir.policy.Agreement;
import io.weir.policy.DatasetName;
import io.weir.policy.Grant;
import io.weir.policy.PolicySnapshot;
import io.weir.policy.RowFilter;
import io.weir.policy.RowFilter.Condition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Policies that grant some rows of a dataset. */
public final class RowScopes {
    private RowScopes() {}

    /** A policy whose agreements grant of a dataset only the rows that fulfil a condition. */
    public static PolicySnapshot of(PolicySnapshot p, DatasetName dataset, Condition condition) {
        RowFilter scope = new RowFilter(List.of(condition));
        Map<String, Agreement> agreements = new HashMap<>();
        p.agreements().forEach((id, a) -> agreements.put(id, scoped(a, dataset, scope)));
        return PolicyEdits.under(agreements, p);
    }

    private static Agreement scoped(Agreement a, DatasetName dataset, RowFilter scope) {
        List<Grant> grants = a.grants().stream()
                .map(g -> g.dataset().equals(dataset) ? new Grant(g.dataset(), g.mode(), g.columns(), scope) : g)
                .toList();
        return new Agreement(
                a.id(),
                a.project(),
                a.title(),
                a.parties(),
                a.purpose(),
                a.legalBases(),
                a.approvals(),
                a.checklist(),
                a.validFrom(),
                a.validUntil(),
                a.signOffs(),
                grants,
                a.linkages(),
                a.profile(),
                a.releaseProfile(),
                a.reviewersRequired(),
                a.destinations(),
                a.rowLevelReleasable(),
                a.retentionDays());
    }
}
