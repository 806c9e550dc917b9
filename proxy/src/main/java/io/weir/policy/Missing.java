package io.weir.policy;

/**
 * What it says of somebody that a column has no value for them: missingness in the sense of Rubin (Inference and Missing Data, Biometrika 63, 1976). A day of a stroke is
 * missing for who had none; a cost, where nobody wrote it down.
 */
public enum Missing {
    /** Something: whether somebody has a value is protected like a value. What a policy does not say is this. */
    INFORMATIVE,
    /**
     * Nothing but how well was recorded. A figure of all and one of those with a value may stand side by side where all have one, so that it can be told whether few lack one.
     * For a column by which records are linked it is the same to lack a partner.
     */
    UNINFORMATIVE
}
