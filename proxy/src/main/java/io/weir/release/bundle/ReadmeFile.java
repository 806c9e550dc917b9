package io.weir.release.bundle;

import io.weir.release.request.ReleaseRequest;
import io.weir.release.review.ApprovedRelease;
import java.nio.charset.StandardCharsets;

/** {@code README.txt}: the bundle in plain words. */
final class ReadmeFile {
    private ReadmeFile() {}

    static byte[] write(ApprovedRelease release) {
        ReleaseRequest request = release.request();
        String text = """
                %s

                Release %s of project %s, under agreement %s.

                result.csv       the released table: UTF-8, commas, a header line.
                                 "%s" marks a value that is withheld to protect people; it is not zero and not missing.
                                 An empty field is a missing value. Text that a spreadsheet would run as a formula
                                 starts with an apostrophe.
                sdc-record.json  how disclosure was controlled: rules, thresholds, versions, who approved and when.
                acro/            the same table with numbered lines, and results.json, for tools that read ACRO's outputs.
                manifest.json    size and SHA-256 of each file; compare them before you use the table.

                The table was protected by rule and approved by %d people who work in another project.
                Use it only for the purpose of the agreement. Do not try to find out withheld values or to identify people;
                if you believe that somebody can be identified, tell the environment that sent you this at once.
                """.formatted(
                        request.title(),
                        request.id(),
                        request.project(),
                        request.agreement(),
                        release.frozen().answer().facts().marker(),
                        release.approvals().size());
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
