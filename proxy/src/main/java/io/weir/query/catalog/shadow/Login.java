package io.weir.query.catalog.shadow;

import java.util.Map;

/**
 * How to log in to the shadow.
 *
 * @param user role
 * @param password empty where the socket is trusted; prints as ***
 * @param database database
 * @param settings start-up settings
 */
record Login(String user, String password, String database, Map<String, String> settings) {
    Login {
        settings = Map.copyOf(settings);
    }

    @Override
    public String toString() {
        return "Login[" + user + "@" + database + ", password=***]";
    }
}
