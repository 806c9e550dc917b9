package io.weir.yaml;

import java.util.Comparator;

/**
 * Something wrong in a file that somebody wrote.
 *
 * @param file path relative to the directory that was read
 * @param line 1-based; 0 when the problem is the file as a whole
 * @param path path to the value, such as {@code grants[1].columns}; empty for the whole file
 * @param message what is wrong; never the value of a secret
 * @param remedy what to write instead
 */
public record YamlProblem(String file, int line, String path, String message, String remedy)
        implements Comparable<YamlProblem> {
    private static final Comparator<YamlProblem> ORDER = Comparator.comparing(YamlProblem::file)
            .thenComparingInt(YamlProblem::line)
            .thenComparing(YamlProblem::path)
            .thenComparing(YamlProblem::message);

    @Override
    public int compareTo(YamlProblem other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        String where = line == 0 ? file : file + ":" + line;
        return where + (path.isEmpty() ? "" : ": " + path) + ": " + message
                + (remedy.isEmpty() ? "" : " (" + remedy + ")");
    }
}
