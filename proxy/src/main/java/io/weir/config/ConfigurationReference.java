package io.weir.config;

import java.util.Locale;

/** The page {@code docs/reference/configuration.md}. */
final class ConfigurationReference {
    private ConfigurationReference() {}

    static String markdown() {
        StringBuilder page = new StringBuilder("""
                # Configuration: weir.yaml

                <!-- Generated from io.weir.config.Setting; a test compares. Update with -Dgolden.update=true. -->

                One file describes an installation. Unknown settings are refused, and all problems are told at once. Relative paths belong to the
                directory of the file. Secrets are references: `{env: NAME}` or `{file: path}`.

                | setting | kind | default | meaning |
                |---|---|---|---|
                """);
        for (Setting setting : Setting.values()) {
            String fallback = setting.fallback();
            String standard = fallback != null
                    ? "`" + fallback + "`"
                    : setting.kind() == Setting.Kind.OPTIONAL_SECRET ? "none" : "required";
            page.append(String.format(
                    Locale.ROOT,
                    "| `%s` | %s | %s | %s |%n",
                    setting.path(),
                    setting.kind().words(),
                    standard,
                    setting.description()));
        }
        return page.toString();
    }
}
