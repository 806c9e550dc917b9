package io.weir.disclosure.preset;

/** Where a preset's rules hold. */
public enum Geography {
    /** Everywhere. */
    EVERYWHERE,
    /** Below the national level; national figures are published without them. */
    BELOW_NATIONAL,
    /** Everywhere, and further rules decide by area what may be asked. */
    RULES_BY_AREA
}
