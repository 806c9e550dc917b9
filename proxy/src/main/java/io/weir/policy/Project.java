package io.weir.policy;

import io.weir.identity.ProjectId;

/**
 * @param id also the database name
 * @param title in words
 */
public record Project(ProjectId id, String title) {}
