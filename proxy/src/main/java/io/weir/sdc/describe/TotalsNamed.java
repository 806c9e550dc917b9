package io.weir.sdc.describe;

import io.weir.sdc.describe.Dimension.Level;
import io.weir.yaml.YamlSection;
import java.util.Locale;
import java.util.Set;

/** A row of a total that is not known for one would be taken for a cell beside its own parts; so totals are named, or said not to be there. */
public final class TotalsNamed {
    private static final Set<String> USUAL = Set.of(
            "all",
            "total",
            "totals",
            "overall",
            "sum",
            "both",
            "any",
            "grand total",
            "subtotal",
            "everybody",
            "everyone",
            "alle",
            "gesamt",
            "insgesamt",
            "summe",
            "ensemble",
            "tous",
            "todos",
            "totaal",
            "totale");

    private TotalsNamed() {}

    /** Adds a problem for every column of a file with margins that does not say what its total is. */
    static void check(YamlSection s, Description description) {
        if (!(description.form() instanceof Form.Cells) || !(description.margins() instanceof Margins.Given)) {
            return;
        }
        for (Dimension dimension : description.dimensions()) {
            for (Level level : dimension.levels()) {
                if (level.total() == null && !level.withoutTotal()) {
                    s.problem(
                            "dimensions",
                            "nothing says which code of '" + level.column() + "' is the total",
                            "write 'total: All' as it stands in the file, or 'withoutTotal: true' if it has none");
                }
            }
        }
    }

    /** Whether a code that nobody listed is what totals are usually called. */
    public static boolean isUsual(String code) {
        return USUAL.contains(Spaces.plain(code).toLowerCase(Locale.ROOT));
    }
}
