-- What the query road has answered, to be replayed unchanged to everybody and to notice one-step differences.
-- It holds protected cells only. Conjuncts are canonical texts of analysts' predicates; identifiers cannot occur in them.
CREATE TABLE published_answers (
    question     text NOT NULL CHECK (question ~ '^[0-9a-f]{64}$'),
    snapshot     text NOT NULL,
    profile      text NOT NULL,
    population   text NOT NULL CHECK (population ~ '^[0-9a-f]{64}$'),
    relations    text NOT NULL,
    conjuncts    text[] NOT NULL,
    block_keys   text[] NOT NULL,
    atoms        text[] NOT NULL,
    shown        boolean NOT NULL,
    payload      text NOT NULL,
    published_at timestamptz NOT NULL,
    PRIMARY KEY (question, snapshot, profile)
);
CREATE INDEX published_answers_by_population ON published_answers (population, snapshot);
