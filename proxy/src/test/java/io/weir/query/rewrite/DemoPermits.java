package io.weir.query.rewrite;

import io.weir.demo.data.DemoPolicyFixture;
import io.weir.identity.ProjectId;
import io.weir.policy.Agreement;
import io.weir.policy.Grant;
import io.weir.policy.PolicySnapshot;
import io.weir.policy.Source;
import io.weir.problem.Outcome;
import io.weir.query.catalog.SchemaViews;
import io.weir.query.govern.Governor;
import io.weir.query.govern.Permit;
import io.weir.query.govern.Ruling;
import io.weir.query.parse.SqlFrontEnd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Rulings under the demo's policy, over sources of either dialect. */
final class DemoPermits {
    private static final LocalDate DAY = LocalDate.of(2026, 9, 30);
    private static final PolicySnapshot DEMO = demo();

    private DemoPermits() {}

    private static PolicySnapshot demo() {
        try {
            return DemoPolicyFixture.snapshot();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The demo's policy with sources of a dialect. */
    static PolicySnapshot policy(String dialect) {
        Map<String, Source> sources = DEMO.sources().values().stream()
                .map(s -> new Source(
                        s.id(), dialect, s.url(), s.user(), s.password(), s.poolSize(), s.timeZone(), s.snapshot()))
                .collect(Collectors.toMap(Source::id, s -> s));
        return new PolicySnapshot(
                DEMO.digest(),
                sources,
                DEMO.datasets(),
                DEMO.organisations(),
                DEMO.people(),
                DEMO.projects(),
                DEMO.purposes(),
                DEMO.legalBases(),
                DEMO.agreements(),
                DEMO.profiles(),
                DEMO.destinations());
    }

    /** What is ruled on a statement of a project, without parameters. */
    static Outcome<Permit> permit(SqlFrontEnd frontEnd, PolicySnapshot policy, String project, String sql) {
        Agreement agreement =
                policy.agreementInForce(new ProjectId(project), DAY).orElseThrow();
        return frontEnd.parse(sql, new SchemaViews().of(policy, agreement), List.of())
                .then(query -> new Governor()
                        .rule(
                                query,
                                new Ruling(
                                        policy,
                                        agreement.grants().stream().collect(Collectors.toMap(Grant::dataset, g -> g)),
                                        agreement.linkages(),
                                        Objects.requireNonNull(policy.profiles().get(agreement.profile())),
                                        DAY,
                                        ZoneOffset.UTC,
                                        List.of(),
                                        List.of(),
                                        Map.of(),
                                        (namespace, pseudonym) -> Optional.empty())));
    }
}
