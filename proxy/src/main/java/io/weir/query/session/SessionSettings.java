package io.weir.query.session;

import io.weir.query.answer.QueryOptions;
import io.weir.query.catalog.CatalogSession;
import io.weir.query.wire.type.TextStyle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Values of all settings. Immutable: a transaction keeps the one it began with and can go back to it. */
final class SessionSettings {
    private final Map<Setting, String> values;
    private final Map<Setting, String> defaults;

    private SessionSettings(Map<Setting, String> values, Map<Setting, String> defaults) {
        this.values = values;
        this.defaults = defaults;
    }

    /** The start-up message's values become what RESET goes back to. Values must be canonical. */
    static SessionSettings opened(Map<Setting, String> startup, String user, String searchPath) {
        Map<Setting, String> defaults = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            defaults.put(setting, setting.initial());
        }
        defaults.put(Setting.SEARCH_PATH, searchPath);
        defaults.putAll(startup);
        defaults.put(Setting.SESSION_AUTHORIZATION, user);
        return new SessionSettings(defaults, defaults);
    }

    String get(Setting setting) {
        return values.getOrDefault(setting, setting.initial());
    }

    /** @param value any spelling; refused with a problem when not permitted */
    SessionSettings with(Setting setting, String value) {
        return put(setting, setting.canonical(value, get(setting)));
    }

    SessionSettings reset(Setting setting) {
        return put(setting, defaults.getOrDefault(setting, setting.initial()));
    }

    SessionSettings resetAll() {
        return new SessionSettings(defaults, defaults);
    }

    TextStyle style() {
        return new TextStyle(
                SettingValues.toZone(get(Setting.TIME_ZONE)),
                Integer.parseInt(get(Setting.EXTRA_FLOAT_DIGITS)),
                DateStyles.dates(get(Setting.DATE_STYLE)),
                DateStyles.order(get(Setting.DATE_STYLE)),
                TextStyle.Intervals.valueOf(get(Setting.INTERVAL_STYLE).toUpperCase(Locale.ROOT)),
                TextStyle.Bytes.valueOf(get(Setting.BYTEA_OUTPUT).toUpperCase(Locale.ROOT)));
    }

    QueryOptions options() {
        return new QueryOptions(
                get(Setting.WEIR_FLAGS).equals("on"),
                SettingValues.toZone(get(Setting.TIME_ZONE)),
                duration(Setting.STATEMENT_TIMEOUT));
    }

    /** Zero means no limit. */
    Duration duration(Setting setting) {
        return SettingValues.toDuration(get(setting));
    }

    /** Whether RESET would change nothing. */
    boolean isReset(Setting setting) {
        return get(setting).equals(defaults.get(setting));
    }

    /** All of them, as the catalogue shows them. */
    List<CatalogSession.ShownSetting> shown() {
        return Arrays.stream(Setting.values())
                .map(setting -> new CatalogSession.ShownSetting(
                        setting.sqlName(),
                        get(setting),
                        defaults.getOrDefault(setting, setting.initial()),
                        setting.initial()))
                .toList();
    }

    /** Reported settings whose value differs from {@code before}. */
    List<Setting> reportedChanges(SessionSettings before) {
        List<Setting> changes = new ArrayList<>();
        for (Setting setting : Setting.values()) {
            if (setting.isReported() && !get(setting).equals(before.get(setting))) {
                changes.add(setting);
            }
        }
        return changes;
    }

    private SessionSettings put(Setting setting, String canonical) {
        Map<Setting, String> copy = new EnumMap<>(values);
        copy.put(setting, canonical);
        return new SessionSettings(copy, defaults);
    }
}
