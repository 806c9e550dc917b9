package io.weir.query.rewrite;

import io.weir.query.govern.Permit;
import io.weir.query.govern.plan.Block;
import io.weir.query.govern.plan.Linked;
import io.weir.query.govern.plan.Residual;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code execute} takes: generated SELECTs for one permit. Only {@code rewrite} can make one. */
public abstract sealed class GovernedQuery {
    private GovernedQuery() {}

    /** All generated texts, for the egress guard, the audit digest and {@code policy explain}. */
    public abstract List<GeneratedSelect> selects();

    /** Blocks and reference reads. */
    public static final class Aggregates extends GovernedQuery {
        private final Permit.Aggregates permit;
        private final List<BlockQuery> blocks;
        private final Map<Residual.ReadReference, ReferenceQuery> references;

        Aggregates(
                Permit.Aggregates permit,
                List<BlockQuery> blocks,
                Map<Residual.ReadReference, ReferenceQuery> references) {
            this.permit = permit;
            this.blocks = List.copyOf(blocks);
            this.references = Map.copyOf(references);
        }

        public Permit.Aggregates permit() {
            return permit;
        }

        public List<BlockQuery> blocks() {
            return blocks;
        }

        public Map<Residual.ReadReference, ReferenceQuery> references() {
            return references;
        }

        @Override
        public List<GeneratedSelect> selects() {
            List<GeneratedSelect> all = new ArrayList<>();
            for (BlockQuery block : blocks) {
                all.addAll(block.selects());
            }
            references.values().forEach(r -> all.add(r.select()));
            return List.copyOf(all);
        }
    }

    /** One streamed SELECT. */
    public static final class Rows extends GovernedQuery {
        private final Permit.Rows permit;
        private final String source;
        private final GeneratedSelect select;

        Rows(Permit.Rows permit, String source, GeneratedSelect select) {
            this.permit = permit;
            this.source = source;
            this.select = select;
        }

        public Permit.Rows permit() {
            return permit;
        }

        /** Id of the source that is asked. */
        public String source() {
            return source;
        }

        public GeneratedSelect select() {
            return select;
        }

        @Override
        public List<GeneratedSelect> selects() {
            return List.of(select);
        }
    }

    /** @param source id of the source that is asked */
    public record ReferenceQuery(String source, GeneratedSelect select) {}

    /** The queries of one boundary. */
    public sealed interface BlockQuery {
        /** What is computed. */
        Block block();

        /** Canonical text of everything that decides the block's cells, for replay and history. */
        BlockForm form();

        /** Ids of the sources that are asked. */
        List<String> sources();

        List<GeneratedSelect> selects();
    }

    /**
     * Over rows of one source.
     *
     * @param source id of the source that is asked
     * @param cells keys, units, and per additive atom value and evidence
     * @param distinct per {@link io.weir.query.govern.plan.Atom.DistinctValues} atom (by index) keys and the count of frequent values
     * @param places per group of {@link io.weir.query.govern.plan.Atom.Position} atoms (by index) that are in one order their values and evidence
     * @param population distinct units of the block's population
     * @param domains per group of keys (by index) with a reference domain their combinations, see {@link io.weir.query.govern.plan.KeyDomain.FromReference}
     */
    public record SourceBlock(
            Block block,
            String source,
            BlockForm form,
            GeneratedSelect cells,
            Map<Integer, GeneratedSelect> distinct,
            Map<List<Integer>, GeneratedSelect> places,
            GeneratedSelect population,
            Map<List<Integer>, GeneratedSelect> domains)
            implements BlockQuery {
        public SourceBlock {
            distinct = Map.copyOf(distinct);
            places = Collections.unmodifiableMap(new LinkedHashMap<>(places));
            domains = Map.copyOf(domains);
        }

        @Override
        public List<String> sources() {
            return List.of(source);
        }

        @Override
        public List<GeneratedSelect> selects() {
            List<GeneratedSelect> all = new ArrayList<>();
            all.add(cells);
            all.addAll(distinct.values());
            all.addAll(places.values());
            all.add(population);
            all.addAll(domains.values());
            return List.copyOf(all);
        }
    }

    /**
     * Over one person's rows of two sources.
     *
     * @param domains as of one source, each with the source that has them
     */
    public record LinkedBlock(
            Linked linked, BlockForm form, Side kept, Side other, Map<List<Integer>, ReferenceQuery> domains)
            implements BlockQuery {
        public LinkedBlock {
            domains = Map.copyOf(domains);
        }

        @Override
        public Block block() {
            return linked.block();
        }

        @Override
        public List<String> sources() {
            return List.of(kept.source(), other.source());
        }

        @Override
        public List<GeneratedSelect> selects() {
            List<GeneratedSelect> all =
                    new ArrayList<>(List.of(kept.people(), other.people(), kept.population(), other.population()));
            domains.values().forEach(d -> all.add(d.select()));
            return List.copyOf(all);
        }
    }

    /**
     * One side of linked sources. Both texts give people's keys, and their rows in the order of the keys.
     *
     * @param source id of the source that is asked
     * @param people one row per cell of the side and person
     * @param population one row per person of the side's population
     */
    public record Side(String source, GeneratedSelect people, GeneratedSelect population) {}
}
