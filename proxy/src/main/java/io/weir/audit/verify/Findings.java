package io.weir.audit.verify;

import io.weir.audit.verify.Finding.Kind;
import java.util.ArrayList;
import java.util.List;

/** Collects findings up to a limit; a rewritten log would otherwise give one a record. */
final class Findings {
    private final List<Finding> list = new ArrayList<>();

    void add(Kind kind, long sequence, String sentence) {
        if (list.size() < AuditVerifier.MAX_FINDINGS) {
            list.add(new Finding(kind, sequence, sentence));
        }
    }

    List<Finding> list() {
        return list;
    }
}
