package io.weir.audit.verify;

import io.weir.audit.format.CanonicalJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Renders a report for a person or a machine. */
public final class ReportWriter {
    private ReportWriter() {}

    /** Lines of text with a final LF. */
    public static String text(AuditReport report) {
        AuditReport.Extent extent = report.extent();
        StringBuilder out = new StringBuilder();
        switch (report) {
            case AuditReport.Valid valid -> out.append("VALID");
            case AuditReport.Invalid invalid -> out.append("INVALID");
        }
        out.append("  ").append(extent.origin()).append('\n');
        out.append(String.format(
                Locale.ROOT,
                "  %s in %s, %d vouched for by %s%n",
                counted(extent.records(), "record"),
                counted(extent.segments(), "segment"),
                extent.covered(),
                counted(extent.checkpoints(), "signed checkpoint")));
        out.append("  head ").append(extent.head()).append('\n');
        out.append("  root ").append(extent.root()).append('\n');
        if (report instanceof AuditReport.Invalid(AuditReport.Extent same, List<Finding> findings)) {
            for (Finding finding : findings) {
                out.append("  ").append(label(finding));
                if (finding.sequence() >= 0) {
                    out.append(" at record ").append(finding.sequence());
                }
                out.append(": ").append(finding.sentence()).append('\n');
            }
        }
        return out.toString();
    }

    /** One JSON object with a final LF. */
    public static String json(AuditReport report) {
        AuditReport.Extent extent = report.extent();
        Map<String, Object> object = new TreeMap<>();
        object.put("origin", extent.origin());
        object.put("records", extent.records());
        object.put("segments", extent.segments());
        object.put("covered", extent.covered());
        object.put("checkpoints", extent.checkpoints());
        object.put("head", extent.head());
        object.put("root", extent.root());
        List<Object> findings = new ArrayList<>();
        switch (report) {
            case AuditReport.Valid valid -> object.put("valid", true);
            case AuditReport.Invalid invalid -> {
                object.put("valid", false);
                for (Finding finding : invalid.findings()) {
                    findings.add(Map.of(
                            "kind", label(finding), "sequence", finding.sequence(), "sentence", finding.sentence()));
                }
            }
        }
        object.put("findings", findings);
        return CanonicalJson.write(object) + "\n";
    }

    private static String label(Finding finding) {
        return finding.kind().name().toLowerCase(Locale.ROOT);
    }

    private static String counted(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
