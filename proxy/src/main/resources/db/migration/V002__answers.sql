-- What the query road has answered: kept to be replayed, and remembered to notice one-step differences.

CREATE TABLE answers (
    plan_hash  text NOT NULL,
    snapshot   text NOT NULL,
    profile    text NOT NULL,
    payload    bytea NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (plan_hash, snapshot, profile)
);

-- A block: a population, restricted by a set of conjuncts, grouped by keys. Both sets are sorted and without duplicates.
CREATE TABLE answered_blocks (
    population  text NOT NULL,
    conjuncts   text[] NOT NULL,
    block_keys  text[] NOT NULL,
    shown       boolean NOT NULL,
    answered_at timestamptz NOT NULL,
    PRIMARY KEY (population, conjuncts, block_keys)
);
CREATE INDEX answered_blocks_by_conjunct ON answered_blocks USING gin (conjuncts);
