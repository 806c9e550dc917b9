package io.weir.demo.data;

import java.io.IOException;
import java.util.Locale;

/** The invented geography: 4 regions, 12 districts (LAD), 60 MSOAs, 360 LSOAs, 60 practices, 12 providers. Codes are in unissued ranges. */
final class Places {
    static final String[] REGIONS = {"North Fells", "Mid Vale", "South Weald", "Saltcoast"};
    static final String[] DISTRICTS = {
        "Aldermere", "Brackholme", "Calderwick", "Dunford Vale", "Eastmarch", "Fallowby",
        "Greyhaven", "Harrowmead", "Ilverton", "Juniper Bay", "Kestrel Point", "Lanternsea"
    };
    private static final String[] PROVIDERS = {
        "Aldermere General Hospital,acute",
        "Calderwick Royal Infirmary,acute",
        "Dunford Vale Hospital,acute",
        "Eastmarch University Hospital,teaching",
        "Greyhaven General Hospital,acute",
        "Ilverton Hospital,acute",
        "Juniper Bay Infirmary,acute",
        "Lanternsea Hospital,acute",
        "Weald Heart and Chest Hospital,specialist",
        "North Fells Cancer Centre,specialist",
        "Mid Vale Community Hospital,community",
        "Kestrel Point Cottage Hospital,community"
    };
    private static final int[] PROVIDER_DISTRICT = {0, 2, 3, 4, 6, 8, 9, 11, 7, 1, 5, 10};
    private static final int[] NEAREST = {0, 0, 1, 2, 3, 3, 4, 5, 5, 6, 7, 7};

    static final int TEACHING = 3;
    static final int LSOAS = 360;
    static final int PRACTICES = 60;

    private final int[] decile = new int[LSOAS];
    private final int[] population = new int[LSOAS];

    Places(long seed) {
        Draw draw = new Draw(seed, "places");
        for (int i = 0; i < LSOAS; i++) {
            int district = district(i);
            int typical = 1 + (district * 7 + 3) % 10;
            decile[i] = Math.clamp(Math.round(typical + 2.2 * draw.normal()), 1, 10);
            population[i] =
                    (int) (draw.spread(1_500, 0.3) * (district % 3 == 1 ? 1.8 : 1) * (district == 11 ? 0.35 : 1));
        }
    }

    int decile(int lsoa) {
        return decile[lsoa];
    }

    int population(int lsoa) {
        return population[lsoa];
    }

    static int district(int lsoa) {
        return lsoa / 30;
    }

    static String region(int district) {
        return REGIONS[district / 3];
    }

    static String lsoaCode(int lsoa) {
        return "E019" + padded(lsoa + 1, 5);
    }

    static String practiceCode(int practice) {
        return "Z99" + padded(practice + 1, 3);
    }

    static String providerCode(int provider) {
        return "Z" + padded(provider + 1, 2);
    }

    static int providers() {
        return PROVIDERS.length;
    }

    static int nearestProvider(int district) {
        return NEAREST[district];
    }

    void writeGeography(CopyText rows) throws IOException {
        for (int i = 0; i < LSOAS; i++) {
            int district = district(i);
            rows.text(lsoaCode(i)).text("E029" + padded(i / 6 + 1, 5)).text("E079" + padded(district + 1, 5));
            rows.text(DISTRICTS[district])
                    .text(region(district))
                    .number(decile[i])
                    .number(population[i]);
            rows.endRow();
        }
    }

    static void writeProviders(CopyText rows) throws IOException {
        for (int i = 0; i < PROVIDERS.length; i++) {
            String[] parts = PROVIDERS[i].split(",");
            rows.text(providerCode(i)).text(parts[0]).text(parts[1]).text(region(PROVIDER_DISTRICT[i]));
            rows.endRow();
        }
    }

    static void writePractices(CopyText rows) throws IOException {
        String[] kinds = {"Medical Centre", "Surgery", "Health Centre", "Practice", "Group Practice"};
        String[] streets = {"Mill Lane", "Station Road", "The Green", "Church Street", "Harbour Road", "Elm Grove"};
        for (int i = 0; i < PRACTICES; i++) {
            int district = i / 5;
            rows.text(practiceCode(i));
            rows.text(streets[(i * 5 + district) % streets.length] + " " + kinds[i % 5] + ", " + DISTRICTS[district]);
            rows.text(lsoaCode(district * 30 + i % 5 * 6)).text(region(district));
            rows.endRow();
        }
    }

    private static String padded(int number, int width) {
        return String.format(Locale.ROOT, "%0" + width + "d", number);
    }
}
