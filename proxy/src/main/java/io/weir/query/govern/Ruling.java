package io.weir.query.govern;

import io.weir.policy.DatasetName;
import io.weir.policy.Grant;
import io.weir.policy.Linkage;
import io.weir.policy.PolicySnapshot;
import io.weir.policy.Profile;
import io.weir.query.type.SqlType;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a ruling is made with.
 *
 * @param policy snapshot in force
 * @param grants grants of the agreement, by dataset
 * @param linkages whose records of several sources may be linked
 * @param profile disclosure profile
 * @param snapshot day the source's data was last updated: CURRENT_DATE
 * @param zone time zone of the session that asks
 * @param parameterTypes types of $1, $2 …
 * @param parameters values, or null for the structural ruling before they are bound
 * @param own rows of relations that Weir itself answers, by name ({@code weir.my_releases}), in the schema's column order
 * @param tokens opens pseudonyms of this project
 */
public record Ruling(
        PolicySnapshot policy,
        Map<DatasetName, Grant> grants,
        List<Linkage> linkages,
        Profile profile,
        LocalDate snapshot,
        ZoneId zone,
        List<SqlType> parameterTypes,
        @Nullable List<@Nullable Object> parameters,
        Map<DatasetName, List<List<@Nullable Object>>> own,
        Tokens tokens) {
    /** Opens pseudonyms that a row_level statement compares with. */
    public interface Tokens {
        /** The identifier behind a pseudonym of this project; empty when it decodes to none. */
        Optional<String> open(String namespace, String pseudonym);
    }

    public Ruling {
        grants = Map.copyOf(grants);
        linkages = List.copyOf(linkages);
        parameterTypes = List.copyOf(parameterTypes);
    }
}
