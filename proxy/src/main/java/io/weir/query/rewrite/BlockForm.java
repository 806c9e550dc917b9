package io.weir.query.rewrite;

import java.util.List;
import java.util.Set;

/**
 * A block's identity, and where its keys and aggregates stand in it. Two statements that name the same keys and aggregates in another order
 * ask the same question; an answer is kept in the identity's order and must be read through this.
 *
 * @param identity the question
 * @param keyOrder for each key in the identity's order its index in the block
 * @param atomOrder for each aggregate in the identity's order its index in the block
 * @param keys of each key of the block its {@link KeyText}
 * @param figures of each aggregate of the block what makes its figures comparable with others
 * @param unitColumns base columns that have one value for each unit, on any data
 */
public record BlockForm(
        BlockIdentity identity,
        List<Integer> keyOrder,
        List<Integer> atomOrder,
        List<KeyText> keys,
        List<FigureForm> figures,
        Set<String> unitColumns) {
    public BlockForm {
        unitColumns = Set.copyOf(unitColumns);
        keys = List.copyOf(keys);
        figures = List.copyOf(figures);
        keyOrder = List.copyOf(keyOrder);
        atomOrder = List.copyOf(atomOrder);
    }

    /**
     * @param measure what is counted or added up: figures of one measure may be subtracted from each other
     * @param kind how it is counted: two kinds of figure about the same rows are two figures
     * @param of what is added up, or put in order, by its dataset too; empty where people or rows are counted
     * @param conditions texts of {@link ConjunctText}: the aggregate's own conditions
     * @param halves the wholes that it is one half of
     * @param answer whether analysts see it
     */
    public record FigureForm(
            String measure, String kind, String of, List<String> conditions, List<HalfForm> halves, boolean answer) {
        public FigureForm {
            conditions = List.copyOf(conditions);
            halves = List.copyOf(halves);
        }
    }

    /**
     * @param whole texts of {@link ConjunctText}: the conditions of the whole
     * @param by by what it is halved: the same for both halves
     */
    public record HalfForm(List<String> whole, String by) {
        public HalfForm {
            whole = List.copyOf(whole);
        }
    }
}
