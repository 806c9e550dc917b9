/**
 * What every connector must prove, and hand-written doubles of both ports for everybody else's tests. Single-threaded unless it says otherwise.
 */
@NullMarked
package io.weir.connector.testkit;

import org.jspecify.annotations.NullMarked;
