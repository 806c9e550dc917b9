package io.weir.policy;

/**
 * @param code own code
 * @param label in words
 * @param dpv IRI of the W3C DPV purpose it maps to
 */
public record Purpose(String code, String label, String dpv) {}
