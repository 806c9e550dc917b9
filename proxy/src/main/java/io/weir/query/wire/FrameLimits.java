package io.weir.query.wire;

/**
 * How large a frame may be, its length field included, in bytes. Checked on the header, before anything is allocated for the body.
 *
 * @param beforeAuthentication every frame until the client has proved who it is (PostgreSQL: 10,000)
 * @param afterwards every frame from then on
 */
public record FrameLimits(int beforeAuthentication, int afterwards) {
    public FrameLimits {
        if (beforeAuthentication < 1_000 || afterwards < beforeAuthentication || afterwards > 1 << 30) {
            throw new IllegalArgumentException("frame limits: 1000 <= beforeAuthentication <= afterwards <= 1 GiB");
        }
    }
}
