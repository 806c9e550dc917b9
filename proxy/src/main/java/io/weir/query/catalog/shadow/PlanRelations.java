package io.weir.query.catalog.shadow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * Which relations a plan reads, from EXPLAIN (GENERIC_PLAN, VERBOSE, FORMAT JSON).
 *
 * @param catalogue whether it reads pg_catalog or information_schema
 * @param governed whether it reads anything else
 */
record PlanRelations(boolean catalogue, boolean governed) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> CATALOGUE = Set.of("pg_catalog", "information_schema", "pg_toast");

    static PlanRelations read(String plan) throws IOException {
        Set<String> schemas = new HashSet<>();
        try {
            collect(JSON.readTree(plan), schemas);
        } catch (JsonProcessingException e) {
            throw new IOException("the shadow explained a statement in an unknown form", e);
        }
        boolean governed = schemas.stream().anyMatch(schema -> !CATALOGUE.contains(schema));
        boolean catalogue = schemas.stream().anyMatch(CATALOGUE::contains);
        return new PlanRelations(catalogue, governed);
    }

    private static void collect(JsonNode node, Set<String> schemas) {
        JsonNode relation = node.get("Relation Name");
        if (relation != null) {
            JsonNode schema = node.get("Schema");
            schemas.add(schema == null ? "?" : schema.asText());
        }
        for (JsonNode child : node) {
            collect(child, schemas);
        }
    }
}
