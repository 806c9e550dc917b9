package io.weir.sdc.describe;

import io.weir.disclosure.preset.Marker;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file of cells or records, as its YAML describes it.
 *
 * @param form what a line is
 * @param separator between fields
 * @param missing texts that stand for a missing number, the empty field among them
 * @param dimensions at least one, with columns of their own
 * @param measures at least one, with unique names
 * @param relations between the measures
 * @param margins of the table
 * @param population of the table
 * @param earlier files of earlier releases of the same table, relative to the description
 * @param absentRows what readers of a protected file take rows for that are not in it
 * @param markers what texts in place of numbers mean in a protected file, beside the profile's own marker
 * @param profile that is used when the command line names none
 */
public record Description(
        Form form,
        char separator,
        Set<String> missing,
        List<Dimension> dimensions,
        List<DescribedMeasure> measures,
        List<Relation> relations,
        Margins margins,
        Population population,
        List<String> earlier,
        AbsentRows absentRows,
        Map<String, Marker.Meaning> markers,
        @Nullable String profile) {
    /** Most rows of a table, margins included. */
    public static final int MAX_ROWS = 200_000;

    public Description {
        missing = Set.copyOf(missing);
        dimensions = List.copyOf(dimensions);
        measures = List.copyOf(measures);
        relations = List.copyOf(relations);
        earlier = List.copyOf(earlier);
        markers = Map.copyOf(markers);
    }

    /** Whether everybody knows which rows there are. */
    public boolean keysArePublic() {
        return dimensions.stream().allMatch(Dimension::isPublic);
    }

    /** Columns of the file that hold codes, in the order of the dimensions. */
    public List<String> keyColumns() {
        return dimensions.stream()
                .flatMap(dimension -> dimension.columns().stream())
                .toList();
    }
}
