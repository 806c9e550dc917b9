package io.weir.sdc;

import io.weir.disclosure.cellkey.PerturbationTable;
import io.weir.disclosure.cellkey.PerturbationTableText;
import io.weir.disclosure.cellkey.RecordKeys;
import io.weir.disclosure.preset.Preset;
import io.weir.disclosure.preset.Presets;
import io.weir.sdc.apply.AuditReport;
import io.weir.sdc.apply.EarlierCells;
import io.weir.sdc.apply.Judgement;
import io.weir.sdc.apply.Protector;
import io.weir.sdc.apply.PublicationAudit;
import io.weir.sdc.apply.Refusals;
import io.weir.sdc.apply.Rules;
import io.weir.sdc.apply.TruthAudit;
import io.weir.sdc.describe.Description;
import io.weir.sdc.describe.DescriptionReader;
import io.weir.sdc.describe.Form;
import io.weir.sdc.describe.Profile;
import io.weir.sdc.describe.ProfileReader;
import io.weir.sdc.read.Measures;
import io.weir.sdc.read.PublishedTable;
import io.weir.sdc.read.StatedTable;
import io.weir.sdc.read.TableReader;
import io.weir.sdc.show.AuditText;
import io.weir.sdc.show.CheckReport;
import io.weir.sdc.show.ProtectReport;
import io.weir.yaml.Spelling;
import io.weir.yaml.YamlProblems;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a command names and does what it asks. Every method is empty after adding at least one problem.
 *
 * @param files that the command names
 * @param problems where what is wrong goes
 */
public record Desk(Names files, YamlProblems problems) {
    /**
     * What a command names.
     *
     * @param table the CSV file
     * @param description its YAML
     * @param profile preset or file; null when the description names one
     * @param secret file of at least 32 bytes for the keys of units; null when there is none
     */
    public record Names(
            Path table,
            Path description,
            @Nullable String profile,
            @Nullable Path secret) {}

    /** A description and the rules for it. */
    private record Setting(
            Description description, Rules rules, @Nullable RecordKeys keys) {}

    /** Judges the table as it stands. */
    public Optional<CheckReport> check() {
        return setting()
                .flatMap(setting -> stated(files.table(), setting)
                        .map(table -> new CheckReport(
                                table, setting.rules(), Judgement.of(table.evidence(), setting.rules()))));
    }

    /** Protects the table. */
    public Optional<ProtectReport> protect() {
        return setting().flatMap(setting -> {
            int before = problems.count();
            Refusals.margins(
                    setting.rules(), setting.description(), files.description().toString(), problems);
            return problems.count() > before
                    ? Optional.empty()
                    : stated(files.table(), setting).flatMap(table -> protect(setting, table));
        });
    }

    private Optional<ProtectReport> protect(Setting setting, StatedTable table) {
        int before = problems.count();
        Refusals.negatives(table, setting.rules(), files.table().toString(), problems);
        Refusals.magnitudes(table, files.table().toString(), problems);
        if (problems.count() > before) {
            return Optional.empty();
        }
        return earlier(setting, table)
                .map(earlier ->
                        new ProtectReport(table, setting.rules(), Protector.protect(table, setting.rules(), earlier)));
    }

    /** What earlier releases showed of a table; empty after adding a problem. */
    private Optional<EarlierCells> earlier(Setting setting, StatedTable table) {
        if (setting.description().earlier().isEmpty()) {
            return Optional.of(EarlierCells.none());
        }
        int before = problems.count();
        Map<String, PublishedTable> releases = releases(setting);
        if (problems.count() > before) {
            return Optional.empty();
        }
        EarlierCells cells = EarlierCells.of(
                table, setting.rules(), Judgement.of(table.evidence(), setting.rules()), releases, problems);
        return problems.count() > before ? Optional.empty() : Optional.of(cells);
    }

    /** Earlier releases by the names of their files. */
    private Map<String, PublishedTable> releases(Setting setting) {
        Map<String, PublishedTable> releases = new LinkedHashMap<>();
        Path folder = files.description().toAbsolutePath().getParent();
        for (String name : setting.description().earlier()) {
            Path file = folder == null ? Path.of(name) : folder.resolve(name);
            published(file, setting).ifPresent(release -> releases.put(file.toString(), release));
        }
        if (!releases.isEmpty() && !setting.rules().hasThreshold()) {
            problems.add(
                    files.description().toString(),
                    0,
                    "earlier",
                    "a profile without a threshold looks at one table by itself",
                    "leave earlier releases out, and compare them by hand");
        }
        releases.forEach(this::isComplete);
        return releases;
    }

    /** What rows that are not there tell, or a row that is shown in part, hangs on how the release was made. */
    private void isComplete(String file, PublishedTable release) {
        if (!release.description().keysArePublic()) {
            problems.add(
                    file,
                    0,
                    "",
                    "which rows a release left out tells of them, where codes are not listed",
                    "list 'codes:' of all dimensions, or compare the releases by hand");
        } else if (!release.absent().isEmpty()) {
            problems.add(
                    file,
                    0,
                    "",
                    "the row " + release.words(release.absent().getFirst()) + " is missing, and that tells of it",
                    "give the release with all its rows, or compare it by hand");
        }
        release.shownInPart().stream()
                .findFirst()
                .ifPresent(row -> problems.add(
                        file,
                        row.line(),
                        "",
                        "a count is hidden beside a number that is shown, and that tells of it",
                        "compare this release by hand"));
    }

    /**
     * Says what readers of the table, which is protected already, can work out.
     *
     * @param truth the file that it was made of, as the description says; null when it is not known
     */
    public Optional<AuditText> audit(@Nullable Path truth) {
        return setting()
                .flatMap(setting -> published(files.table(), setting).flatMap(table -> {
                    Optional<AuditReport> report =
                            truth == null ? alone(setting, table) : withTruth(setting, table, truth);
                    return report.map(r -> new AuditText(
                            setting.description().dimensions(),
                            setting.rules().preset().name(),
                            r));
                }));
    }

    private Optional<AuditReport> alone(Setting setting, PublishedTable table) {
        int before = problems.count();
        Refusals.negatives(table, setting.rules(), files.table().toString(), problems);
        Map<String, PublishedTable> releases = releases(setting);
        return problems.count() > before
                ? Optional.empty()
                : PublicationAudit.of(
                        table,
                        setting.rules(),
                        Measures.of(setting.description().measures()),
                        releases,
                        problems);
    }

    private Optional<AuditReport> withTruth(Setting setting, PublishedTable table, Path truth) {
        if (!setting.rules().hasThreshold()) {
            problems.add(
                    files.table().toString(),
                    0,
                    "",
                    "a profile without a threshold requires no interval of any cell",
                    "leave --truth out");
            return Optional.empty();
        }
        int before = problems.count();
        Optional<StatedTable> stated = stated(truth, setting);
        stated.ifPresent(known -> TruthAudit.unknown(table, known)
                .forEach(row -> problems.add(
                        files.table().toString(),
                        row.getValue().line(),
                        "",
                        "the truth has no row " + table.words(row.getKey()),
                        "give the file that the table was made of")));
        stated.ifPresent(known -> Refusals.negatives(known, setting.rules(), truth.toString(), problems));
        stated.ifPresent(known -> Refusals.magnitudes(known, truth.toString(), problems));
        stated.ifPresent(known -> TruthAudit.obstacles(known, setting.rules())
                .forEach(obstacle -> problems.add(truth.toString(), 0, "", obstacle, "")));
        return problems.count() > before
                ? Optional.empty()
                : stated.flatMap(known ->
                        earlier(setting, known).map(earlier -> TruthAudit.of(table, known, setting.rules(), earlier)));
    }

    private Optional<StatedTable> stated(Path file, Setting setting) {
        return Bytes.read(file, problems)
                .flatMap(bytes ->
                        TableReader.read(file.toString(), bytes, setting.description(), setting.keys(), problems));
    }

    private Optional<PublishedTable> published(Path file, Setting setting) {
        return Bytes.read(file, problems)
                .flatMap(bytes -> PublishedTable.read(
                        file.toString(),
                        bytes,
                        setting.description(),
                        setting.rules().preset().marker(),
                        problems));
    }

    private Optional<Setting> setting() {
        Optional<Description> description = Bytes.read(files.description(), problems)
                .flatMap(bytes -> DescriptionReader.read(files.description().toString(), bytes, problems));
        return description.flatMap(read -> profile(read).flatMap(profile -> setting(read, profile)));
    }

    private Optional<Setting> setting(Description description, NamedProfile profile) {
        int before = problems.count();
        RecordKeys keys = keys();
        PerturbationTable noise = noise(profile);
        if (problems.count() > before) {
            return Optional.empty();
        }
        boolean known = keys != null && description.form() instanceof Form.Records;
        return switch (Rules.of(profile.profile().preset(), Measures.of(description.measures()), known, noise)) {
            case Rules.Applied.Fine(Rules rules) -> Optional.of(new Setting(description, rules, keys));
            case Rules.Applied.Refused(String sentence) -> {
                problems.add(profile.name(), 0, "", sentence, "");
                yield Optional.empty();
            }
        };
    }

    private @Nullable RecordKeys keys() {
        Path secret = files.secret();
        if (secret == null) {
            return null;
        }
        byte[] bytes = Bytes.read(secret, problems).orElse(null);
        if (bytes != null && bytes.length < RecordKeys.SECRET_BYTES) {
            problems.add(
                    secret.toString(),
                    0,
                    "",
                    "a secret has at least " + RecordKeys.SECRET_BYTES + " bytes",
                    "make one: head -c 32 /dev/urandom > FILE");
            return null;
        }
        return bytes == null ? null : new RecordKeys(bytes);
    }

    private @Nullable PerturbationTable noise(NamedProfile profile) {
        String name = profile.profile().noiseTable();
        if (name == null || profile.folder() == null) {
            return null;
        }
        Path file = profile.folder().resolve(name);
        byte[] bytes = Bytes.read(file, problems).orElse(null);
        if (bytes == null) {
            return null;
        }
        try {
            return PerturbationTableText.read(new String(bytes, StandardCharsets.UTF_8), "all");
        } catch (IllegalArgumentException e) {
            problems.add(
                    file.toString(), 0, "", String.valueOf(e.getMessage()), "write it as the R package ptable does");
            return null;
        }
    }

    /**
     * @param name for problems
     * @param folder that its files are relative to; null for a preset
     */
    private record NamedProfile(
            Profile profile, String name, @Nullable Path folder) {}

    private Optional<NamedProfile> profile(Description description) {
        String given = files.profile();
        String named = given == null ? description.profile() : given;
        if (named == null) {
            problems.add(
                    files.description().toString(),
                    0,
                    "profile",
                    "no profile is named",
                    "write 'profile: nhse-sde', or --profile NAME; 'weir sdc presets' lists them");
            return Optional.empty();
        }
        for (Preset preset : Presets.shipped().all()) {
            if (preset.name().equals(named)) {
                return Optional.of(new NamedProfile(new Profile(preset, null), named, null));
            }
        }
        Path folder = files.description().toAbsolutePath().getParent();
        Path file = given == null && folder != null ? folder.resolve(named) : Path.of(named);
        if (!Files.exists(file)) {
            List<String> known =
                    Presets.shipped().all().stream().map(Preset::name).toList();
            String near = Spelling.nearest(named, known);
            problems.add(
                    files.description().toString(),
                    0,
                    "profile",
                    "'" + named + "' is neither a preset nor a file",
                    near == null ? "'weir sdc presets' lists presets" : "did you mean '" + near + "'?");
            return Optional.empty();
        }
        return Bytes.read(file, problems)
                .flatMap(bytes -> ProfileReader.read(file.toString(), bytes, problems))
                .map(profile -> new NamedProfile(
                        profile, file.toString(), file.toAbsolutePath().getParent()));
    }
}
