/**
 * Perturbation by cell keys. In: true figures and the secret keys of the people behind them. Out: figures with noise that depends on who
 * those people are and on nothing else, so that the same people give the same answer, however and wherever they are asked for. Pure
 * functions, any thread.
 *
 * <p><b>Not additive.</b> A margin and its inner cells are perturbed each by itself: they do not add up, and adding up perturbed cells adds up
 * their noise. The true ones add up all the same, so that a margin can tell more of a cell than the cell's own figure: a table with margins is
 * audited with what each figure leaves ({@link io.weir.disclosure.cellkey.CountPerturbation#known}).
 *
 * <p><b>What asking again tells:</b> nothing; the noise of a group of people is the same in every table. <b>What averaging tells:</b> a total,
 * in time exactly. Each way of cutting a population in two gives one more estimate of its size with noise of its own, and the mean of many
 * estimates is the truth. The same holds for two totals that differ in one person. <b>What a condition tells:</b> two questions that the same
 * people answer have the same figure. Who can single out a person by what is known, and adds what is not, sees by the figure staying the same
 * that it holds. Noise is therefore no replacement for the threshold or the history of answers. <b>What the table of noise tells:</b> who knows the
 * greatest noise D knows each figure to within D; the variance and D belong to the secret. A zero is never perturbed; a published zero may hide up to
 * D people.
 *
 * <p>Sources: Fraser and Wooton (2005), A proposed method for confidentialising tabular output to protect against differencing; Thompson,
 * Broadfoot and Elazar (2013), Methodology for the automatic confidentialisation of statistical outputs from remote servers at the Australian
 * Bureau of Statistics; Handbook on Statistical Disclosure Control (2nd ed.), chapters 4 and 5, cell key method; for averaging: Asghar and
 * Kaafar (2020), Averaging attacks on bounded noise-based disclosure control algorithms.
 */
@NullMarked
package io.weir.disclosure.cellkey;

import org.jspecify.annotations.NullMarked;
