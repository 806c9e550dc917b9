package io.weir.query.catalog;

import io.weir.identity.PersonId;
import io.weir.identity.ProjectId;

/** Opens sessions on the shadow catalogue. */
public interface CatalogSessions {
    /**
     * Cheap: nothing is connected before the first exchange. When the schema of a project changes, close the session and open another.
     *
     * @param person becomes current_user
     * @param project becomes current_database()
     */
    CatalogSession open(GovernedSchema schema, PersonId person, ProjectId project);
}
