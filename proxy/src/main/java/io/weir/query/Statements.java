package io.weir.query;

import io.weir.identity.PersonId;
import io.weir.policy.Agreement;
import io.weir.policy.PolicySnapshot;
import io.weir.problem.Outcome;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.query.answer.Description;
import io.weir.query.catalog.GovernedSchema;
import io.weir.query.catalog.SchemaViews;
import io.weir.query.catalog.TypeOracle;
import io.weir.query.parse.ParsedQuery;
import io.weir.query.parse.Scans;
import io.weir.query.parse.SqlFrontEnd;
import io.weir.query.type.SqlType;
import io.weir.recent.RecentlyUsed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelVisitor;
import org.apache.calcite.rel.core.TableScan;
import org.jspecify.annotations.Nullable;

/** From text to a validated tree with PostgreSQL's own labels and types. Remembers statements by their text. Thread-safe. */
public final class Statements {
    private static final int REMEMBERED = 1_000;

    /** Of all of them together: a tree takes some twenty bytes for each. */
    private static final long MOST_CHARACTERS = 4_000_000;

    private final SchemaViews views;
    private final TypeOracle oracle;
    private final SqlFrontEnd frontEnd;
    private final RecentlyUsed<Key, Statement> recent =
            new RecentlyUsed<>(REMEMBERED, MOST_CHARACTERS, (key, statement) -> statement.characters());

    public Statements(SchemaViews views, TypeOracle oracle, SqlFrontEnd frontEnd) {
        this.views = views;
        this.oracle = oracle;
        this.frontEnd = frontEnd;
    }

    private record Key(String schema, String sql, List<@Nullable SqlType> types) {}

    /**
     * @param query validated tree
     * @param description labels and types as PostgreSQL gives them
     * @param readsOwnReleases whether {@code weir.my_releases} is read
     * @param characters of its text
     */
    public record Statement(ParsedQuery query, Description description, boolean readsOwnReleases, int characters) {}

    GovernedSchema schema(PolicySnapshot policy, Agreement agreement) {
        return views.of(policy, agreement);
    }

    Statement read(
            PersonId person,
            PolicySnapshot policy,
            Agreement agreement,
            String sql,
            List<@Nullable SqlType> parameterTypes) {
        checkEncoding(sql);
        GovernedSchema schema = views.of(policy, agreement);
        Key key = new Key(schema.fingerprint(), sql, Collections.unmodifiableList(new ArrayList<>(parameterTypes)));
        Statement known = recent.get(key);
        if (known != null) {
            return known;
        }
        Suggestions suggestions = new Suggestions(schema, frontEnd.functions());
        Description description = advised(oracle.describe(person, schema, sql, parameterTypes), suggestions, sql);
        List<@Nullable SqlType> types = new ArrayList<>(description.parameters());
        ParsedQuery query = advised(frontEnd.parse(sql, schema, types), suggestions, sql);
        if (query.labels().size() != description.columns().size()) {
            throw new IllegalStateException("the two readers of a statement count its columns differently");
        }
        Statement statement = new Statement(query, description, readsOwn(query.tree()), sql.length());
        recent.put(key, statement);
        return statement;
    }

    /** Half of a surrogate pair is no text: it would become another character on its way to a server. */
    private static void checkEncoding(String sql) {
        for (int i = 0; i < sql.length(); i++) {
            char c = sql.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < sql.length() && Character.isLowSurrogate(sql.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw Problem.of(ProblemCode.ENCODING).at(i + 1).asException();
            }
        }
    }

    private static <T> T advised(Outcome<T> outcome, Suggestions suggestions, String sql) {
        return switch (outcome) {
            case Outcome.Value<T>(T value) -> value;
            case Outcome.Refused<T>(Problem problem) ->
                throw suggestions.improve(problem, sql).asException();
        };
    }

    private static boolean readsOwn(RelNode tree) {
        boolean[] own = {false};
        new RelVisitor() {
            @Override
            public void visit(RelNode node, int ordinal, @Nullable RelNode parent) {
                own[0] |= node instanceof TableScan scan && Scans.dataset(scan).equals(SchemaViews.MY_RELEASES);
                super.visit(node, ordinal, parent);
            }
        }.go(tree);
        return own[0];
    }
}
