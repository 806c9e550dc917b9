package io.weir.query.catalog.shadow;

import io.weir.query.catalog.shadow.FrontendBatch.Parse;
import io.weir.query.catalog.shadow.FrontendBatch.Reason;
import io.weir.query.catalog.shadow.FrontendBatch.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A session's prepared statements by name, whatever backend it has at the moment, and which of them that backend knows. What is missed
 * there is prepared again. The session above limits their number and bytes. One thread.
 */
final class KeptStatements {
    /** The Parse messages as the client sent them. */
    private final Map<String, byte[]> known = new HashMap<>();

    private final Set<String> there = new HashSet<>();

    /** The steps, and before each that needs it the preparation of a statement that the backend does not have. */
    List<Step> plan(List<Step> steps) {
        List<Step> plan = new ArrayList<>(steps.size() + 1);
        Set<String> then = new HashSet<>(there);
        Set<String> closed = new HashSet<>();
        for (Step step : steps) {
            String needed = step.needs();
            byte[] missed =
                    needed == null || then.contains(needed) || closed.contains(needed) ? null : known.get(needed);
            if (needed != null && missed != null) {
                plan.add(FrontendBatch.again(missed));
                then.add(needed);
            }
            plan.add(step);
            Parse parse = step.parse();
            if (parse != null) {
                change(then, parse);
            }
            String ends = step.closes();
            if (ends != null) {
                then.remove(ends);
                closed.add(ends);
            }
        }
        return plan;
    }

    private static void change(Set<String> there, Parse parse) {
        switch (parse.reason()) {
            case CLIENT, MISSED -> there.add(parse.name());
            case QUERY -> there.remove(parse.name());
        }
    }

    /** The backend did what a step asks for. */
    void succeeded(Step step) {
        Parse parse = step.parse();
        if (parse != null) {
            change(there, parse);
            if (parse.reason() == Reason.CLIENT) {
                known.put(parse.name(), parse.received());
            }
        }
        String closed = step.closes();
        if (closed != null) {
            close(closed);
        }
    }

    /** A Parse that fails has destroyed the unnamed statement. One that is prepared again stays known: the next use tells the error anew. */
    void failed(Step step) {
        Parse parse = step.parse();
        if (parse != null && parse.name().isEmpty()) {
            there.remove("");
            if (parse.reason() == Reason.CLIENT) {
                known.remove("");
            }
        }
    }

    /** The text that a step is about; null when there is none. */
    @Nullable
    OwnNames names(Step step) {
        Parse parse = step.parse();
        if (parse != null) {
            return parse.names();
        }
        String needed = step.needs();
        byte[] received = needed == null ? null : known.get(needed);
        Parse earlier = received == null ? null : FrontendBatch.again(received).parse();
        return earlier == null ? null : earlier.names();
    }

    /** Returns whether the backend has it. */
    boolean close(String name) {
        known.remove(name);
        return there.remove(name);
    }

    /** The backend is gone, and what it had. */
    void lost() {
        there.clear();
    }

    /** Whether the backend has named ones: to prepare them again would cost something. */
    boolean areThere() {
        return there.stream().anyMatch(name -> !name.isEmpty());
    }
}
