package io.weir.sdc;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.disclosure.protection.Protected;
import io.weir.sdc.apply.AuditReport;
import io.weir.sdc.show.ProtectReport;
import io.weir.sdc.show.PublishedCsv;
import io.weir.yaml.YamlProblem;
import io.weir.yaml.YamlProblems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A folder with the files of a test, and what the commands say of them. */
record SdcFiles(Path folder) {
    /** Regions, of which nobody said that everybody knows them. */
    static final String OPEN = """
            form: cells
            dimensions:
              - {column: region, total: All}
            measures:
              - {name: patients, kind: units, column: patients}
            units: patients
            unitsInOneCell: true
            population: total
            """;

    /** The same with codes that everybody knows. */
    static String known(String codes) {
        return OPEN.replace("total: All", "total: All, codes: [" + codes + "]");
    }

    Path write(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file of a profile without rounding: ten or more are shown, and nobody. */
    String exact() {
        return write("exact.yaml", "name: exact\nthreshold: 10\nzeros: shown\nrounding: exact\nmarker: \"[c]\"\n")
                .toString();
    }

    /** The same with rules for sums. */
    String sums() {
        return write(
                        "sums.yaml",
                        "name: sums\nthreshold: 10\nzeros: shown\nrounding: exact\nmarker: \"[c]\"\n"
                                + "dominance: [{contributors: 2, share: 0.85}]\npPercent: 0.1\n")
                .toString();
    }

    private Desk desk(String yaml, String csv, @Nullable String profile, YamlProblems problems) {
        return new Desk(new Desk.Names(write("t.csv", csv), write("t.yaml", yaml), profile, null), problems);
    }

    ProtectReport protect(String yaml, String csv, String profile) {
        YamlProblems problems = new YamlProblems();
        var report = desk(yaml, csv, profile, problems).protect();
        assertThat(problems.sorted()).isEmpty();
        return report.orElseThrow();
    }

    List<String> protectProblems(String yaml, String csv, String profile) {
        YamlProblems problems = new YamlProblems();
        assertThat(desk(yaml, csv, profile, problems).protect()).isEmpty();
        return problems.sorted().stream().map(YamlProblem::toString).toList();
    }

    /** @param truth null when it is not known */
    AuditReport audit(String yaml, String csv, String profile, @Nullable String truth) {
        YamlProblems problems = new YamlProblems();
        var report = desk(yaml, csv, profile, problems).audit(truth == null ? null : write("truth.csv", truth));
        assertThat(problems.sorted()).isEmpty();
        return report.orElseThrow().report();
    }

    List<String> auditProblems(String yaml, String csv, String profile) {
        YamlProblems problems = new YamlProblems();
        assertThat(desk(yaml, csv, profile, problems).audit(null)).isEmpty();
        return problems.sorted().stream().map(YamlProblem::toString).toList();
    }

    static String csv(ProtectReport report) {
        return new PublishedCsv(report.table(), report.rules(), report.result()).text();
    }

    /** The first measure of each row, a star for what is hidden. */
    static List<String> shown(ProtectReport report) {
        return report.result().assessment().rows().stream()
                .map(row -> row.cells().getFirst())
                .map(cell -> cell instanceof Protected.Shown shown ? String.valueOf(shown.value()) : "*")
                .toList();
    }
}
