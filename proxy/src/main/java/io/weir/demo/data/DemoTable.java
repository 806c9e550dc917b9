package io.weir.demo.data;

/**
 * A table that was written.
 *
 * @param name name in schema {@code hospital}
 * @param rows number of rows
 * @param sha256 lower-case hex digest of the rows in COPY text format: the same for the same seed and sizes
 */
public record DemoTable(String name, long rows, String sha256) {}
