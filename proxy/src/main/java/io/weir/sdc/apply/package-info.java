/**
 * A stated table under a profile: judged, protected, or attacked as it was published. In: tables of {@link io.weir.sdc.read} and profiles. Out: immutable
 * reports for people who may see the data. A profile is applied whole or refused with what is missing. Pure; any thread.
 */
@NullMarked
package io.weir.sdc.apply;

import org.jspecify.annotations.NullMarked;
