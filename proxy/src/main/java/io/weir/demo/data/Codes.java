package io.weir.demo.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The code lists of the demo, from its resources. */
final class Codes {
    /** People's ethnic category (NHS Data Dictionary letters), its group, and its share of the population. */
    private static final String[] ETHNICITIES = {
        "A,British,White,7200",
        "B,Irish,White,90",
        "C,Any other White background,White,560",
        "D,White and Black Caribbean,Mixed,80",
        "E,White and Black African,Mixed,40",
        "F,White and Asian,Mixed,70",
        "G,Any other mixed background,Mixed,60",
        "H,Indian,Asian,310",
        "J,Pakistani,Asian,270",
        "K,Bangladeshi,Asian,110",
        "L,Any other Asian background,Asian,160",
        "M,Caribbean,Black,105",
        "N,African,Black,240",
        "P,Any other Black background,Black,50",
        "R,Chinese,Other,75",
        "S,Any other ethnic group,Other,150",
        "Z,Not stated,Not stated,300"
    };

    private static final String[] SEXES = {"F,Female", "M,Male", "X,Indeterminate", "U,Not known"};

    /**
     * @param winter how much more often in midwinter than in summer
     * @param cost typical cost of a stay in pounds
     * @param stay typical number of nights
     * @param emergency share of emergency admissions
     */
    record Diagnosis(
            String code,
            String chapter,
            String description,
            @Nullable Condition condition,
            double weight,
            double winter,
            double cost,
            double stay,
            int minAge,
            int maxAge,
            @Nullable String sex,
            double emergency) {
        boolean fits(int age, String ofSex) {
            return age >= minAge && age <= maxAge && (sex == null || sex.equals(ofSex));
        }
    }

    record Medicine(
            String code, String name, @Nullable Condition condition, double weight, int pack, double unitCost) {}

    private Codes() {}

    static List<Diagnosis> diagnoses() {
        return read(
                "icd10.csv",
                f -> new Diagnosis(
                        f[0],
                        f[1],
                        f[2],
                        condition(f[3]),
                        Double.parseDouble(f[4]),
                        Double.parseDouble(f[5]),
                        Double.parseDouble(f[6]),
                        Double.parseDouble(f[7]),
                        Integer.parseInt(f[8]),
                        Integer.parseInt(f[9]),
                        f[10].equals("-") ? null : f[10],
                        Double.parseDouble(f[11])));
    }

    static List<Medicine> medicines() {
        return read(
                "bnf.csv",
                f -> new Medicine(
                        f[0],
                        f[1],
                        condition(f[2]),
                        Double.parseDouble(f[3]),
                        Integer.parseInt(f[4]),
                        Double.parseDouble(f[5])));
    }

    static int ethnicities() {
        return ETHNICITIES.length;
    }

    static String ethnicity(int index) {
        return ETHNICITIES[index].substring(0, 1);
    }

    static boolean southAsianOrBlack(int index) {
        String group = ETHNICITIES[index].split(",")[2];
        return group.equals("Asian") || group.equals("Black");
    }

    static double ethnicityWeight(int index) {
        return Double.parseDouble(ETHNICITIES[index].split(",")[3]);
    }

    static void writeEthnicities(CopyText rows) throws IOException {
        for (String line : ETHNICITIES) {
            String[] f = line.split(",");
            rows.text(f[0]).text(f[1]).text(f[2]);
            rows.endRow();
        }
    }

    static void writeSexes(CopyText rows) throws IOException {
        for (String line : SEXES) {
            String[] f = line.split(",");
            rows.text(f[0]).text(f[1]);
            rows.endRow();
        }
    }

    static void writeDiagnoses(CopyText rows) throws IOException {
        for (Diagnosis d : diagnoses()) {
            rows.text(d.code())
                    .text(d.description())
                    .text(d.code().substring(0, 3))
                    .text(d.chapter());
            rows.endRow();
        }
    }

    static void writeMedicines(CopyText rows) throws IOException {
        for (Medicine m : medicines()) {
            rows.text(m.code()).text(m.name()).text(m.code().substring(0, 2));
            rows.endRow();
        }
    }

    private static @Nullable Condition condition(String field) {
        return field.equals("-") ? null : Condition.valueOf(field);
    }

    private static <T> List<T> read(String file, Function<String[], T> line) {
        try (InputStream in = Codes.class.getResourceAsStream("/demo/codes/" + file)) {
            if (in == null) {
                throw new IllegalStateException("resource demo/codes/" + file + " is missing");
            }
            return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .filter(l -> !l.startsWith("#"))
                    .map(l -> line.apply(l.split(",")))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
