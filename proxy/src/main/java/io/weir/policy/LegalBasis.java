package io.weir.policy;

/**
 * @param code own code
 * @param label article or gateway in words
 * @param iri IRI of the legal basis in DPV or legislation
 */
public record LegalBasis(String code, String label, String iri) {}
