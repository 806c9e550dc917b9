package io.weir.disclosure.protection;

/** A way to find the cells that have to be hidden beside those that a check hides. For one table; not for use by several threads. */
interface SuppressionMethod {
    /** A pattern of which nothing counts as protected that was not shown to be. The same table gets the same pattern. */
    Pattern find();

    /** The method for a table of this size: where a part is too large for the first one, and the limits allow for it, the second. */
    static SuppressionMethod of(Setting setting, boolean zerosShown, AuditLimits limits) {
        Hiding hiding = new Hiding(setting, zerosShown);
        return isLarge(setting, limits)
                ? new EliminationSuppression(setting, hiding, limits)
                : new ComplementarySuppression(setting, hiding, limits);
    }

    /** Whether the second method is the one for a table. */
    static boolean isLarge(Setting setting, AuditLimits limits) {
        return limits.workOfLargeTables() > 0 && setting.system().links().size() > limits.relations();
    }
}
