package io.weir.policy;

/** The snapshot in force. A reload swaps it atomically; a caller keeps the one it took for the whole of a statement. */
public interface PolicySource {
    PolicySnapshot current();
}
