/** Statistical disclosure control as a pure library: cells and evidence in, findings and a protected table out. */
module io.weir.disclosure {
    requires static transitive org.jspecify;

    exports io.weir.disclosure;
    exports io.weir.disclosure.acro;
    exports io.weir.disclosure.appetite;
    exports io.weir.disclosure.cellkey;
    exports io.weir.disclosure.derived;
    exports io.weir.disclosure.evidence;
    exports io.weir.disclosure.history;
    exports io.weir.disclosure.interval;
    exports io.weir.disclosure.merging;
    exports io.weir.disclosure.preset;
    exports io.weir.disclosure.protection;
    exports io.weir.disclosure.rounding;
    exports io.weir.disclosure.statistic;
    exports io.weir.disclosure.table;
    exports io.weir.disclosure.verdict;
}
