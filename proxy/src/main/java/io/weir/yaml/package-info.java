/**
 * YAML files that people write, read into located values: every problem knows its file, line, path and remedy, and all problems of a
 * file are found in one go.
 *
 * <p>In: bytes. Out: {@link io.weir.yaml.YamlSection}, and {@link io.weir.yaml.YamlProblem}s in the order of the lines. A closed subset of
 * YAML 1.2: maps, lists, scalars; no anchors, aliases, tags, duplicate keys, several documents or deep nesting. Leaf package; one thread.
 */
@NullMarked
package io.weir.yaml;

import org.jspecify.annotations.NullMarked;
