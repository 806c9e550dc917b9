package io.weir.sdc.describe;

import io.weir.disclosure.preset.Preset;
import org.jspecify.annotations.Nullable;

/**
 * The rules that a table is judged by: a preset as it ships, or a file's.
 *
 * @param preset in seven dimensions
 * @param noiseTable file with the perturbation table where counts get noise by cell keys, relative to the profile
 */
public record Profile(Preset preset, @Nullable String noiseTable) {}
