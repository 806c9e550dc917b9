package io.weir.sdc.read;

import io.weir.disclosure.cellkey.RecordKeys;
import io.weir.sdc.describe.Description;
import io.weir.sdc.describe.Form;
import io.weir.yaml.YamlProblems;
import java.util.Optional;
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
        return problems.count() == before ? table : Optional.empty();
    }
}
