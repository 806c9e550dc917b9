package io.weir.release.request;

import io.weir.identity.PersonId;
import java.util.List;

/**
 * What shows: pure, asked by every road that shows a request.
 *
 * <ul>
 *   <li>First phase blind: before a checker has voted, and while the review is open, other checkers' votes and comments do not show, nor
 *       how many there are.
 *   <li>Authors never see votes, checkers' names or private comments; public comments only once people have decided.
 *   <li>Reasons of hidden cells and parameters of the profile are for checkers: they narrow down what is hidden.
 * </ul>
 */
public final class Visibility {
    private Visibility() {}

    /** Whether rule names of hidden cells and the profile's parameters show. */
    public static boolean showsReasons(Reader reader) {
        return switch (reader) {
            case Reader.Author ignored -> false;
            case Reader.Checker ignored -> true;
        };
    }

    /** Whether all votes show. */
    public static boolean showsVotes(Reader reader, ReleaseRequest request) {
        return switch (reader) {
            case Reader.Author ignored -> false;
            case Reader.Checker(PersonId person) -> request.state().decided() || hasVoted(person, request);
        };
    }

    /** The votes that show. A checker always sees the own one. */
    public static List<Vote> votes(Reader reader, ReleaseRequest request) {
        return showsVotes(reader, request) ? request.votes() : List.of();
    }

    /** The comments that show, in order. */
    public static List<Comment> comments(Reader reader, ReleaseRequest request) {
        return request.comments().stream()
                .filter(c -> shows(reader, request, c))
                .toList();
    }

    private static boolean shows(Reader reader, ReleaseRequest request, Comment comment) {
        if (comment.by().equals(reader.person())) {
            return true;
        }
        return switch (reader) {
            case Reader.Author ignored ->
                comment.audience() == Comment.Audience.PUBLIC && request.state().decided();
            case Reader.Checker ignored ->
                showsVotes(reader, request) || comment.by().equals(request.author());
        };
    }

    /** Whether the name of the comment's writer shows. */
    public static boolean showsWriter(Reader reader, ReleaseRequest request, Comment comment) {
        return switch (reader) {
            case Reader.Author(PersonId person) ->
                comment.by().equals(person) || comment.by().equals(request.author());
            case Reader.Checker ignored -> true;
        };
    }

    private static boolean hasVoted(PersonId person, ReleaseRequest request) {
        return request.votes().stream().anyMatch(v -> v.checker().equals(person));
    }
}
