package io.weir.query;

import io.weir.identity.Asker;
import io.weir.policy.Agreement;
import io.weir.policy.Dataset;
import io.weir.policy.DatasetName;
import io.weir.policy.Grant;
import io.weir.policy.PolicySnapshot;
import io.weir.policy.Profile;
import io.weir.policy.Source;
import io.weir.problem.Outcome;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.problem.ProblemException;
import io.weir.query.answer.AnswerColumn;
import io.weir.query.catalog.SchemaViews;
import io.weir.query.disclose.Appetites;
import io.weir.query.govern.Governor;
import io.weir.query.govern.Permit;
import io.weir.query.govern.Ruling;
import io.weir.query.rewrite.GeneratedSelect;
import io.weir.query.rewrite.GovernedQuery;
import io.weir.query.rewrite.OutputColumn;
import io.weir.query.rewrite.Rewriter;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The road as far as the generated statements, for {@code policy explain}: nothing is executed, nothing is recorded, no source is touched.
 * Thread-safe; blocks on the type oracle. Operators only: generated statements are not for analysts.
 */
public final class Explaining {
    private final Statements statements;
    private final Governor governor = new Governor();
    private final Rewriter rewriter = new Rewriter();

    public Explaining(Statements statements) {
        this.statements = statements;
    }

    /**
     * What was ruled and would be run.
     *
     * @param sources ids of the sources, none when none is read
     * @param sourceOf where each dataset lies
     * @param parameters the profile's parameters
     * @param ruling rules applied, in words
     * @param plan what stands below each boundary and above it, a line each
     * @param columns labels and types of the answer
     * @param unbound number of parameters; when there are any, only the structure was ruled on and there are no statements
     * @param statements generated statements in the order of the permit
     */
    public record Explanation(
            String agreement,
            List<String> sources,
            List<String> datasets,
            Map<String, String> sourceOf,
            String mode,
            String profile,
            Map<String, String> parameters,
            List<String> ruling,
            List<String> plan,
            List<AnswerColumn> columns,
            int unbound,
            List<Generated> statements) {
        public Explanation {
            sources = List.copyOf(sources);
            sourceOf = Map.copyOf(sourceOf);
            datasets = List.copyOf(datasets);
            parameters = Map.copyOf(parameters);
            ruling = List.copyOf(ruling);
            plan = List.copyOf(plan);
            columns = List.copyOf(columns);
            statements = List.copyOf(statements);
        }
    }

    /**
     * One generated statement.
     *
     * @param purpose what it computes, in words
     * @param source id of the source that it is for
     * @param binds type and value of each bind parameter
     * @param outputs the output plan
     */
    public record Generated(String purpose, String source, String sql, List<String> binds, List<OutputColumn> outputs) {
        public Generated {
            binds = List.copyOf(binds);
            outputs = List.copyOf(outputs);
        }
    }

    /** Rules on one statement for an admitted asker. */
    public Outcome<Explanation> explain(PolicySnapshot policy, Asker asker, String sql) {
        try {
            Agreement agreement = policy.agreements().get(asker.agreement());
            if (agreement == null) {
                return Outcome.refused(Problem.of(ProblemCode.AGREEMENT_INACTIVE));
            }
            Statements.Statement statement = statements.read(asker.person(), policy, agreement, sql, List.of());
            int unbound = statement.description().parameters().size();
            return governor.rule(statement.query(), ruling(policy, agreement, statement, unbound > 0))
                    .then(permit -> Outcome.of(explanation(policy, agreement, statement, permit, unbound)));
        } catch (ProblemException refused) {
            return Outcome.refused(refused.problem());
        }
    }

    static Ruling ruling(
            PolicySnapshot policy, Agreement agreement, Statements.Statement statement, boolean structural) {
        Map<DatasetName, Grant> grants = agreement.grants().stream().collect(Collectors.toMap(Grant::dataset, g -> g));
        Profile profile = Objects.requireNonNull(policy.profiles().get(agreement.profile()), "checked by the loader");
        return new Ruling(
                policy,
                grants,
                agreement.linkages(),
                profile,
                day(policy, grants),
                ZoneOffset.UTC,
                statement.description().parameters(),
                structural ? null : List.of(),
                Map.of(SchemaViews.MY_RELEASES, List.of()),
                (namespace, pseudonym) -> Optional.empty());
    }

    /** The day of the data, as answers take it: the latest snapshot of the granted sources. */
    private static LocalDate day(PolicySnapshot policy, Map<DatasetName, Grant> grants) {
        return policy.datasets().values().stream()
                .filter(d -> grants.containsKey(d.name()))
                .map(d -> policy.sources().get(d.source()))
                .filter(Objects::nonNull)
                .map(Source::snapshot)
                .max(LocalDate::compareTo)
                .orElse(LocalDate.EPOCH);
    }

    private Explanation explanation(
            PolicySnapshot policy, Agreement agreement, Statements.Statement statement, Permit permit, int unbound) {
        Permit.Facts facts = permit.facts();
        return new Explanation(
                agreement.id(),
                facts.sources(),
                facts.datasets(),
                sourceOf(policy, facts.datasets()),
                facts.mode(),
                facts.profile().name(),
                Appetites.parameters(facts.profile()),
                facts.ruling(),
                ExplainedPlan.of(permit),
                statement.description().columns(),
                unbound,
                unbound > 0 ? List.of() : generated(rewriter.rewrite(permit, policy)));
    }

    private static Map<String, String> sourceOf(PolicySnapshot policy, List<String> datasets) {
        return policy.datasets().values().stream()
                .filter(d -> datasets.contains(d.name().toString()))
                .collect(Collectors.toMap(d -> d.name().toString(), Dataset::source));
    }

    private static List<Generated> generated(GovernedQuery query) {
        List<Generated> all = new ArrayList<>();
        switch (query) {
            case GovernedQuery.Rows rows -> all.add(generated("rows, streamed", rows.source(), rows.select()));
            case GovernedQuery.Aggregates aggregates -> {
                aggregates.blocks().forEach(block -> generated(block, all));
                aggregates
                        .references()
                        .forEach((read, asked) ->
                                all.add(generated("reference data " + read.alias(), asked.source(), asked.select())));
            }
        }
        return all;
    }

    private static void generated(GovernedQuery.BlockQuery block, List<Generated> all) {
        String name = "block " + block.block().alias() + ": ";
        switch (block) {
            case GovernedQuery.SourceBlock b -> {
                all.add(generated(name + "cells with their evidence", b.source(), b.cells()));
                b.distinct()
                        .forEach((atom, select) ->
                                all.add(generated(name + "frequent values of aggregate " + atom, b.source(), select)));
                all.add(generated(name + "population", b.source(), b.population()));
                b.domains()
                        .forEach((keys, select) ->
                                all.add(generated(name + "values of keys " + keys, b.source(), select)));
            }
            case GovernedQuery.LinkedBlock b -> {
                for (GovernedQuery.Side side : List.of(b.kept(), b.other())) {
                    all.add(generated(name + "what each person adds to cells", side.source(), side.people()));
                    all.add(generated(name + "people of the population", side.source(), side.population()));
                }
                b.domains()
                        .forEach((keys, asked) ->
                                all.add(generated(name + "values of keys " + keys, asked.source(), asked.select())));
            }
        }
    }

    private static Generated generated(String purpose, String source, GeneratedSelect select) {
        return new Generated(
                purpose,
                source,
                select.sql(),
                select.binds().stream().map(b -> b.type() + " " + b.value()).toList(),
                select.outputs());
    }
}
