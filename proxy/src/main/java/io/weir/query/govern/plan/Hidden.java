package io.weir.query.govern.plan;

/** The one value that stands for whatever may not be told. It is not NULL, and nothing can be computed from it. */
public enum Hidden {
    HIDDEN
}
