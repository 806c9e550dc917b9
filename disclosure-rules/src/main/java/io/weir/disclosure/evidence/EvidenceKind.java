package io.weir.disclosure.evidence;

import java.util.Arrays;

/** The kinds of evidence that checks need. The id is what the ontology calls it; whoever plans a query plans these. */
public enum EvidenceKind {
    UNITS("units"),
    CONTRIBUTING_UNITS("contributing-units"),
    POPULATION("population"),
    VALUE("value"),
    TWO_LARGEST("two-largest"),
    ABSOLUTE_TOTAL("absolute-total"),
    NEIGHBOURS("neighbours"),
    OWNERS("owners"),
    REQUESTS("requests"),
    MISSING_UNITS("missing-units"),
    MODEL("model"),
    NUMBERS_AT_RISK("numbers-at-risk"),
    UNITS_AT_EXTREME("units-at-extreme"),
    UNITS_OF_MODE("units-of-mode"),
    LEADERS("leaders"),
    IMPLICIT_TABLE("implicit-table"),
    UNIT_LEVEL("unit-level"),
    /** Of the table, not of a cell: {@link EvidenceTable#margins()}. */
    MARGINS("margins"),
    /** Of what was published: package {@code io.weir.disclosure.history}. */
    UNIT_SETS("unit-sets");

    private final String id;

    EvidenceKind(String id) {
        this.id = id;
    }

    public String id() {
        return id;
    }

    /** Whether a cell has it; false for what is no cell's. */
    public boolean isPresent(EvidenceRow row, Evidence evidence) {
        return switch (this) {
            case UNITS -> row.units() != null;
            case CONTRIBUTING_UNITS -> evidence.contributingUnits() != null;
            case POPULATION -> row.populationUnits() != null;
            case VALUE -> evidence.value() != null;
            case TWO_LARGEST -> evidence.largest() != null && evidence.secondLargest() != null;
            case ABSOLUTE_TOTAL -> evidence.absoluteTotal() != null;
            case NEIGHBOURS -> evidence.neighbours() != null;
            case OWNERS -> has(evidence, Holdings.class);
            case REQUESTS -> has(evidence, Requests.class);
            case MISSING_UNITS -> has(evidence, MissingUnits.class);
            case MODEL -> has(evidence, Model.class);
            case NUMBERS_AT_RISK -> has(evidence, Survival.class);
            case UNITS_AT_EXTREME -> has(evidence, Extreme.class);
            case UNITS_OF_MODE -> has(evidence, Modal.class);
            case LEADERS -> has(evidence, Concentration.class);
            case IMPLICIT_TABLE -> has(evidence, ImplicitTable.class);
            case UNIT_LEVEL -> has(evidence, UnitLevel.class);
            case MARGINS, UNIT_SETS -> false;
        };
    }

    private static boolean has(Evidence evidence, Class<? extends Particular> kind) {
        return evidence.particular(kind).isPresent();
    }

    /** @throws IllegalArgumentException when there is no kind of this id */
    public static EvidenceKind of(String id) {
        return Arrays.stream(values())
                .filter(kind -> kind.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No kind of evidence is called " + id));
    }
}
