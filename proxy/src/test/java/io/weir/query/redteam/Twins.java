package io.weir.query.redteam;

import io.weir.query.DemoRoad;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A second source with the same tables, which analysts know as {@code lab.}: the hardest neighbour that a source can have, since everybody is in both. */
final class Twins {
    static final String ID = "lab";

    private Twins() {}

    /** The statement, asked of the second source. */
    static String there(String sql) {
        return sql.replace("hospital.", "lab.");
    }

    /** After another change. */
    static DemoRoad.PolicyChange policy(DemoRoad.PolicyChange before) {
        return directory -> {
            before.of(directory);
            Path source = directory.resolve("sources/hospital.yaml");
            Files.writeString(
                    directory.resolve("sources/lab.yaml"),
                    Files.readString(source).replaceFirst("id: hospital", "id: " + ID));
            for (Path dataset : files(directory.resolve("datasets"))) {
                Files.writeString(
                        dataset.resolveSibling("lab-" + dataset.getFileName()), twin(Files.readString(dataset)));
            }
            for (Path agreement : files(directory.resolve("agreements"))) {
                String text = Files.readString(agreement);
                int from = text.indexOf("\ngrants:\n") + "\ngrants:\n".length();
                int to = text.indexOf("\nprofile:", from) + 1;
                Files.writeString(
                        agreement, text.substring(0, to) + there(text.substring(from, to)) + text.substring(to));
            }
        };
    }

    /** After another change, with leave to link everybody's records of both. */
    static DemoRoad.PolicyChange linked(DemoRoad.PolicyChange before) {
        return directory -> {
            policy(before).of(directory);
            Path agreement = directory.resolve("agreements/dsa-2026-001.yaml");
            String datasets = "hospital.patients, hospital.admissions, hospital.prescriptions";
            Files.writeString(
                    agreement,
                    Files.readString(agreement)
                            + "\nlinkage:\n  - namespace: patient\n    datasets: [%s, %s]\n"
                                    .formatted(datasets, there(datasets)));
        };
    }

    private static String twin(String dataset) {
        String twin = there(dataset).replaceFirst("source: hospital", "source: " + ID);
        return twin.replaceFirst("name: lab\\.(\\w+)", "name: lab.$1\nrelation: hospital.$1");
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }
}
