/**
 * What sources and destinations share: the secret they are given. JDK only, immutable, no I/O, fails only on misuse.
 */
@NullMarked
package io.weir.connector;

import org.jspecify.annotations.NullMarked;
