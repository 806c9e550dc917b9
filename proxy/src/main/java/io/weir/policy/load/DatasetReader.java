package io.weir.policy.load;

import io.weir.policy.Column;
import io.weir.policy.Dataset;
import io.weir.policy.Dataset.SubjectKey;
import io.weir.policy.DatasetName;
import io.weir.policy.Link;
import io.weir.policy.RowFilter;
import io.weir.policy.Source;
import io.weir.yaml.YamlSection;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads {@code sources/} and {@code datasets/}. */
final class DatasetReader {
    /** What URLs of each dialect look like. */
    private static final Map<String, String> URLS = Map.of(
            "postgresql", "jdbc:postgresql://host:port/database",
            "sqlserver", "jdbc:sqlserver://host:port;databaseName=database");

    private DatasetReader() {}

    static void source(YamlSection s, Draft draft) {
        int before = s.problems().count();
        String id = s.parsed("id", "", Fields::id);
        draft.sources.declare(id, s, "id");
        String dialect = s.parsed("dialect", "postgresql", DatasetReader::dialect);
        String url = s.parsed("url", "", text -> url(text, dialect));
        Source source = new Source(
                id,
                dialect,
                url,
                s.text("user"),
                Fields.secret(s, "password"),
                s.integer("poolSize", 1, 64, 4),
                s.parsed("timeZone", ZoneId.of("UTC"), ZoneId::of),
                s.date("snapshot"));
        s.optionalText("description");
        s.end();
        if (s.problems().count() == before) {
            draft.sources.put(id, source, s);
        }
    }

    private static String dialect(String text) {
        if (!URLS.containsKey(text)) {
            throw new IllegalArgumentException("'" + text + "' is not a dialect that this version speaks: "
                    + String.join(", ", new TreeSet<>(URLS.keySet())));
        }
        return text;
    }

    private static String url(String text, String dialect) {
        String form = URLS.getOrDefault(dialect, "");
        if (!text.startsWith(form.substring(0, form.indexOf("//") + 2))) {
            throw new IllegalArgumentException("not a URL of the form " + form);
        }
        if (text.matches(".*[?&;](user|password|sslpassword)=.*")) {
            throw new IllegalArgumentException(
                    "the URL must carry neither user nor password; use 'user' and 'password'");
        }
        return text;
    }

    static void dataset(YamlSection s, Draft draft) {
        int before = s.problems().count();
        DatasetName name = s.parsed("name", Fields.NO_DATASET, Fields::datasetName);
        draft.datasets.declare(name, s, "name");
        String source = s.text("source");
        DatasetName relation = s.optional("relation", Fields::datasetName).orElse(name);
        Dataset.Kind kind = s.choice("kind", Dataset.Kind.class);
        String description = s.text("description");
        String owner = s.text("owner");
        Optional<SubjectKey> subject = s.optionalSection("subject").map(DatasetReader::subject);
        List<String> recordKey = s.optionalList("recordKey", Fields::sqlName);
        List<Link> links = links(s);
        Optional<String> leastProfile = s.optional("leastProfile", Fields::id);
        RowFilter optOut = Fields.rowFilter(s, "optOut");
        List<Column> columns = columns(s);
        s.end();
        if (s.problems().count() == before) {
            Dataset dataset = new Dataset(
                    name,
                    source,
                    relation.schema(),
                    relation.name(),
                    kind,
                    description,
                    owner,
                    subject.orElse(null),
                    recordKey,
                    links,
                    leastProfile.orElse(null),
                    optOut,
                    columns);
            draft.datasets.put(name, dataset, s);
        }
    }

    private static SubjectKey subject(YamlSection s) {
        SubjectKey key = new SubjectKey(s.parsed("namespace", "", Fields::id), s.parsed("column", "", Fields::sqlName));
        s.end();
        return key;
    }

    private static List<Link> links(YamlSection s) {
        List<Link> links = new ArrayList<>();
        for (YamlSection l : s.sections("links")) {
            List<String> columns = l.list("columns", Fields::sqlName);
            DatasetName target = l.parsed("target", Fields.NO_DATASET, Fields::datasetName);
            List<String> targetColumns = l.list("targetColumns", Fields::sqlName);
            boolean carriesSubject = l.flag("carriesSubject", false);
            List<String> through = l.optionalList("through", Fields::sqlName);
            l.end();
            if (columns.isEmpty() || columns.size() != targetColumns.size()) {
                l.problem("", "a link needs as many target columns as columns", "name them in pairs");
            } else {
                links.add(new Link(columns, target, targetColumns, carriesSubject, Set.copyOf(through)));
            }
        }
        return links;
    }

    private static List<Column> columns(YamlSection s) {
        List<Column> columns = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (YamlSection c : s.sections("columns")) {
            Column column = ColumnReader.read(c);
            if (!names.add(column.name())) {
                c.problem("name", "column '" + column.name() + "' is there twice", "keep one");
            }
            columns.add(column);
        }
        if (columns.isEmpty()) {
            s.problem("columns", "a dataset needs at least one column", "list its columns");
        }
        return columns;
    }
}
