package io.weir;

import io.weir.identity.Asker;
import io.weir.problem.Outcome;
import io.weir.query.QueryRoad;
import io.weir.query.catalog.AnswerMemory;
import io.weir.query.catalog.CatalogSession;
import io.weir.query.catalog.StatementClassifier;
import io.weir.query.catalog.shadow.ShadowCatalogue;
import io.weir.query.session.CatalogRelay;

/** Catalogue statements of an asker on the shadow of exactly what that asker's agreement grants. */
record GovernedCatalog(QueryRoad road, ShadowCatalogue shadow) implements CatalogRelay {
    @Override
    public Outcome<StatementClassifier.Kind> classify(Asker asker, String sql) {
        return shadow.classifier().classify(asker.person(), road.schema(asker), sql);
    }

    @Override
    public String searchPath(Asker asker) {
        return ShadowCatalogue.searchPath(road.schema(asker));
    }

    @Override
    public AnswerMemory answers() {
        return shadow.answers();
    }

    @Override
    public CatalogSession open(Asker asker) {
        return shadow.open(road.schema(asker), asker.person(), asker.project());
    }
}
