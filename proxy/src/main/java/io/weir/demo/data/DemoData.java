package io.weir.demo.data;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/**
 * Fills a PostgreSQL database with the demo hospital. The same seed and sizes give the same rows, byte for byte, on every machine.
 *
 * <p>Blocks; nothing is left behind when it fails.
 */
public final class DemoData {
    /** The seed of the quickstart. */
    public static final long SEED = 2026;

    /** The read-only role that {@link #createReader} makes and the demo policy names. */
    public static final String READER = "weir_reader";

    private DemoData() {}

    /** Writes rows somewhere, in COPY text format. */
    @FunctionalInterface
    interface RowWriter {
        void write(CopyText rows) throws IOException;
    }

    /** Where the rows of one table go. */
    @FunctionalInterface
    interface TableSink {
        OutputStream open(String table) throws IOException;
    }

    /**
     * Creates schema {@code hospital}, fills it by COPY, adds keys and indexes, analyses.
     *
     * @param database a superuser's or owner's connection source; the schema must not exist
     * @return the tables with their row counts and digests
     */
    public static List<DemoTable> generate(DataSource database, long seed, DemoSizes sizes) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute(script("schema.sql"));
                PGConnection copy = connection.unwrap(PGConnection.class);
                List<DemoTable> tables = write(seed, sizes, table -> openCopy(copy, table));
                statement.execute("SET LOCAL maintenance_work_mem = '128MB'");
                statement.execute(script("keys.sql"));
                connection.commit();
                return tables;
            } catch (IOException e) {
                connection.rollback();
                throw new SQLException("the demo data could not be written", e);
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        }
    }

    /** Creates or resets the role {@link #READER}: it may read schema {@code hospital} and nothing else, in read-only transactions. */
    public static void createReader(DataSource database, String password) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            boolean known;
            try (var found = statement.executeQuery("SELECT 1 FROM pg_roles WHERE rolname = '" + READER + "'")) {
                known = found.next();
            }
            String literal = statement.enquoteLiteral(password);
            statement.execute((known ? "ALTER" : "CREATE") + " ROLE " + READER
                    + " LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD " + literal);
            statement.execute("ALTER ROLE " + READER + " SET default_transaction_read_only = on");
            statement.execute("GRANT USAGE ON SCHEMA hospital TO " + READER);
            statement.execute("GRANT SELECT ON ALL TABLES IN SCHEMA hospital TO " + READER);
        }
    }

    /** Writes all tables, parents first. */
    static List<DemoTable> write(long seed, DemoSizes sizes, TableSink sink) throws IOException {
        Places places = new Places(seed);
        Population people = new Population(seed, sizes.patients(), places);
        List<DemoTable> tables = new ArrayList<>();
        tables.add(table(sink, "sexes", Codes::writeSexes));
        tables.add(table(sink, "ethnicities", Codes::writeEthnicities));
        tables.add(table(sink, "geography", places::writeGeography));
        tables.add(table(sink, "providers", Places::writeProviders));
        tables.add(table(sink, "practices", Places::writePractices));
        tables.add(table(sink, "icd10", Codes::writeDiagnoses));
        tables.add(table(sink, "bnf", Codes::writeMedicines));
        tables.add(table(sink, "patients", new PatientRows(seed, people)::write));
        tables.add(table(sink, "admissions", rows -> new AdmissionRows(seed, people).write(rows, sizes.admissions())));
        tables.add(table(
                sink, "prescriptions", rows -> new PrescriptionRows(seed, people).write(rows, sizes.prescriptions())));
        return List.copyOf(tables);
    }

    private static DemoTable table(TableSink sink, String name, RowWriter writer) throws IOException {
        try (OutputStream out = new BufferedOutputStream(sink.open(name), 1 << 17)) {
            CopyText rows = new CopyText(out);
            writer.write(rows);
            return rows.finish(name);
        }
    }

    private static OutputStream openCopy(PGConnection connection, String table) throws IOException {
        try {
            return new PGCopyOutputStream(
                    connection, "COPY hospital." + table + " FROM STDIN (FORMAT text, FREEZE)", 1 << 17);
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    private static String script(String name) throws IOException {
        try (InputStream in = DemoData.class.getResourceAsStream("/demo/" + name)) {
            if (in == null) {
                throw new IOException("resource demo/" + name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
