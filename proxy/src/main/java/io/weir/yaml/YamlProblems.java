package io.weir.yaml;

import java.util.ArrayList;
import java.util.List;

/** Collects problems. One thread. */
public final class YamlProblems {
    private final List<YamlProblem> found = new ArrayList<>();

    public void add(YamlProblem problem) {
        found.add(problem);
    }

    public void add(String file, int line, String path, String message, String remedy) {
        found.add(new YamlProblem(file, line, path, message, remedy));
    }

    /** How many so far: compare before and after to know whether a part was read without problems. */
    public int count() {
        return found.size();
    }

    /** All, by file and line, each once. */
    public List<YamlProblem> sorted() {
        return found.stream().distinct().sorted().toList();
    }
}
