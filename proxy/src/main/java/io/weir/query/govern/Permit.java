package io.weir.query.govern;

import io.weir.policy.Profile;
import io.weir.query.govern.plan.Block;
import io.weir.query.govern.plan.Linked;
import io.weir.query.govern.plan.Rel;
import io.weir.query.govern.plan.Residual;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Leave to answer one statement in one form. Only {@code govern} can make one. */
public abstract sealed class Permit {
    private final Facts facts;

    private Permit(Facts facts) {
        this.facts = facts;
    }

    public Facts facts() {
        return facts;
    }

    /**
     * What was decided, for the audit log and for checkers.
     *
     * @param sources ids of the sources that are read, sorted; rows are of one
     * @param datasets names of the datasets read, sorted
     * @param mode {@code aggregate}, {@code row_level} or {@code reference}
     * @param profile disclosure profile for the answer
     * @param linked namespaces whose people of two sources are linked, sorted; mostly none
     * @param ruling rules applied, in words
     */
    public record Facts(
            List<String> sources,
            List<String> datasets,
            String mode,
            Profile profile,
            List<String> linked,
            List<String> ruling) {
        public Facts {
            sources = List.copyOf(sources);
            datasets = List.copyOf(datasets);
            linked = List.copyOf(linked);
            ruling = List.copyOf(ruling);
        }
    }

    /** An answer made of protected blocks and reference data, finished in the proxy. */
    public static final class Aggregates extends Permit {
        private final List<Block> blocks;
        private final List<Linked> linked;
        private final Residual residual;
        private final List<Rel.Named> outputs;

        Aggregates(Facts facts, List<Block> blocks, List<Linked> linked, Residual residual, List<Rel.Named> outputs) {
            super(facts);
            this.blocks = List.copyOf(blocks);
            this.linked = List.copyOf(linked);
            this.residual = residual;
            this.outputs = List.copyOf(outputs);
        }

        public List<Block> blocks() {
            return blocks;
        }

        /** Of those of the blocks that are over two sources what each side is. */
        public List<Linked> linked() {
            return linked;
        }

        public Residual residual() {
            return residual;
        }

        /** Output expressions over the residual's columns, in order. */
        public List<Rel.Named> outputs() {
            return outputs;
        }
    }

    /** Rows with pseudonyms, generalised and granted values, streamed. */
    public static final class Rows extends Permit {
        private final Rel rel;
        private final List<Output> outputs;
        private final List<Residual.SortKey> order;
        private final long offset;
        private final long fetch;

        Rows(Facts facts, Rel rel, List<Output> outputs, List<Residual.SortKey> order, long offset, long fetch) {
            super(facts);
            this.rel = rel;
            this.outputs = List.copyOf(outputs);
            this.order = List.copyOf(order);
            this.offset = offset;
            this.fetch = fetch;
        }

        public Rel rel() {
            return rel;
        }

        public List<Output> outputs() {
            return outputs;
        }

        public List<Residual.SortKey> order() {
            return order;
        }

        public long offset() {
            return offset;
        }

        /** Negative when there is no limit. */
        public long fetch() {
            return fetch;
        }

        /**
         * @param named name and expression
         * @param namespace namespace of the identifier to pseudonymise, or null for a plain value
         */
        public record Output(Rel.Named named, @Nullable String namespace) {}
    }
}
