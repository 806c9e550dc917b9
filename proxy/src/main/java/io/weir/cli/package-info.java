/**
 * The command line. In: arguments, standard input, the environment. Out: text or JSON on standard output, sentences about failures on
 * standard error, and an exit code that scripts can trust: 0 fine, 1 the answer is no, 2 wrong usage or something cannot be read, 3 a person
 * has to look.
 *
 * <p>Thread: the caller's, blocking. What starts servers ({@link io.weir.cli.ServeRunner}, {@link io.weir.cli.QuickstartRunner}) or writes
 * the control store ({@link io.weir.cli.SecretWriter}) is handed in.
 */
@NullMarked
package io.weir.cli;

import org.jspecify.annotations.NullMarked;
