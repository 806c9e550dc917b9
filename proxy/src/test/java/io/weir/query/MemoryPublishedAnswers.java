package io.weir.query;

import io.weir.query.disclose.PublishedAnswers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Function;

/** Published answers in memory, with the same rules as the store's. */
public final class MemoryPublishedAnswers implements PublishedAnswers {
    private final Map<Key, Answer> answers = new LinkedHashMap<>();

    @Override
    public synchronized Optional<Answer> find(Key key) {
        return Optional.ofNullable(answers.get(key));
    }

    @Override
    public synchronized Answer publish(Key key, SortedSet<String> compared, Function<List<Published>, Answer> compute) {
        Answer known = answers.get(key);
        if (known != null) {
            return known;
        }
        List<Published> earlier = new ArrayList<>();
        answers.forEach((k, a) -> {
            if (compared.contains(k.snapshot()) && !a.figures().isEmpty()) {
                earlier.add(new Published(k.identity().digest() + k.snapshot() + k.profile(), a::figures));
            }
        });
        Answer answer = compute.apply(earlier);
        answers.put(key, answer);
        return answer;
    }

    public synchronized int size() {
        return answers.size();
    }
}
