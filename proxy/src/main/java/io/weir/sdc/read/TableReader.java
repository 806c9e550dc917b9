package io.weir.sdc.read;

import io.weir.disclosure.cellkey.RecordKeys;
import io.weir.disclosure.evidence.Evidence;
import io.weir.disclosure.evidence.EvidenceTable;
import io.weir.sdc.describe.Description;
import io.weir.sdc.describe.Form;
import io.weir.yaml.YamlProblems;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a file of cells or of records. */
public final class TableReader {
    private TableReader() {}

    /**
     * @param file name for problems
     * @param secret for keys of records; null when no method needs them
     * @return empty after adding at least one problem
     */
    public static Optional<StatedTable> read(
            String file, byte[] bytes, Description description, @Nullable RecordKeys secret, YamlProblems problems) {
        int before = problems.count();
        Optional<StatedTable> table = CsvText.read(file, bytes, description.separator(), problems)
                .flatMap(csv -> switch (description.form()) {
                    case Form.Cells cells -> new CellsReader(csv, description, cells, problems).read();
                    case Form.Records records -> new RecordsReader(csv, description, records, secret, problems).read();
                });
        return problems.count() == before ? table.flatMap(read -> exact(file, read, problems)) : Optional.empty();
    }

    /** Sums can have more digits than what is added up, and weighted ones more decimals. */
    private static Optional<StatedTable> exact(String file, StatedTable table, YamlProblems problems) {
        EvidenceTable evidence = table.evidence();
        for (int row = 0; row < evidence.rows().size(); row++) {
            for (int m = 0; m < evidence.measures().size(); m++) {
                List<BigDecimal> amounts = amounts(evidence.evidence(row, m));
                boolean fine = amounts.stream().anyMatch(Numbers::isTooFine);
                if (fine || !amounts.stream().allMatch(Numbers::isExact)) {
                    String sums = "the sums of " + evidence.measures().get(m).name();
                    problems.add(
                            file,
                            0,
                            "",
                            fine
                                    ? sums + " have more than " + Numbers.DECIMALS + " decimals"
                                    : sums
                                            + " have more digits than can be added up exactly here, or are beyond 900000000000000",
                            fine
                                    ? Numbers.TooFine.REMEDY + ", or weights with fewer decimals"
                                    : "give amounts with fewer decimals, or in larger units");
                    return Optional.empty();
                }
            }
        }
        return Optional.of(table.readBy(Grains.of(evidence)));
    }

    private static List<BigDecimal> amounts(Evidence evidence) {
        return Stream.of(evidence.value(), evidence.absoluteTotal(), evidence.largest(), evidence.secondLargest())
                .flatMap(Stream::ofNullable)
                .toList();
    }
}
