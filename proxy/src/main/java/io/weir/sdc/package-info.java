/**
 * Statistical disclosure control of a file on somebody's desk: what {@code weir sdc} does. In: paths of a CSV file, of its description, of a profile. Out: reports,
 * or problems with file, line and remedy. Reads files, and writes none. One thread.
 */
@NullMarked
package io.weir.sdc;

import org.jspecify.annotations.NullMarked;
