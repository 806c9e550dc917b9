package io.weir.release.review;

import org.jspecify.annotations.Nullable;

/**
 * What a checker says with a vote; null where nothing.
 *
 * @param forAuthor public: the author reads it once the review is over
 * @param forCheckers private: only checkers read it
 */
public record Remarks(@Nullable String forAuthor, @Nullable String forCheckers) {
    public static Remarks none() {
        return new Remarks(null, null);
    }

    public static Remarks forAuthor(String text) {
        return new Remarks(text, null);
    }
}
