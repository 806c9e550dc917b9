package io.weir.config;

import io.weir.yaml.YamlProblem;
import java.util.List;

/** What became of a configuration file. */
public sealed interface ConfigurationLoad {
    record Loaded(Configuration configuration) implements ConfigurationLoad {}

    record Rejected(List<YamlProblem> problems) implements ConfigurationLoad {
        public Rejected {
            problems = List.copyOf(problems);
        }
    }
}
