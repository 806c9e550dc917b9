package io.weir.query;

import io.weir.policy.Agreement;
import io.weir.policy.PolicySnapshot;
import io.weir.policy.Profile;
import io.weir.policy.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** How tests loosen the rules of a policy, as texts of its files. */
public final class PolicyEdits {
    private PolicyEdits() {}

    /** Everything that protects, but nothing rounded. */
    public static String unrounded(String text) {
        return text.replaceAll("roundingStep: [0-9.]+", "roundingStep: 0.000001")
                .replaceAll("roundingBase: \\d+", "roundingBase: 1");
    }

    /** The least protection that there is: cells of one person are hidden, and nothing is rounded. */
    public static String bare(String text) {
        return unrounded(text)
                .replaceAll("threshold: \\d+", "threshold: 2")
                .replaceAll("dominanceN: \\d+", "dominanceN: 1")
                .replaceAll("dominanceK: [0-9.]+", "dominanceK: 1")
                .replaceAll("pPercent: [0-9.]+", "pPercent: 0.000001");
    }

    /** The same policy over other sources. */
    static PolicySnapshot over(Map<String, Source> sources, PolicySnapshot policy) {
        return changed(policy, policy.digest(), sources, policy.agreements(), policy.profiles());
    }

    /** The same policy with other agreements. */
    static PolicySnapshot under(Map<String, Agreement> agreements, PolicySnapshot policy) {
        return changed(policy, policy.digest(), policy.sources(), agreements, policy.profiles());
    }

    /** The same policy with other profiles. */
    static PolicySnapshot protecting(Map<String, Profile> profiles, PolicySnapshot policy) {
        return changed(policy, policy.digest(), policy.sources(), policy.agreements(), profiles);
    }

    /** The same policy by another digest. */
    static PolicySnapshot called(String digest, PolicySnapshot policy) {
        return changed(policy, digest, policy.sources(), policy.agreements(), policy.profiles());
    }

    private static PolicySnapshot changed(
            PolicySnapshot policy,
            String digest,
            Map<String, Source> sources,
            Map<String, Agreement> agreements,
            Map<String, Profile> profiles) {
        return new PolicySnapshot(
                digest,
                sources,
                policy.datasets(),
                policy.organisations(),
                policy.people(),
                policy.projects(),
                policy.purposes(),
                policy.legalBases(),
                agreements,
                profiles,
                policy.destinations());
    }

    /** The same edit of every dataset and profile. */
    public static DemoRoad.PolicyChange ofRules(UnaryOperator<String> edit) {
        return directory -> {
            for (String part : List.of("datasets", "profiles")) {
                for (Path file : files(directory.resolve(part))) {
                    Files.writeString(file, edit.apply(Files.readString(file)));
                }
            }
        };
    }

    static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }
}
