-- The control store: accounts, release requests, deliveries, and the intents that tie changes to the audit log.

CREATE TABLE accounts (
    person     text PRIMARY KEY,
    scram      text NOT NULL,
    changed_at timestamptz NOT NULL
);

-- Tokens are 256 random bits, so a plain SHA-256 cannot be searched back.
CREATE TABLE api_tokens (
    digest     bytea PRIMARY KEY CHECK (length(digest) = 32),
    person     text NOT NULL,
    label      text NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz
);
CREATE INDEX api_tokens_by_person ON api_tokens (person);

-- One row a change; written and committed before the change, settled with it (decision 0005).
CREATE TABLE audit_intents (
    change_id text PRIMARY KEY,
    event     text NOT NULL,
    fields    text NOT NULL,
    opened_at timestamptz NOT NULL,
    outcome   text NOT NULL CHECK (outcome IN ('open', 'done', 'abandoned')),
    sequence  bigint,
    leaf_hash text,
    CHECK ((outcome = 'done') = (sequence IS NOT NULL AND leaf_hash IS NOT NULL))
);
CREATE INDEX audit_intents_open ON audit_intents (opened_at) WHERE outcome = 'open';

-- Canonical JSON under its content address; text, because the bytes count.
CREATE TABLE frozen_answers (
    digest  text PRIMARY KEY CHECK (digest ~ '^[0-9a-f]{64}$'),
    content text NOT NULL
);

CREATE TABLE release_requests (
    id           text PRIMARY KEY,
    revision     integer NOT NULL,
    state        text NOT NULL CHECK (state IN ('submitted', 'partially_reviewed', 'approved', 'sealed', 'delivered',
                                                'returned', 'rejected', 'withdrawn', 'failed')),
    author       text NOT NULL,
    project      text NOT NULL,
    agreement    text NOT NULL,
    title        text NOT NULL,
    purpose_note text NOT NULL,
    destination  text NOT NULL,
    digest       text NOT NULL REFERENCES frozen_answers,
    row_count    integer NOT NULL,
    column_count integer NOT NULL,
    created_at   timestamptz NOT NULL,
    changed_at   timestamptz NOT NULL,
    reason       text
);
CREATE INDEX release_requests_by_author ON release_requests (project, author, created_at);
CREATE INDEX release_requests_by_state ON release_requests (state, created_at);

-- Every row names the change, and so the audit record, that made it.
CREATE TABLE release_transitions (
    request    text NOT NULL REFERENCES release_requests,
    revision   integer NOT NULL,
    from_state text,
    to_state   text NOT NULL,
    action     text NOT NULL,
    actor      text,
    at         timestamptz NOT NULL,
    reason     text,
    change_id  text NOT NULL REFERENCES audit_intents,
    PRIMARY KEY (request, revision)
);

CREATE TABLE release_votes (
    request   text NOT NULL REFERENCES release_requests,
    checker   text NOT NULL,
    ballot    text NOT NULL CHECK (ballot IN ('approve', 'reject', 'request_changes')),
    digest    text NOT NULL,
    at        timestamptz NOT NULL,
    change_id text NOT NULL REFERENCES audit_intents,
    PRIMARY KEY (request, checker)
);

CREATE TABLE release_comments (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    request   text NOT NULL REFERENCES release_requests,
    author    text NOT NULL,
    audience  text NOT NULL CHECK (audience IN ('public', 'private')),
    content   text NOT NULL,
    at        timestamptz NOT NULL,
    change_id text NOT NULL REFERENCES audit_intents
);
CREATE INDEX release_comments_by_request ON release_comments (request);

CREATE TABLE sealed_bundles (
    request       text NOT NULL REFERENCES release_requests,
    cipher_sha256 text NOT NULL CHECK (cipher_sha256 ~ '^[0-9a-f]{64}$'),
    cipher_size   bigint NOT NULL,
    plain_sha256  text NOT NULL CHECK (plain_sha256 ~ '^[0-9a-f]{64}$'),
    plain_size    bigint NOT NULL,
    recipient     text NOT NULL,
    destination   text NOT NULL,
    sealed_at     timestamptz NOT NULL,
    change_id     text NOT NULL REFERENCES audit_intents,
    PRIMARY KEY (request, cipher_sha256)
);

CREATE TABLE deliveries (
    request     text PRIMARY KEY REFERENCES release_requests,
    status      text NOT NULL CHECK (status IN ('due', 'done', 'stopped')),
    fence       bigint NOT NULL,
    lease_until timestamptz,
    attempts    integer NOT NULL,
    first_due   timestamptz NOT NULL,
    next_at     timestamptz NOT NULL
);
CREATE INDEX deliveries_due ON deliveries (next_at) WHERE status = 'due';

CREATE TABLE delivery_attempts (
    request       text NOT NULL REFERENCES release_requests,
    fence         bigint NOT NULL,
    attempt       integer NOT NULL,
    started_at    timestamptz NOT NULL,
    ended_at      timestamptz,
    outcome       text CHECK (outcome IN ('delivered', 'stopped', 'postponed')),
    reason        text,
    locations     text[],
    already_there boolean,
    PRIMARY KEY (request, fence)
);

-- What people decided and what they decided on is never edited.
CREATE FUNCTION refuse_edit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are written once', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER write_once BEFORE UPDATE ON frozen_answers FOR EACH ROW EXECUTE FUNCTION refuse_edit();
CREATE TRIGGER write_once BEFORE UPDATE ON release_transitions FOR EACH ROW EXECUTE FUNCTION refuse_edit();
CREATE TRIGGER write_once BEFORE UPDATE ON release_votes FOR EACH ROW EXECUTE FUNCTION refuse_edit();
CREATE TRIGGER write_once BEFORE UPDATE ON release_comments FOR EACH ROW EXECUTE FUNCTION refuse_edit();
CREATE TRIGGER write_once BEFORE UPDATE ON sealed_bundles FOR EACH ROW EXECUTE FUNCTION refuse_edit();
