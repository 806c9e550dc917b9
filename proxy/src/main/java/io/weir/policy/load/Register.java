package io.weir.policy.load;

import io.weir.yaml.Spelling;
import io.weir.yaml.YamlSection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All things of one kind, by key, with the place where each was written. A key counts as declared even when the rest of its file has
 * problems, so that one mistake is not reported again by everybody who refers to it.
 */
final class Register<K, T> {
    /** A thing and where it was written. */
    record Entry<T>(T value, YamlSection section) {}

    private final String kind;
    private final Set<K> declared = new HashSet<>();
    private final Map<K, Entry<T>> entries = new LinkedHashMap<>();

    /** @param kind for messages: "dataset", "person" … */
    Register(String kind) {
        this.kind = kind;
    }

    void declare(K key, YamlSection section, String field) {
        if (!declared.add(key)) {
            section.problem(field, "%s '%s' is declared twice".formatted(kind, key), "keep one of the two");
        }
    }

    void put(K key, T value, YamlSection section) {
        entries.putIfAbsent(key, new Entry<>(value, section));
    }

    @Nullable
    T get(K key) {
        Entry<T> entry = entries.get(key);
        return entry == null ? null : entry.value();
    }

    List<Entry<T>> entries() {
        return new ArrayList<>(entries.values());
    }

    Map<K, T> values() {
        Map<K, T> values = new LinkedHashMap<>();
        entries.forEach((key, entry) -> values.put(key, entry.value()));
        return values;
    }

    /** Reports a reference to something that is not declared; true when it is. */
    boolean check(K key, YamlSection section, String field) {
        if (declared.contains(key)) {
            return true;
        }
        List<String> names = declared.stream().map(Object::toString).sorted().toList();
        String near = Spelling.nearest(String.valueOf(key), names);
        String remedy = near != null
                ? "did you mean '" + near + "'?"
                : names.isEmpty() ? "declare it first" : "known: " + String.join(", ", names);
        section.problem(field, "there is no %s '%s'".formatted(kind, key), remedy);
        return false;
    }
}
