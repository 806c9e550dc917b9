package io.weir.query.catalog;

import io.weir.policy.Agreement;
import io.weir.policy.Column;
import io.weir.policy.ColumnClass;
import io.weir.policy.Dataset;
import io.weir.policy.DatasetName;
import io.weir.policy.Generalisation;
import io.weir.policy.Grant;
import io.weir.policy.Link;
import io.weir.policy.PolicySnapshot;
import io.weir.query.type.ColumnType;
import io.weir.query.type.SqlType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a project sees under an agreement: granted datasets and columns with the types that analysts get. Pure but for a small memory of
 * recent results; thread-safe.
 */
public final class SchemaViews {
    /** Relations that Weir itself answers; {@code my_releases} lists the asker's own requests. */
    public static final DatasetName MY_RELEASES = new DatasetName("weir", "my_releases");

    private static final int REMEMBERED = 256;

    private final Map<Key, GovernedSchema> recent = new LinkedHashMap<>(16, 0.75f, true);

    private record Key(String policyDigest, String agreement) {}

    /** The view of an agreement of this policy, whether or not it is in force: admission decides that. */
    public GovernedSchema of(PolicySnapshot policy, Agreement agreement) {
        Key key = new Key(policy.digest(), agreement.id());
        synchronized (recent) {
            GovernedSchema known = recent.get(key);
            if (known != null) {
                return known;
            }
        }
        GovernedSchema made = build(policy, agreement);
        synchronized (recent) {
            recent.put(key, made);
            if (recent.size() > REMEMBERED) {
                recent.remove(recent.keySet().iterator().next());
            }
        }
        return made;
    }

    /**
     * The type under which analysts see a column: of the pseudonym for identifiers of row_level grants, else of the generalised value.
     * Identifiers of one namespace have one type in a view, so that tables of both modes can be joined.
     */
    private static ColumnType visibleType(
            PolicySnapshot policy, Dataset dataset, Column column, Grant.Mode mode, Set<String> pseudonymised) {
        if (column.columnClass() == ColumnClass.IDENTIFIER) {
            boolean shared = dataset.kind() == Dataset.Kind.PERSONAL
                    && namespace(dataset, column)
                            .filter(pseudonymised::contains)
                            .isPresent();
            return mode == Grant.Mode.ROW_LEVEL || shared ? pseudonymType(column) : column.type();
        }
        return switch (view(column, mode)) {
            case Generalisation.Lookup lookup ->
                Optional.ofNullable(policy.datasets().get(lookup.dataset()))
                        .flatMap(table -> table.column(lookup.to()))
                        .map(Column::type)
                        .orElse(column.type());
            case Generalisation.None ignored -> column.type();
            case Generalisation.DateGrain ignored -> column.type();
            case Generalisation.Width ignored -> column.type();
            case Generalisation.Bands ignored -> column.type();
            case Generalisation.Prefix ignored -> column.type();
            case Generalisation.Withhold ignored -> column.type();
        };
    }

    /** Namespaces of identifiers that leave as pseudonyms. */
    private static Set<String> pseudonymised(PolicySnapshot policy, Collection<Grant> grants) {
        Set<String> namespaces = new HashSet<>();
        for (Grant grant : grants) {
            Dataset dataset = policy.datasets().get(grant.dataset());
            if (dataset != null && dataset.kind() == Dataset.Kind.PERSONAL && grant.mode() == Grant.Mode.ROW_LEVEL) {
                dataset.columns().stream()
                        .filter(column -> column.columnClass() == ColumnClass.IDENTIFIER)
                        .filter(column -> grant.columns().contains(column.name()))
                        .forEach(column -> namespace(dataset, column).ifPresent(namespaces::add));
            }
        }
        return namespaces;
    }

    private static Optional<String> namespace(Dataset dataset, Column column) {
        Dataset.SubjectKey subject = dataset.subject();
        return subject != null && subject.column().equals(column.name())
                ? Optional.of(subject.namespace())
                : Optional.ofNullable(column.namespace());
    }

    private static ColumnType pseudonymType(Column column) {
        return "nhs".equals(column.namespace())
                ? new ColumnType(SqlType.BPCHAR, 10 + 4)
                : ColumnType.of(SqlType.VARCHAR);
    }

    private static Generalisation view(Column column, Grant.Mode mode) {
        return switch (mode) {
            case AGGREGATE -> column.aggregateView();
            case ROW_LEVEL -> column.rowView();
        };
    }

    private static GovernedSchema build(PolicySnapshot policy, Agreement agreement) {
        Map<DatasetName, Grant> grants = new LinkedHashMap<>();
        agreement.grants().forEach(grant -> grants.put(grant.dataset(), grant));
        Set<String> pseudonymised = pseudonymised(policy, grants.values());
        List<GovernedSchema.Table> tables = new ArrayList<>();
        for (Grant grant : grants.values()) {
            Dataset dataset = policy.datasets().get(grant.dataset());
            if (dataset != null) {
                tables.add(table(policy, dataset, grant, grants, pseudonymised));
            }
        }
        tables.add(myReleases());
        return GovernedSchema.of(tables);
    }

    private static GovernedSchema.Table table(
            PolicySnapshot policy,
            Dataset dataset,
            Grant grant,
            Map<DatasetName, Grant> grants,
            Set<String> pseudonymised) {
        List<GovernedSchema.Column> columns = dataset.columns().stream()
                .filter(column -> grant.columns().contains(column.name()))
                .map(column -> new GovernedSchema.Column(
                        column.name(),
                        visibleType(policy, dataset, column, grant.mode(), pseudonymised),
                        nullable(column, view(column, grant.mode())),
                        CatalogueComments.column(dataset, column, view(column, grant.mode()), grant.mode())))
                .toList();
        List<String> primaryKey = keepsIdentity(dataset, dataset.recordKey(), grant) ? dataset.recordKey() : List.of();
        List<GovernedSchema.ForeignKey> foreignKeys = dataset.links().stream()
                .filter(link -> isVisible(policy, dataset, link, grant, grants))
                .map(link -> new GovernedSchema.ForeignKey(link.columns(), link.target(), link.targetColumns()))
                .toList();
        boolean several = grants.keySet().stream()
                        .map(policy.datasets()::get)
                        .filter(Objects::nonNull)
                        .map(Dataset::source)
                        .distinct()
                        .count()
                > 1;
        String comment = CatalogueComments.table(dataset, grant.mode(), several);
        return new GovernedSchema.Table(dataset.name(), comment, columns, primaryKey, foreignKeys);
    }

    private static boolean isVisible(
            PolicySnapshot policy, Dataset dataset, Link link, Grant grant, Map<DatasetName, Grant> grants) {
        Grant targetGrant = grants.get(link.target());
        Dataset target = policy.datasets().get(link.target());
        return targetGrant != null
                && target != null
                && keepsIdentity(dataset, link.columns(), grant)
                && keepsIdentity(target, link.targetColumns(), targetGrant);
    }

    /** Whether the columns are granted and still tell apart what they told apart: a generalised or blanked key is none. */
    private static boolean keepsIdentity(Dataset dataset, List<String> columns, Grant grant) {
        return grant.columns().containsAll(columns)
                && columns.stream()
                        .allMatch(name -> dataset.column(name)
                                .filter(column -> column.columnClass() == ColumnClass.IDENTIFIER
                                        || (column.columnClass() != ColumnClass.TEXT
                                                && view(column, grant.mode()) instanceof Generalisation.None))
                                .isPresent());
    }

    private static boolean nullable(Column column, Generalisation view) {
        return switch (column.columnClass()) {
            case TEXT -> true;
            case IDENTIFIER -> column.nullable();
            case QUASI, ATTRIBUTE, PUBLIC -> column.nullable() || !view.keepsGaps();
        };
    }

    private static GovernedSchema.Table myReleases() {
        return new GovernedSchema.Table(
                MY_RELEASES,
                "Your own release requests in this project. Not a dataset: it can only be read by itself.",
                List.of(
                        own("request", SqlType.TEXT, "Id of the request."),
                        own("title", SqlType.TEXT, "Title that you gave it."),
                        own("state", SqlType.TEXT, "Where it stands."),
                        own("requested_at", SqlType.TIMESTAMPTZ, "When you asked."),
                        own("destination", SqlType.TEXT, "Where it goes."),
                        own("reason", SqlType.TEXT, "Why it was returned, rejected or failed.")),
                List.of(),
                List.of());
    }

    private static GovernedSchema.Column own(String name, SqlType type, String comment) {
        return new GovernedSchema.Column(name, ColumnType.of(type), true, comment);
    }
}
