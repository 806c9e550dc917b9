package io.weir.query.wire.copy;

import io.weir.query.wire.Format;
import java.util.List;

/**
 * How {@code COPY … TO STDOUT} writes, checked against each other already. Characters are single bytes.
 *
 * @param layout text, csv or binary
 * @param delimiter between fields
 * @param nullText what stands for NULL
 * @param header whether a line of labels comes first
 * @param quote around values of csv
 * @param escape before a quote or itself within a quoted value of csv
 * @param forceQuoteAll whether csv quotes every value that is not NULL
 * @param forceQuote labels of the columns whose values csv quotes
 */
public record CopyOptions(
        Layout layout,
        char delimiter,
        String nullText,
        boolean header,
        char quote,
        char escape,
        boolean forceQuoteAll,
        List<String> forceQuote) {
    /** PostgreSQL's FORMAT. */
    public enum Layout {
        TEXT,
        CSV,
        BINARY
    }

    public CopyOptions {
        forceQuote = List.copyOf(forceQuote);
    }

    /** The form that the fields given to a {@link CopyLayout} have. */
    public Format fieldFormat() {
        return layout == Layout.BINARY ? Format.BINARY : Format.TEXT;
    }
}
