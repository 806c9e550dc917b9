package io.weir.release.request;

import io.weir.identity.Asker;
import io.weir.policy.Agreement;
import io.weir.policy.PolicySnapshot;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.query.answer.FrozenAnswer;
import io.weir.query.answer.FrozenAnswer.Cell;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** What is told to the analyst before a person is asked. Pure; a null result means that nothing stands against the request. */
final class PreCheck {
    private PreCheck() {}

    /** Before anything runs: words, agreement, destination. */
    static @Nullable Problem problemWithAsking(
            PolicySnapshot policy,
            LocalDate today,
            Asker asker,
            String title,
            String purposeNote,
            String destinationId) {
        Problem words = problemWithWords(title, purposeNote);
        if (words != null) {
            return words;
        }
        Agreement agreement = policy.agreements().get(asker.agreement());
        if (agreement == null || !agreement.project().equals(asker.project()) || agreement.problemOn(today) != null) {
            return Problem.of(ProblemCode.AGREEMENT_INACTIVE);
        }
        if (!agreement.destinations().contains(destinationId)
                || !policy.destinations().containsKey(destinationId)) {
            return Problem.of(
                    ProblemCode.NOT_RELEASABLE,
                    "the destination is not one of the agreement's",
                    "destinations of this agreement: "
                            + String.join(
                                    ", ",
                                    agreement.destinations().stream().sorted().toList()));
        }
        return null;
    }

    private static @Nullable Problem problemWithWords(String title, String purposeNote) {
        if (title.isBlank() || title.length() > 200 || title.chars().anyMatch(Character::isISOControl)) {
            return Problem.of(ProblemCode.INVALID_VALUE, "a title has 1 to 200 characters on one line");
        }
        if (title.codePoints().anyMatch(PreCheck::isInvisible)
                || purposeNote.codePoints().anyMatch(PreCheck::isBidirectionalControl)) {
            return Problem.of(
                    ProblemCode.INVALID_VALUE,
                    "title and purpose note hold no characters that hide or reorder text",
                    "remove zero-width characters and controls of writing direction");
        }
        if (purposeNote.isBlank()
                || purposeNote.length() > Comment.LONGEST
                || purposeNote.indexOf('\0') >= 0
                || !wellFormed(title)
                || !wellFormed(purposeNote)) {
            return Problem.of(ProblemCode.INVALID_VALUE, "a purpose note has 1 to 4000 characters");
        }
        return null;
    }

    /** Checkers and recipients read what is there: nothing hides, and nothing stands elsewhere than it is read. */
    private static boolean isInvisible(int c) {
        int type = Character.getType(c);
        return type == Character.FORMAT || type == Character.LINE_SEPARATOR || type == Character.PARAGRAPH_SEPARATOR;
    }

    /** Unicode Standard Annex 9, section 2. */
    private static boolean isBidirectionalControl(int c) {
        return c == 0x061C
                || c == 0x200E
                || c == 0x200F
                || (c >= 0x202A && c <= 0x202E)
                || (c >= 0x2066 && c <= 0x2069);
    }

    /** No lone surrogates: such text has no UTF-8 form. */
    private static boolean wellFormed(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    /** After the query: mode, emptiness, size. */
    static @Nullable Problem problemWithResult(
            PolicySnapshot policy, Asker asker, FrozenContent frozen, RequestLimits limits) {
        FrozenAnswer answer = frozen.answer();
        FrozenAnswer.Facts facts = answer.facts();
        if (!facts.project().equals(asker.project().value())
                || !facts.agreement().equals(asker.agreement())) {
            return Problem.of(ProblemCode.NOT_RELEASABLE, "the result was made under another agreement");
        }
        Agreement agreement = policy.agreements().get(asker.agreement());
        boolean rowLevel = switch (facts.mode()) {
            case "aggregate", "reference" -> false;
            default -> true;
        };
        if (rowLevel && (agreement == null || !agreement.rowLevelReleasable())) {
            return Problem.of(
                    ProblemCode.NOT_RELEASABLE,
                    "the agreement does not permit the release of rows about people",
                    "ask for an aggregate");
        }
        if (answer.columns().isEmpty() || answer.rows().isEmpty()) {
            return Problem.of(ProblemCode.NOT_RELEASABLE, "the result is empty");
        }
        if (answer.rows().stream().flatMap(r -> r.stream()).allMatch(c -> c instanceof Cell.Hidden)) {
            return Problem.of(
                    ProblemCode.NOT_RELEASABLE, "every cell of the result is hidden", "ask for larger groups");
        }
        long cells = (long) answer.rows().size() * answer.columns().size();
        if (cells > limits.cells() || frozen.json().getBytes(StandardCharsets.UTF_8).length > limits.bytes()) {
            return Problem.of(
                    ProblemCode.RESULT_TOO_LARGE,
                    "a release holds at most %d cells and %d bytes".formatted(limits.cells(), limits.bytes()));
        }
        return null;
    }
}
