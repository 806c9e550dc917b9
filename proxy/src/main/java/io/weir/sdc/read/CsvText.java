package io.weir.sdc.read;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.weir.yaml.Spelling;
import io.weir.yaml.YamlProblems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A CSV file (RFC 4180, any line ends, UTF-8 with or without a mark): a line of names, then lines with as many fields. Empty lines are passed over.
 *
 * @param file for problems
 * @param names of the columns, each once
 * @param lines with a field for each name
 */
public record CsvText(String file, List<String> names, List<Line> lines) {
    /** Most lines of a file. */
    public static final int MAX_LINES = 2_000_000;

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /**
     * @param number in the file, from 1; where a field spans lines the first of them
     * @param fields as many as there are names
     */
    public record Line(int number, List<String> fields) {}

    /** @return empty after adding at least one problem */
    public static Optional<CsvText> read(String file, byte[] bytes, char separator, YamlProblems problems) {
        int before = problems.count();
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            problems.add(file, 0, "", "the file is not UTF-8", "save it as CSV UTF-8");
            return Optional.empty();
        }
        text = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        if (text.indexOf('\0') >= 0) {
            problems.add(file, 0, "", "the file has bytes that are no text", "save it as CSV UTF-8");
            return Optional.empty();
        }
        List<Line> lines = lines(file, text, separator, problems);
        if (problems.count() > before) {
            return Optional.empty();
        }
        if (lines.isEmpty()) {
            problems.add(file, 0, "", "the file is empty", "begin with a line of column names");
            return Optional.empty();
        }
        CsvText csv = new CsvText(
                file,
                lines.getFirst().fields().stream().map(String::strip).toList(),
                List.copyOf(lines.subList(1, lines.size())));
        csv.check(separator, problems);
        return problems.count() == before ? Optional.of(csv) : Optional.empty();
    }

    private static List<Line> lines(String file, String text, char separator, YamlProblems problems) {
        List<Line> lines = new ArrayList<>();
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                        .fieldSeparator(separator)
                        .skipEmptyLines(true)
                        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .allowUnclosedQuote(false)
                        .ofCsvRecord(text);
                CloseableIterator<CsvRecord> records = reader.iterator()) {
            while (records.hasNext()) {
                CsvRecord line = records.next();
                if (lines.size() > MAX_LINES) {
                    problems.add(
                            file,
                            Math.toIntExact(line.getStartingLineNumber()),
                            "",
                            "more than " + MAX_LINES + " lines",
                            "split the file");
                    return lines;
                }
                lines.add(new Line(Math.toIntExact(line.getStartingLineNumber()), line.getFields()));
            }
        } catch (CsvParseException e) {
            int after = lines.isEmpty() ? 1 : lines.getLast().number() + 1;
            problems.add(
                    file,
                    after,
                    "",
                    "this is not CSV from here on",
                    "look for a quotation mark that is not closed or not doubled, or for a very long field");
        } catch (IOException e) {
            throw new UncheckedIOException("A text in memory can be read", e);
        }
        return lines;
    }

    private void check(char separator, YamlProblems problems) {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (name.isEmpty()) {
                problems.add(file, 1, "", "a column has no name", "give every column a name in the first line");
            } else if (!seen.add(name)) {
                problems.add(file, 1, name, "two columns have this name", "rename one");
            }
        }
        if (lines.isEmpty()) {
            problems.add(file, 1, "", "there is no line below the names", "");
        }
        for (Line line : lines) {
            int fields = line.fields().size();
            if (fields != names.size()) {
                problems.add(
                        file,
                        line.number(),
                        "",
                        fields + (fields == 1 ? " field" : " fields") + " where the first line has " + names.size(),
                        separator == ',' && fields > names.size()
                                ? "put numbers and texts with a comma into quotation marks, numbers without separators of thousands"
                                : "write one field for each column");
            }
        }
    }

    /** The place of a column, or -1 after adding a problem. */
    public int column(String name, YamlProblems problems) {
        int index = names.indexOf(name);
        if (index < 0) {
            String near = Spelling.nearest(name, names);
            problems.add(
                    file,
                    1,
                    "",
                    "there is no column '" + name + "'" + (names.size() == 1 ? "; there is only one column" : ""),
                    near == null
                            ? "there are " + String.join(", ", names)
                                    + "; a separator other than , is named by 'separator:' in the description"
                            : "did you mean '" + near + "'?");
        }
        return index;
    }
}
