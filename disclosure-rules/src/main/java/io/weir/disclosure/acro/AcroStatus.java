package io.weir.disclosure.acro;

/** ACRO's three statuses of an output. */
public enum AcroStatus {
    PASS("pass"),
    REVIEW("review"),
    FAIL("fail");

    private final String word;

    AcroStatus(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }
}
