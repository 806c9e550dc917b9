package io.weir.policy.load;

import io.weir.identity.PersonId;
import io.weir.identity.ProjectId;
import io.weir.policy.Agreement;
import io.weir.policy.Agreement.ChecklistItem;
import io.weir.policy.Agreement.SignOff;
import io.weir.policy.Column;
import io.weir.policy.Dataset;
import io.weir.policy.DatasetName;
import io.weir.policy.Grant;
import io.weir.policy.Linkage;
import io.weir.policy.RowFilter;
import io.weir.yaml.YamlSection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads {@code agreements/}; datasets must have been read before, because {@code columns: all} is expanded here. */
final class AgreementReader {
    private AgreementReader() {}

    static void agreement(YamlSection s, Draft draft) {
        int before = s.problems().count();
        String id = s.parsed("id", "", Fields::id);
        draft.agreements.declare(id, s, "id");
        Agreement agreement = new Agreement(
                id,
                s.parsed("project", new ProjectId("none"), ProjectId::new),
                s.text("title"),
                s.texts("parties"),
                s.text("purpose"),
                s.texts("legalBases"),
                s.textMap("approvals"),
                checklist(s),
                s.date("validFrom"),
                s.date("validUntil"),
                signOffs(s),
                grants(s, draft),
                linkages(s),
                s.text("profile"),
                s.text("releaseProfile"),
                s.integer("reviewersRequired", 1, 5),
                Set.copyOf(new HashSet<>(s.optionalList("destinations", t -> t))),
                s.flag("rowLevelReleasable", false),
                s.integer("retentionDays", 1, 36_500));
        s.end();
        if (s.problems().count() == before) {
            draft.agreements.put(id, agreement, s);
        }
    }

    private static List<ChecklistItem> checklist(YamlSection s) {
        List<ChecklistItem> items = new ArrayList<>();
        for (YamlSection c : s.sections("checklist")) {
            items.add(new ChecklistItem(
                    c.text("item"),
                    c.optionalText("answer").orElse(null),
                    c.optionalText("evidence").orElse(null)));
            c.end();
        }
        return items;
    }

    private static List<SignOff> signOffs(YamlSection s) {
        List<SignOff> signOffs = new ArrayList<>();
        for (YamlSection o : s.sections("signOffs")) {
            signOffs.add(new SignOff(
                    o.text("organisation"),
                    o.parsed("by", new PersonId("nobody"), PersonId::new),
                    o.text("authority"),
                    o.date("on")));
            o.end();
        }
        return signOffs;
    }

    private static List<Grant> grants(YamlSection s, Draft draft) {
        List<Grant> grants = new ArrayList<>();
        for (YamlSection g : s.sections("grants")) {
            DatasetName name = g.parsed("dataset", Fields.NO_DATASET, Fields::datasetName);
            Grant.Mode mode = g.choice("mode", Grant.Mode.class, Grant.Mode.AGGREGATE);
            Set<String> columns = columns(g, draft.datasets.get(name));
            RowFilter rowScope = Fields.rowFilter(g, "rowScope");
            g.end();
            grants.add(new Grant(name, mode, columns, rowScope));
        }
        return grants;
    }

    private static List<Linkage> linkages(YamlSection s) {
        List<Linkage> linkages = new ArrayList<>();
        for (YamlSection l : s.sections("linkage")) {
            linkages.add(new Linkage(l.text("namespace"), new HashSet<>(l.list("datasets", Fields::datasetName))));
            l.end();
        }
        return linkages;
    }

    /** {@code all}, {@code {allExcept: [a, b]}} or a list. */
    private static Set<String> columns(YamlSection g, @Nullable Dataset dataset) {
        Set<String> all = dataset == null
                ? Set.of()
                : dataset.columns().stream().map(Column::name).collect(Collectors.toSet());
        if (g.isWord("columns")) {
            g.parsed("columns", "all", t -> {
                if (!t.equals("all")) {
                    throw new IllegalArgumentException("'" + t + "' is neither 'all' nor a list of columns");
                }
                return t;
            });
            return all;
        }
        if (g.has("columns") && g.value().entries().get("columns") instanceof io.weir.yaml.YamlValue.Mapping) {
            YamlSection except = Objects.requireNonNull(g.section("columns").orElse(null));
            List<String> names = except.list("allExcept", Fields::sqlName);
            except.end();
            Set<String> rest = new HashSet<>(all);
            for (int i = 0; i < names.size(); i++) {
                if (dataset != null && !rest.remove(names.get(i))) {
                    unknownColumn(except, "allExcept[" + i + "]", dataset, names.get(i));
                }
            }
            return rest;
        }
        List<String> names = g.list("columns", Fields::sqlName);
        for (int i = 0; i < names.size(); i++) {
            if (dataset != null && !all.contains(names.get(i))) {
                unknownColumn(g, "columns[" + i + "]", dataset, names.get(i));
            }
        }
        return Set.copyOf(new HashSet<>(names));
    }

    static void unknownColumn(YamlSection section, String key, Dataset dataset, String column) {
        List<String> names = dataset.columns().stream().map(Column::name).toList();
        String near = io.weir.yaml.Spelling.nearest(column, names);
        section.problem(
                key,
                "dataset %s has no column '%s'".formatted(dataset.name(), column),
                near == null ? "it has: " + String.join(", ", names) : "did you mean '" + near + "'?");
    }
}
